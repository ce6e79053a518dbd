-- Which hosts know no TLS version newer than 1.1?
--
-- host: mail host
-- port: its port
-- version: the newest it has
-- ips: addresses that have it
-- domains: domains it is a mail host of
-- example: one of them

WITH each AS (
    SELECT target, unnest(hosts) AS host FROM 'domains/*.parquet'
), places AS (
    SELECT target, host.name AS name, host.port AS host_port, unnest(host.addresses) AS spot FROM each
)
SELECT
    name AS host, host_port AS port, tls_version AS version,
    list_sort(list(DISTINCT shown.ip)) AS ips,
    count(DISTINCT target) AS domains, min(target) AS example
FROM places JOIN 'addresses/*.parquet' AS shown
    ON shown.ip = spot.ip AND shown.port = spot.port AND shown.implicit_tls = spot.implicit_tls
    AND shown.second = spot.second AND shown.sni IS NOT DISTINCT FROM spot.sni
WHERE tls_ok AND tls_version IN ('SSLv3', 'TLSv1', 'TLSv1.1')
GROUP BY name, host_port, tls_version
ORDER BY domains DESC, host, port, version;
