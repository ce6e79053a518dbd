-- What has changed since an earlier survey?
--
-- what: result; delivery by each kind of sender; mta_sts: mode or state of the policy; tlsrpt
-- earlier: what it came to then; not listed: the domain was not in that list
-- now: what it comes to in this survey; not listed: it is in the earlier list only
-- domains: how many; where earlier and now are alike, nothing has changed
-- example: one of them

-- the folder of the earlier survey, seen from here
SET VARIABLE earlier = '.';

WITH then_was AS (
    SELECT
        target, result, senders.opportunistic AS opportunistic, senders.pkix AS pkix,
        senders.dane AS dane, senders.mta_sts AS sts, mta_sts.mode AS mode,
        mta_sts.status AS status, tlsrpt.status AS tlsrpt
    FROM read_parquet(getvariable('earlier') || '/domains/*.parquet')
    QUALIFY row_number() OVER (PARTITION BY target ORDER BY number) = 1
), now_is AS (
    SELECT
        target, result, senders.opportunistic AS opportunistic, senders.pkix AS pkix,
        senders.dane AS dane, senders.mta_sts AS sts, mta_sts.mode AS mode,
        mta_sts.status AS status, tlsrpt.status AS tlsrpt
    FROM 'domains/*.parquet'
    QUALIFY row_number() OVER (PARTITION BY target ORDER BY number) = 1
), both_times AS (
    SELECT
        coalesce(n.target, e.target) AS target,
        e.target IS NULL AS fresh, n.target IS NULL AS gone,
        unnest([
            {'place': 1, 'what': 'result', 'earlier': e.result, 'now': n.result},
            {'place': 2, 'what': 'opportunistic', 'earlier': e.opportunistic,
                'now': n.opportunistic},
            {'place': 3, 'what': 'pkix', 'earlier': e.pkix, 'now': n.pkix},
            {'place': 4, 'what': 'dane', 'earlier': e.dane, 'now': n.dane},
            {'place': 5, 'what': 'mta_sts', 'earlier': coalesce(e.mode, e.status),
                'now': coalesce(n.mode, n.status)},
            {'place': 6, 'what': 'tlsrpt', 'earlier': e.tlsrpt, 'now': n.tlsrpt}
        ], recursive := true)
    FROM then_was AS e FULL JOIN now_is AS n ON e.target = n.target
), told AS (
    SELECT
        place, what, target,
        CASE WHEN fresh THEN 'not listed' ELSE coalesce(earlier, 'unknown') END AS earlier,
        CASE WHEN gone THEN 'not listed' ELSE coalesce(now, 'unknown') END AS now
    FROM both_times
)
SELECT what, earlier, now, count(*) AS domains, min(target) AS example
FROM told
GROUP BY place, what, earlier, now
ORDER BY place, earlier = now, domains DESC, earlier, now;
