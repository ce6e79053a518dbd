-- Which issuers' certificates are in trouble, and how?
--
-- issuer: who issued them; (self-signed) together
-- certificates: different certificates shown; the columns that follow add up to it
-- well: trusted, in time, and for each host that shows them
-- untrusted: they lead to no trusted root
-- out_of_date: ended, or not valid yet, on the day they were shown
-- wrong_name: not for a host that shows them
-- not_known: could not be determined
-- domains: domains with a host that shows one in trouble

WITH each AS NOT MATERIALIZED (
    SELECT number, unnest(hosts) AS host FROM 'domains/*.parquet'
), led AS NOT MATERIALIZED (
    SELECT number, unnest(host.addresses) AS spot FROM each
), places AS (
    SELECT
        spot.ip AS ip, spot.port AS port, spot.implicit_tls AS implicit_tls, spot.sni AS sni,
        spot.second AS second,
        coalesce(bool_or(spot.name_matches = 'no'), false) AS wrong_name,
        coalesce(bool_and(spot.name_matches = 'yes'), false) AS right_name
    FROM led
    GROUP BY ALL
), shown AS (
    SELECT
        places.*, certificate_sha256 AS sha256, trusted, asked BETWEEN not_before AND not_after AS in_time,
        CASE WHEN trust_code = 18 THEN '(self-signed)' ELSE issuer END AS issuer
    FROM 'addresses/*.parquet' AS one JOIN places
        ON one.ip = places.ip AND one.port = places.port
        AND one.implicit_tls = places.implicit_tls AND one.second = places.second
        AND one.sni IS NOT DISTINCT FROM places.sni
    WHERE certificate_sha256 IS NOT NULL
), certificates AS (
    SELECT
        sha256, any_value(issuer) AS issuer,
        CASE
            WHEN bool_or(trusted = 'no') THEN 'untrusted'
            WHEN bool_or(NOT in_time) THEN 'out_of_date'
            WHEN bool_or(wrong_name) THEN 'wrong_name'
            WHEN bool_and(trusted = 'yes') AND bool_and(right_name)
                AND count(in_time) = count(*) THEN 'well'
            ELSE 'not_known'
        END AS comes_to
    FROM shown
    GROUP BY sha256
), counted AS (
    SELECT
        issuer,
        count(*) AS certificates,
        count(*) FILTER (comes_to = 'well') AS well,
        count(*) FILTER (comes_to = 'untrusted') AS untrusted,
        count(*) FILTER (comes_to = 'out_of_date') AS out_of_date,
        count(*) FILTER (comes_to = 'wrong_name') AS wrong_name,
        count(*) FILTER (comes_to = 'not_known') AS not_known
    FROM certificates
    GROUP BY issuer
), concerned AS (
    SELECT certificates.issuer, count(DISTINCT number) AS domains
    FROM led
    JOIN shown
        ON shown.ip = spot.ip AND shown.port = spot.port AND shown.implicit_tls = spot.implicit_tls
        AND shown.second = spot.second AND shown.sni IS NOT DISTINCT FROM spot.sni
    JOIN certificates USING (sha256)
    WHERE comes_to IN ('untrusted', 'out_of_date', 'wrong_name')
    GROUP BY certificates.issuer
)
SELECT counted.*, coalesce(domains, 0) AS domains
FROM counted LEFT JOIN concerned ON counted.issuer IS NOT DISTINCT FROM concerned.issuer
ORDER BY untrusted + out_of_date + wrong_name DESC, certificates DESC, counted.issuer;
