-- Which mail hosts did not answer, and which domains have no other?
--
-- host: mail host; another network may reach it
-- port: its port
-- ips: its addresses; none: its name has none
-- why: how connecting ended
-- domains: domains it is a mail host of
-- no_other: those all of whose hosts are like that
-- example: a domain

WITH shown AS (
    SELECT ip, port, implicit_tls, sni, second, connect
    FROM 'addresses/*.parquet' AS one
    WHERE connect NOT IN ('connected', 'not contacted', 'interrupted', 'speaks TLS at once')
        AND (round = 2 OR NOT EXISTS (
            FROM 'addresses/*.parquet' AS later WHERE later.round = 2 AND later.place = one.place
        ))
), each AS NOT MATERIALIZED (
    SELECT
        number, target, len(hosts) AS all_hosts, unnest(hosts) AS host
    FROM 'domains/*.parquet'
), places AS (
    SELECT number, target, all_hosts, host.name AS name, host.port AS host_port,
        len(host.addresses) AS addresses, unnest(host.addresses) AS spot
    FROM each
), dead AS (
    SELECT
        number, any_value(target) AS target, any_value(all_hosts) AS all_hosts, name, host_port,
        list(shown.ip) AS ips, list(connect) AS why
    FROM places JOIN shown
        ON shown.ip = spot.ip AND shown.port = spot.port AND shown.implicit_tls = spot.implicit_tls
        AND shown.second = spot.second AND shown.sni IS NOT DISTINCT FROM spot.sni
    GROUP BY number, name, host_port
    HAVING count(*) = any_value(addresses)
    UNION ALL
    SELECT number, target, all_hosts, host.name, host.port, [], ['no address']
    FROM each
    WHERE len(host.addresses) = 0
        AND host.address_status IN ('secure', 'insecure', 'unverified')
), left_over AS (
    SELECT *, all_hosts = count(*) OVER (PARTITION BY number) AS no_other FROM dead
)
SELECT
    name AS host, host_port AS port,
    list_sort(list_distinct(flatten(list(ips)))) AS ips,
    list_sort(list_distinct(flatten(list(why)))) AS why,
    count(*) AS domains, count(*) FILTER (no_other) AS no_other, min(target) AS example
FROM left_over
GROUP BY name, host_port
ORDER BY no_other DESC, domains DESC, host, port;
