-- Which TLSA records protect nothing, or less than they could, for want of DNSSEC?
--
-- host: mail host with TLSA records
-- port: its port
-- tlsa_status: secure; insecure: senders ignore the records; unverified: not known; bogus
-- domains: domains it is a mail host of
-- mx_unsigned: those whose MX records are not signed, so that others can redirect their mail
-- mx_not_known: those of whose MX records that is not known
-- example: a domain

WITH each AS (
    SELECT target, mx.status AS mx_status, unnest(hosts) AS host FROM 'domains/*.parquet'
), published AS (
    SELECT
        target, mx_status, host.name AS name, host.port AS port,
        host.tlsa_status AS tlsa_status
    FROM each
    WHERE len(host.tlsa) > 0
)
SELECT
    name AS host, port, tlsa_status,
    count(*) AS domains,
    count(*) FILTER (mx_status = 'insecure') AS mx_unsigned,
    count(*) FILTER (coalesce(mx_status, '') NOT IN ('secure', 'insecure', 'bogus'))
        AS mx_not_known,
    min(target) AS example
FROM published
GROUP BY name, port, tlsa_status
HAVING tlsa_status IS DISTINCT FROM 'secure' OR mx_unsigned + mx_not_known > 0
ORDER BY domains DESC, host, port, tlsa_status;
