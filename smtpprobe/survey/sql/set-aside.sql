-- Which parts of the survey were set aside, so that what belongs there is not known?
--
-- stage: resolve and domains: up to 1000 entries not checked; addresses: asked twice without an answer
-- part: its name
-- time: when it was given up (UTC)
-- reason: why

WITH events AS (
    SELECT time, event, job, reason
    FROM read_json(
        'log.jsonl',
        format = 'newline_delimited',
        columns = {time: 'VARCHAR', event: 'VARCHAR', job: 'VARCHAR', reason: 'VARCHAR'},
        ignore_errors = true
    )
    WHERE event IN ('aside', 'retry')
)
SELECT
    split_part(job, '/', 1) AS stage,
    split_part(job, '/', 2) AS part,
    max(time) AS time,
    arg_max(reason, time) AS reason
FROM events
GROUP BY job
HAVING count(*) FILTER (event = 'aside') > count(*) FILTER (event = 'retry')
ORDER BY stage, part;
