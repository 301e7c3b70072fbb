-- One row per lead that became an opportunity, with the first time it did and when that was recorded.
SELECT s.lead_id, s.occurred_at AS opened_at, s.recorded_at
FROM (
    SELECT l.survivor_id AS lead_id, e.occurred_at, e.recorded_at,
        row_number() OVER (PARTITION BY l.survivor_id ORDER BY e.occurred_at, e.event_order) AS position
    FROM stage_events AS e
    JOIN leads AS l ON l.lead_id = e.lead_id
    WHERE e.event IN ('opportunity', 'won')
) AS s
WHERE s.position = 1
