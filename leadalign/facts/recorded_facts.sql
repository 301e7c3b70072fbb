-- One row per step, value, activity and rating of a lead that had happened by then, with the days until it was recorded.
SELECT
    l.lead_id, t.thing, t.what, t.told_id, c.day, c.week, c.month, l.source, l.campaign, l.system,
    greatest(CAST(unix_timestamp(t.recorded_at) - unix_timestamp(t.happened_at) AS DOUBLE), CAST(0 AS DOUBLE)) / 86400 AS delay_days
FROM told_things AS t
CROSS JOIN viewpoint AS v
JOIN leads AS l ON l.lead_id = t.lead_id
JOIN calendar_days AS c ON c.day = CAST(from_utc_timestamp(t.happened_at, v.zone) AS DATE)
WHERE t.happened_at <= v.as_of
