-- What is not known, and why?
--
-- id: finding, or not-checked for entries that were not checked at all
-- domains: how many it concerns
-- example: one of them
-- why: what was said of that one

WITH each AS (
    SELECT target, 'not-checked' AS id, error AS why
    FROM 'domains/*.parquet'
    WHERE senders IS NULL
    UNION ALL
    SELECT target, one.id, one.message
    FROM (
        SELECT target, unnest(list_filter(findings, lambda one: one.level = 'unknown')) AS one
        FROM 'domains/*.parquet'
    )
), once AS (
    SELECT target, id, min(why) AS why FROM each GROUP BY ALL
)
SELECT id, count(*) AS domains, min(target) AS example, arg_min(why, target) AS why
FROM once
GROUP BY id
ORDER BY domains DESC, id;
