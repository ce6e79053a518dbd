-- Can mail reach the domains, by kind of sender, and over TLS?
--
-- sender: opportunistic, pkix (TLS with a certificate that verifies), dane, mta_sts
-- domains: entries of the list; the columns that follow add up to it
-- delivers: to every address; opportunistic: over TLS
-- partly: to some addresses, or some of these senders
-- in_clear: without TLS (opportunistic senders only)
-- refuses: this kind of sender does not deliver
-- nothing_published: it publishes no TLSA records or no MTA-STS policy: as for opportunistic senders
-- no_mail_host: does not exist, or has no usable mail host
-- accepts_no_mail: null MX
-- not_known: could not be determined, or was not checked

WITH each AS (
    SELECT
        result, mx.status AS mx_status,
        len(list_filter(findings, lambda one: one.level = 'fail'
            AND one.id IN ('dns.nxdomain', 'dns.no-mail-host'))) > 0 AS no_host,
        unnest([
            {'place': 1, 'sender': 'opportunistic', 'does': senders.opportunistic},
            {'place': 2, 'sender': 'pkix', 'does': senders.pkix},
            {'place': 3, 'sender': 'dane', 'does': senders.dane},
            {'place': 4, 'sender': 'mta_sts', 'does': senders.mta_sts}
        ], recursive := true)
    FROM 'domains/*.parquet'
), counted AS (
    SELECT place, sender, CASE
        WHEN result = 'nothing' THEN 'accepts_no_mail'
        WHEN no_host THEN 'no_mail_host'
        WHEN does IN ('tls', 'all') THEN 'delivers'
        WHEN does IN ('degraded', 'partial') THEN 'partly'
        WHEN does = 'clear' THEN 'in_clear'
        WHEN does = 'none' THEN 'refuses'
        WHEN does = 'not-applicable' AND mx_status <> 'bogus' THEN 'nothing_published'
        ELSE 'not_known'
    END AS comes_to
    FROM each
)
SELECT
    sender,
    count(*) AS domains,
    count(*) FILTER (comes_to = 'delivers') AS delivers,
    count(*) FILTER (comes_to = 'partly') AS partly,
    count(*) FILTER (comes_to = 'in_clear') AS in_clear,
    count(*) FILTER (comes_to = 'refuses') AS refuses,
    count(*) FILTER (comes_to = 'nothing_published') AS nothing_published,
    count(*) FILTER (comes_to = 'no_mail_host') AS no_mail_host,
    count(*) FILTER (comes_to = 'accepts_no_mail') AS accepts_no_mail,
    count(*) FILTER (comes_to = 'not_known') AS not_known
FROM counted
GROUP BY place, sender
ORDER BY place;
