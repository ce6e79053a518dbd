-- To which domains can a DANE sender not deliver?
--
-- domain: the domain
-- dane: none, or partial: some addresses, or some DANE senders
-- opportunistic: what opportunistic senders get: tls, degraded, clear or none
-- hosts: mail hosts with an address that refuses DANE senders
-- findings: what is wrong, by the ids of docs/starttls.md

SELECT
    target AS domain,
    senders.dane AS dane,
    senders.opportunistic AS opportunistic,
    list_transform(
        list_filter(hosts, lambda host: len(list_filter(host.addresses,
            lambda one: one.senders.dane IN ('no', 'partial'))) > 0),
        lambda host: host.name
    ) AS hosts,
    list_sort(list_distinct(list_transform(
        list_filter(findings, lambda one: one.level IN ('fail', 'warn')
            AND list_contains(one.affects, 'dane')),
        lambda one: one.id
    ))) AS findings
FROM 'domains/*.parquet'
WHERE senders.dane IN ('none', 'partial')
ORDER BY dane, domain;
