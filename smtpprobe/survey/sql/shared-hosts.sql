-- Which hosts do most domains depend on, and in what state are they?
--
-- host: mail host
-- port: its port
-- domains: domains it is a mail host of
-- share: of all domains with a mail host
-- only_host: domains that have no other
-- addresses: its addresses
-- tls: those with TLS that works
-- plain: those without
-- tls_not_known: those of which it is not known
-- certificate_broken: those whose certificate is not trusted, out of date or for another name
-- dane: all addresses match TLSA records: yes; no; none: no records; not known
-- failing: its domains with result fail
-- inconclusive: its domains with result inconclusive

WITH each AS (
    SELECT number, result, len(hosts) AS all_hosts, unnest(hosts) AS host
    FROM 'domains/*.parquet'
), counted AS (
    SELECT
        number, result, all_hosts, host.name AS name, host.port AS port,
        len(host.addresses) AS addresses,
        len(list_filter(host.addresses, lambda one: one.encrypted = 'yes')) AS tls,
        len(list_filter(host.addresses, lambda one: one.encrypted = 'no')) AS plain,
        len(list_filter(host.addresses, lambda one:
            one.trusted = 'no' OR one.name_matches = 'no')) AS broken,
        list_distinct(list_transform(host.addresses, lambda one: coalesce(one.dane, 'unknown')))
            AS dane
    FROM each
), total AS (
    SELECT count(*) AS number FROM 'domains/*.parquet' WHERE len(hosts) > 0
)
SELECT
    name AS host, port,
    count(*) AS domains,
    round(domains / (SELECT number FROM total), 4) AS share,
    count(*) FILTER (all_hosts = 1) AS only_host,
    max(addresses) AS addresses,
    min(tls) AS tls, max(plain) AS plain, max(addresses - tls - plain) AS tls_not_known,
    max(broken) AS certificate_broken,
    CASE
        WHEN bool_or(list_has_any(dane, ['no-match', 'error'])) THEN 'no'
        WHEN bool_or(len(dane) = 0 OR list_contains(dane, 'unknown')) THEN 'not known'
        WHEN bool_and(dane = ['match']) THEN 'yes'
        WHEN bool_and(list_has_all(['none', 'insecure'], dane)) THEN 'none'
        ELSE 'no'
    END AS dane,
    count(*) FILTER (result = 'fail') AS failing,
    count(*) FILTER (result = 'inconclusive') AS inconclusive
FROM counted
GROUP BY name, port
ORDER BY domains DESC, host, port
LIMIT 100;
