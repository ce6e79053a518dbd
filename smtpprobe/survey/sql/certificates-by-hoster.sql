-- Which hosters have the most mail hosts with a broken certificate?
--
-- hoster: last two labels of the host's name; three below a short second label, as in co.uk
-- hosts: its mail hosts that domains of the list use; the columns that follow add up to it
-- well: every certificate seen is trusted, in time and for the host
-- broken: one is not trusted, out of date, or for another name
-- no_tls: none was seen, as no address offers TLS that works
-- not_known: could not be determined
-- domains: domains with a broken host

WITH each AS (
    SELECT number, unnest(hosts) AS host FROM 'domains/*.parquet'
), named AS (
    SELECT
        number, host.addresses AS addresses, lower(rtrim(host.name, '.')) AS name,
        string_split(name, '.') AS labels,
        CASE
            WHEN name SIMILAR TO '[0-9.]+|.*:.*' THEN name
            WHEN len(labels) > 2 AND len(labels[-1]) = 2 AND len(labels[-2]) <= 3
                THEN array_to_string(labels[-3:], '.')
            ELSE array_to_string(labels[-2:], '.')
        END AS hoster
    FROM each
), judged AS (
    SELECT
        number, name, hoster,
        len(list_filter(addresses, lambda one:
            one.trusted = 'no' OR one.name_matches = 'no')) > 0 AS broken,
        len(list_filter(addresses, lambda one: one.encrypted = 'no')) AS plain,
        len(list_filter(addresses, lambda one: one.encrypted = 'yes'
            AND one.trusted = 'yes' AND one.name_matches = 'yes')) AS well,
        len(addresses) AS addresses
    FROM named
), hosts AS (
    SELECT
        hoster, name,
        CASE
            WHEN bool_or(broken) THEN 'broken'
            WHEN bool_and(addresses > 0 AND plain = addresses) THEN 'no_tls'
            WHEN bool_and(addresses > 0 AND plain + well = addresses) THEN 'well'
            ELSE 'not_known'
        END AS comes_to
    FROM judged
    GROUP BY hoster, name
), concerned AS (
    SELECT hoster, count(DISTINCT number) AS domains FROM judged WHERE broken GROUP BY hoster
)
SELECT
    hosts.hoster,
    count(*) AS hosts,
    count(*) FILTER (comes_to = 'well') AS well,
    count(*) FILTER (comes_to = 'broken') AS broken,
    count(*) FILTER (comes_to = 'no_tls') AS no_tls,
    count(*) FILTER (comes_to = 'not_known') AS not_known,
    coalesce(any_value(domains), 0) AS domains
FROM hosts LEFT JOIN concerned ON hosts.hoster IS NOT DISTINCT FROM concerned.hoster
GROUP BY hosts.hoster
ORDER BY broken DESC, domains DESC, hoster;
