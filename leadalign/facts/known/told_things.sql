-- One row per step, value, activity and rating recorded by then, even if its own date lies later; an activity as first told.
SELECT e.lead_id, 'step' AS thing, e.event AS what, e.event_id AS told_id, e.occurred_at AS happened_at, e.recorded_at
FROM live.stage_events AS e
CROSS JOIN viewpoint AS v
LEFT JOIN (
    SELECT DISTINCT x.voids_event_id
    FROM live.stage_events AS x CROSS JOIN viewpoint AS w
    WHERE x.voids_event_id IS NOT NULL AND x.recorded_at <= w.as_of
) AS voided ON voided.voids_event_id = e.event_id
WHERE e.recorded_at <= v.as_of AND voided.voids_event_id IS NULL AND e.event <> 'withdrawn'
UNION ALL
SELECT e.lead_id, 'value', e.attr, e.event_id, e.observed_at, e.recorded_at
FROM live.attribute_events AS e
CROSS JOIN viewpoint AS v
WHERE e.recorded_at <= v.as_of AND NOT e.assumed
UNION ALL
SELECT a.lead_id, 'activity', a.type, a.activity_id, a.started_at, a.recorded_at
FROM (
    SELECT w.*, row_number() OVER (PARTITION BY w.activity_id ORDER BY w.event_order) AS position
    FROM live.activities AS w CROSS JOIN viewpoint AS v
    WHERE w.recorded_at <= v.as_of
) AS a
WHERE a.position = 1
UNION ALL
SELECT r.lead_id, 'rating', 'rating', r.rating_id, r.rated_at, r.recorded_at
FROM live.ratings AS r
CROSS JOIN viewpoint AS v
WHERE r.recorded_at <= v.as_of
