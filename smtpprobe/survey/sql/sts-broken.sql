-- Which domains publish MTA-STS, but senders cannot use it?
--
-- domain: the domain
-- problem: what is wrong
-- findings: the same by the ids of docs/starttls.md

SELECT
    target AS domain,
    mta_sts.problem AS problem,
    list_sort(list_distinct(list_transform(
        list_filter(findings, lambda one: one.id LIKE 'sts.%' AND one.level = 'fail'),
        lambda one: one.id
    ))) AS findings
FROM 'domains/*.parquet'
WHERE mta_sts.status = 'invalid'
ORDER BY domain;
