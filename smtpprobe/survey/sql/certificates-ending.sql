-- Which hosts' certificates end within 30 days of the survey, and how many domains does each serve?
--
-- host: mail host
-- port: its port
-- not_after: end of the certificate (UTC)
-- days_left: days from the survey to that; less than 0 has ended, see certificates-by-issuer
-- issuer: who issued it
-- ips: addresses that showed it
-- domains: domains the host is a mail host of
-- example: one of them
-- certificate_sha256: its fingerprint

WITH each AS (
    SELECT target, unnest(hosts) AS host FROM 'domains/*.parquet'
), places AS (
    SELECT target, host.name AS name, host.port AS host_port, unnest(host.addresses) AS spot FROM each
), ending AS (
    SELECT * FROM places WHERE spot.days_left BETWEEN 0 AND 30
)
SELECT
    name AS host, host_port AS port,
    min(not_after) AS not_after, min(spot.days_left) AS days_left,
    any_value(issuer) AS issuer,
    list_sort(list(DISTINCT shown.ip)) AS ips,
    count(DISTINCT target) AS domains, min(target) AS example,
    certificate_sha256
FROM ending JOIN 'addresses/*.parquet' AS shown
    ON shown.ip = spot.ip AND shown.port = spot.port AND shown.implicit_tls = spot.implicit_tls
    AND shown.second = spot.second AND shown.sni IS NOT DISTINCT FROM spot.sni
WHERE certificate_sha256 IS NOT NULL
GROUP BY name, host_port, certificate_sha256
ORDER BY not_after, domains DESC, host, port, certificate_sha256;
