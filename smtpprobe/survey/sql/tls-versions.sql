-- Which TLS versions do the mail hosts use?
--
-- version: TLSv1.3, ...: the newest of server and survey; handshake failed; no STARTTLS;
--   no connection: nothing answered here; not known: all others
-- addresses: addresses (IP address and port) that came to it
-- domains: domains with such an address

WITH each AS (
    SELECT number, unnest(hosts) AS host FROM 'domains/*.parquet'
), led AS (
    SELECT number, unnest(host.addresses) AS spot FROM each
), shown AS (
    SELECT
        ip, port, implicit_tls, sni, second,
        CASE
            WHEN tls_ok AND tls_version <> '' THEN tls_version
            WHEN tls_ok = false THEN 'handshake failed'
            WHEN starttls = 'no' AND NOT implicit_tls THEN 'no STARTTLS'
            WHEN connect NOT IN ('connected', 'not contacted', 'interrupted') THEN 'no connection'
            ELSE 'not known'
        END AS version
    FROM 'addresses/*.parquet' AS one
    WHERE round = 2 OR NOT EXISTS (
        FROM 'addresses/*.parquet' AS later WHERE later.round = 2 AND later.place = one.place
    )
), by_domain AS (
    SELECT coalesce(version, 'not known') AS version, count(DISTINCT number) AS domains
    FROM led LEFT JOIN shown
        ON shown.ip = spot.ip AND shown.port = spot.port AND shown.implicit_tls = spot.implicit_tls
        AND shown.second = spot.second AND shown.sni IS NOT DISTINCT FROM spot.sni
    GROUP BY ALL
), by_address AS (
    SELECT version, count(DISTINCT (ip, port)) AS addresses FROM shown GROUP BY version
)
SELECT version, coalesce(addresses, 0) AS addresses, coalesce(domains, 0) AS domains
FROM by_address FULL JOIN by_domain USING (version)
ORDER BY version LIKE 'TLS%' DESC, version = 'not known', version DESC;
