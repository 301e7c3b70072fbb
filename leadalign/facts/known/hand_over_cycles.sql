-- One row per hand-over cycle: from a lead's hand-over to sales until it ends, is handed over again, or goes on. A duplicate
-- that is merged into the lead ends none of its cycles.
SELECT
    h.lead_id, h.cycle_no, h.handed_off_at, h.handed_off_on, h.handed_off_by, h.next_handed_off_at,
    coalesce(k.readiness, 'undetermined') AS readiness,
    coalesce(k.version, 0) AS version,
    coalesce(min(CASE WHEN e.event IN ('rejected', 'recycled', 'won', 'lost', 'disqualified') OR (e.event = 'merged' AND e.lead_id = h.lead_id) THEN e.occurred_at END),
        CAST('9999-12-31 00:00:00' AS TIMESTAMP)) AS ended_at,
    min(CASE WHEN e.event = 'assigned' THEN e.occurred_at END) AS assigned_at,
    min(CASE WHEN e.event IN ('accepted', 'opportunity', 'won') THEN e.occurred_at END) AS accepted_at,
    min(CASE WHEN e.event = 'rejected' THEN e.occurred_at END) AS rejected_at,
    min(CASE WHEN e.event = 'won' THEN e.occurred_at END) AS won_at,
    min(CASE WHEN e.event IN ('accepted', 'opportunity', 'won') THEN e.step_no END) AS accepted_no,
    min(CASE WHEN e.event = 'rejected' THEN e.step_no END) AS rejected_no,
    coalesce(h.owner_id, min_by(coalesce(e.owner_id, e.actor_id), e.event_order) FILTER (WHERE e.event IN ('assigned', 'accepted', 'rejected'))) AS rep_id
FROM (
    SELECT l.survivor_id AS lead_id, e.occurred_at AS handed_off_at, e.occurred_on AS handed_off_on, e.event_order, e.actor_id AS handed_off_by, e.owner_id,
        row_number() OVER cycles AS cycle_no,
        coalesce(lead(e.occurred_at) OVER cycles, CAST('9999-12-31 00:00:00' AS TIMESTAMP)) AS next_handed_off_at,
        coalesce(lead(e.event_order) OVER cycles, 0) AS next_order
    FROM stage_events AS e
    JOIN leads AS l ON l.lead_id = e.lead_id
    WHERE e.event = 'handed_off'
    WINDOW cycles AS (PARTITION BY l.survivor_id ORDER BY e.occurred_at, e.event_order)
) AS h
LEFT JOIN lead_classes AS k
    ON k.lead_id = h.lead_id AND h.handed_off_at >= k.valid_from AND h.handed_off_at < k.valid_to
LEFT JOIN (
    SELECT l.survivor_id AS story_id, e.*, row_number() OVER (PARTITION BY l.survivor_id ORDER BY e.occurred_at, e.event_order) AS step_no
    FROM stage_events AS e JOIN leads AS l ON l.lead_id = e.lead_id
) AS e
    ON e.story_id = h.lead_id AND (e.occurred_at < h.next_handed_off_at OR (e.occurred_at = h.next_handed_off_at AND e.event_order < h.next_order))
    AND (e.occurred_at > h.handed_off_at OR (e.occurred_at = h.handed_off_at AND e.event_order > h.event_order))
GROUP BY h.lead_id, h.cycle_no, h.handed_off_at, h.handed_off_on, h.handed_off_by, h.next_handed_off_at, h.owner_id, k.readiness, k.version
