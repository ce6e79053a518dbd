-- Which hosts show a certificate that is for other names?
--
-- host: mail host
-- port: its port
-- names: DNS names in the certificate
-- subject: its subject
-- ips: addresses that showed it
-- domains: domains the host is a mail host of
-- example: one of them

WITH each AS (
    SELECT target, unnest(hosts) AS host FROM 'domains/*.parquet'
), places AS (
    SELECT target, host.name AS name, host.port AS host_port, unnest(host.addresses) AS spot FROM each
), wrong AS (
    SELECT * FROM places WHERE spot.name_matches = 'no'
)
SELECT
    name AS host, host_port AS port,
    any_value(names) AS names, any_value(subject) AS subject,
    list_sort(list(DISTINCT shown.ip)) AS ips,
    count(DISTINCT target) AS domains, min(target) AS example
FROM wrong JOIN 'addresses/*.parquet' AS shown
    ON shown.ip = spot.ip AND shown.port = spot.port AND shown.implicit_tls = spot.implicit_tls
    AND shown.second = spot.second AND shown.sni IS NOT DISTINCT FROM spot.sni
WHERE certificate_sha256 IS NOT NULL
GROUP BY name, host_port, certificate_sha256
ORDER BY domains DESC, host, port;
