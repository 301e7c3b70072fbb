-- One row per lead set aside by then, with the rule that did it or the person's reason, and since when.
-- A person's word stands above an upload's, and the last of its kind above those before.
SELECT a.lead_id, a.reason, a.evidence, a.recorded_at AS since, a.recorded_by, a.batch_id IS NULL AS by_person
FROM (
    SELECT e.*, row_number() OVER (
        PARTITION BY e.lead_id ORDER BY CASE WHEN e.batch_id IS NULL THEN 0 ELSE 1 END, e.event_order DESC) AS position
    FROM live.aside_events AS e CROSS JOIN viewpoint AS v
    WHERE e.recorded_at <= v.as_of AND e.event <> 'listed'
) AS a
WHERE a.position = 1 AND a.event = 'set_aside'
