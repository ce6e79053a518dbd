-- How many days are left of the certificates?
--
-- days_left: from the survey to the end: ended, 0-6, 7-13, 14-29, 30-59, 60-89, 90 or more, not known
-- certificates: different certificates shown
-- addresses: addresses that showed them

WITH shown AS (
    SELECT certificate_sha256, ip, port, min(date_diff('day', asked, not_after)
        - (not_after < asked + to_days(date_diff('day', asked, not_after)))::INTEGER) AS days
    FROM 'addresses/*.parquet'
    WHERE certificate_sha256 IS NOT NULL
    GROUP BY certificate_sha256, ip, port
)
SELECT
    CASE
        WHEN days IS NULL THEN 'not known'
        WHEN days < 0 THEN 'ended'
        WHEN days < 7 THEN '0-6'
        WHEN days < 14 THEN '7-13'
        WHEN days < 30 THEN '14-29'
        WHEN days < 60 THEN '30-59'
        WHEN days < 90 THEN '60-89'
        ELSE '90 or more'
    END AS days_left,
    count(DISTINCT certificate_sha256) AS certificates,
    count(*) AS addresses
FROM shown
GROUP BY ALL
ORDER BY min(days) NULLS LAST;
