-- Which domains have an MTA-STS policy in mode enforce that leaves out one of their MX hosts?
--
-- domain: the domain
-- hosts: MX hosts that no mx line matches: MTA-STS senders skip them
-- all_hosts: number of its MX hosts
-- mta_sts: what such senders get: partial; none: no host is left

SELECT
    target AS domain,
    list_sort(list_distinct(list_transform(
        list_filter(findings, lambda one: one.id = 'sts.mx-uncovered'), lambda one: one.host
    ))) AS hosts,
    len(mx.records) AS all_hosts,
    senders.mta_sts AS mta_sts
FROM 'domains/*.parquet'
WHERE mta_sts.mode = 'enforce'
    AND len(list_filter(findings, lambda one: one.id = 'sts.mx-uncovered')) > 0
ORDER BY domain;
