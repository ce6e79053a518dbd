-- How far are DNSSEC, DANE, MTA-STS and TLS reporting, per top-level domain?
--
-- tld: top-level domain
-- domains: entries but for those that accept no mail or have no mail host; each group of the
--   columns that follow adds up to it
-- dnssec: MX records signed
-- dnssec_none: not signed
-- dnssec_bogus: signed, but validation fails
-- dnssec_not_known: no answer, or the resolver does not validate
-- dane: DANE senders deliver to every address by its TLSA records
-- dane_broken: they do not deliver, or not to all addresses
-- dane_none: no TLSA records in a signed zone, whatever else stops mail
-- dane_not_known: could not be determined
-- sts_enforce: a valid policy in mode enforce
-- sts_testing: in mode testing
-- sts_off: in mode none
-- sts_broken: published, but senders cannot use it
-- sts_none: nothing is published
-- sts_not_known: could not be determined
-- reports: TLS reports are requested
-- reports_broken: by a record that is invalid
-- reports_none: no record
-- reports_not_known: could not be determined

WITH each AS (
    SELECT
        *,
        coalesce(mx.status, '') IN ('secure', 'insecure', 'unverified') AS answered,
        coalesce(len(list_filter(hosts, lambda host: len(host.tlsa) > 0
            OR host.tlsa_status IN ('bogus', 'error', 'timeout'))), 0) > 0 AS tlsa
    FROM 'domains/*.parquet'
)
SELECT
    CASE WHEN regexp_full_match(target, '(.*\.)?[A-Za-z0-9-]+\.?')
        THEN lower(split_part(rtrim(target, '.'), '.', -1)) ELSE '(not a name)' END AS tld,
    count(*) AS domains,
    count(*) FILTER (mx.status = 'secure') AS dnssec,
    count(*) FILTER (mx.status = 'insecure') AS dnssec_none,
    count(*) FILTER (mx.status = 'bogus') AS dnssec_bogus,
    domains - dnssec - dnssec_none - dnssec_bogus AS dnssec_not_known,
    count(*) FILTER (senders.dane = 'all') AS dane,
    count(*) FILTER (senders.dane IN ('partial', 'none') AND tlsa) AS dane_broken,
    count(*) FILTER (answered AND (senders.dane = 'not-applicable'
        OR senders.dane IN ('partial', 'none') AND NOT tlsa)) AS dane_none,
    domains - dane - dane_broken - dane_none AS dane_not_known,
    count(*) FILTER (mta_sts.status = 'valid' AND mta_sts.mode = 'enforce') AS sts_enforce,
    count(*) FILTER (mta_sts.status = 'valid' AND mta_sts.mode = 'testing') AS sts_testing,
    count(*) FILTER (mta_sts.status = 'valid' AND mta_sts.mode = 'none') AS sts_off,
    count(*) FILTER (mta_sts.status = 'invalid') AS sts_broken,
    count(*) FILTER (mta_sts.status IN ('absent', 'not-applicable')) AS sts_none,
    domains - sts_enforce - sts_testing - sts_off - sts_broken - sts_none AS sts_not_known,
    count(*) FILTER (tlsrpt.status = 'valid') AS reports,
    count(*) FILTER (tlsrpt.status = 'invalid') AS reports_broken,
    count(*) FILTER (tlsrpt.status IN ('absent', 'not-applicable')) AS reports_none,
    domains - reports - reports_broken - reports_none AS reports_not_known
FROM each
WHERE result IS DISTINCT FROM 'nothing'
    AND coalesce(len(list_filter(findings, lambda one: one.level = 'fail'
        AND one.id IN ('dns.nxdomain', 'dns.no-mail-host'))), 0) = 0
GROUP BY tld
ORDER BY domains DESC, tld;
