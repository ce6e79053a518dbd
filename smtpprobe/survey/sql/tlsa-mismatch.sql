-- Which hosts have TLSA records that do not match their certificate?
--
-- host: mail host
-- port: its port
-- ips: addresses whose certificate matches no record
-- domains: domains it is a mail host of
-- example: one of them
-- tlsa: its TLSA records

WITH each AS (
    SELECT target, unnest(hosts) AS host FROM 'domains/*.parquet'
), missed AS (
    SELECT
        target, host.name AS name, host.port AS port, host.tlsa AS tlsa,
        list_transform(
            list_filter(host.addresses, lambda one: one.dane = 'no-match'),
            lambda one: one.ip
        ) AS ips
    FROM each
)
SELECT
    name AS host, port,
    list_sort(list_distinct(flatten(list(ips)))) AS ips,
    count(*) AS domains, min(target) AS example, arg_min(tlsa, target) AS tlsa
FROM missed
WHERE len(ips) > 0
GROUP BY name, port
ORDER BY domains DESC, host, port;
