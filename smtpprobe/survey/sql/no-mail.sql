-- Which domains accept no mail, on purpose or by mistake?
--
-- domain: the domain
-- kind: null-mx: on purpose; null-mx-conflict, nxdomain, no-mail-host, mx-invalid: by mistake;
--   not-answered: DNS gave no answer, so it is not known
-- result: what it comes to; mx-invalid beside other hosts need not fail
-- message: in words

WITH each AS (
    SELECT target, result, mx.status AS status, unnest(list_filter(findings, lambda one: one.id IN (
        'dns.null-mx', 'dns.null-mx-conflict', 'dns.nxdomain', 'dns.no-mail-host',
        'dns.mx-invalid', 'dns.lookup-failed'
    ))) AS one
    FROM 'domains/*.parquet'
)
SELECT
    target AS domain,
    CASE WHEN one.id = 'dns.lookup-failed' THEN 'not-answered'
        ELSE split_part(one.id, '.', 2) END AS kind,
    result,
    min(one.message) AS message
FROM each
WHERE one.id <> 'dns.lookup-failed' OR status IN ('error', 'timeout', 'interrupted')
GROUP BY ALL
ORDER BY kind, domain;
