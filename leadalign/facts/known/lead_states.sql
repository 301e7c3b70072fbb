-- One row per lead, with the state that its last step left it in and since when.
SELECT s.lead_id, s.occurred_at AS since,
    CASE s.event WHEN 'created' THEN 'new' WHEN 'classified' THEN 'new' WHEN 'recycled' THEN 'nurture' WHEN 'reopened' THEN 'opportunity'
        ELSE s.event END AS state
FROM (
    SELECT e.lead_id, e.event, e.occurred_at,
        row_number() OVER (PARTITION BY e.lead_id ORDER BY e.occurred_at DESC, e.recorded_at DESC, e.event_order DESC) AS position
    FROM stage_events AS e
) AS s
WHERE s.position = 1
