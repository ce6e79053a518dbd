-- Which domains have got better or worse since an earlier survey?
--
-- domain: the domain
-- earlier: its result then; null: it was not in that list
-- now: its result in this survey; null: it is in the earlier list only
-- gone: findings that were there then, failures only
-- new: those that are there now, failures only

-- the folder of the earlier survey, seen from here
SET VARIABLE earlier = '.';

WITH then_was AS (
    SELECT target, result, list_sort(list_distinct(list_transform(
        list_filter(findings, lambda one: one.level = 'fail'), lambda one: one.id))) AS failing
    FROM read_parquet(getvariable('earlier') || '/domains/*.parquet')
    QUALIFY row_number() OVER (PARTITION BY target ORDER BY number) = 1
), now_is AS (
    SELECT target, result, list_sort(list_distinct(list_transform(
        list_filter(findings, lambda one: one.level = 'fail'), lambda one: one.id))) AS failing
    FROM 'domains/*.parquet'
    QUALIFY row_number() OVER (PARTITION BY target ORDER BY number) = 1
)
SELECT
    coalesce(n.target, e.target) AS domain, e.result AS earlier, n.result AS now,
    list_filter(e.failing, lambda id: NOT list_contains(coalesce(n.failing, []), id)) AS gone,
    list_filter(n.failing, lambda id: NOT list_contains(coalesce(e.failing, []), id)) AS new
FROM then_was AS e FULL JOIN now_is AS n ON e.target = n.target
WHERE e.result IS DISTINCT FROM n.result OR e.failing IS DISTINCT FROM n.failing
ORDER BY now, earlier, domain;
