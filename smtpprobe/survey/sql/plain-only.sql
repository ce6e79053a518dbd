-- Which hosts accept mail without TLS only?
--
-- host: mail host
-- port: its port
-- addresses: its addresses
-- plain: those without TLS that works
-- not_known: those of which it is not known
-- domains: domains it is a mail host of
-- example: one of them

WITH each AS (
    SELECT target, unnest(hosts) AS host FROM 'domains/*.parquet'
), counted AS (
    SELECT
        target, host.name AS name, host.port AS port, len(host.addresses) AS addresses,
        len(list_filter(host.addresses, lambda one: one.encrypted = 'no')) AS plain,
        len(list_filter(host.addresses, lambda one:
            coalesce(one.encrypted, 'unknown') NOT IN ('yes', 'no'))) AS not_known
    FROM each
)
SELECT
    name AS host, port,
    max(addresses) AS addresses, max(plain) AS plain, max(not_known) AS not_known,
    count(*) AS domains, min(target) AS example
FROM counted
WHERE plain > 0 AND plain + not_known = addresses
GROUP BY name, port
ORDER BY domains DESC, host, port;
