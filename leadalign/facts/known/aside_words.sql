-- One row per lead that a rule or a person set aside, listed or released by then, with the last word of it.
-- A person's word stands above an upload's, and the last of its kind above those before.
SELECT a.lead_id, a.event, a.reason, a.evidence, a.recorded_at AS since, a.recorded_by, a.batch_id IS NULL AS by_person
FROM (
    SELECT e.*, row_number() OVER (
        PARTITION BY e.lead_id ORDER BY CASE WHEN e.batch_id IS NULL THEN 0 ELSE 1 END, e.event_order DESC) AS position
    FROM live.aside_events AS e CROSS JOIN viewpoint AS v
    WHERE e.recorded_at <= v.as_of
) AS a
WHERE a.position = 1
