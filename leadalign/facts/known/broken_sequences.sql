-- One row per thing told of a lead that cannot have happened as it is told, by kind; a thing may break several rules.
SELECT b.kind, b.lead_id, b.what, b.told_id, b.happened_at, b.against_at, b.happened_on
FROM (
    SELECT 'won_before_created' AS kind, s.lead_id, e.event AS what, e.event_id AS told_id, e.occurred_at AS happened_at,
        s.created_at AS against_at, e.occurred_on AS happened_on, s.created_on AS against_on
    FROM stage_events AS e
    JOIN leads AS l ON l.lead_id = e.lead_id
    JOIN story_beginnings AS s ON s.lead_id = l.survivor_id
    WHERE e.event = 'won'
    UNION ALL
    SELECT 'activity_before_created', s.lead_id, a.type, a.activity_id, a.started_at, s.created_at, a.started_on, s.created_on
    FROM activities AS a
    JOIN leads AS l ON l.lead_id = a.lead_id
    JOIN story_beginnings AS s ON s.lead_id = l.survivor_id
    UNION ALL
    SELECT 'answered_before_handed_over', l.survivor_id, e.event, e.event_id, e.occurred_at, h.handed_off_at, e.occurred_on, h.handed_off_on
    FROM stage_events AS e
    JOIN leads AS l ON l.lead_id = e.lead_id
    JOIN hand_over_cycles AS h ON h.lead_id = l.survivor_id AND h.cycle_no = 1
    WHERE e.event IN ('accepted', 'rejected')
) AS b
CROSS JOIN viewpoint AS v
WHERE b.happened_on < b.against_on
    OR (b.happened_at < b.against_at AND from_utc_timestamp(b.happened_at, v.zone) <> CAST(b.happened_on AS TIMESTAMP))
UNION ALL
SELECT
    CASE WHEN v.as_of >= t.happened_at - INTERVAL '5' MINUTE THEN 'recorded_before_happened' ELSE 'in_future' END,
    l.survivor_id, t.what, t.told_id, t.happened_at, t.recorded_at, CAST(from_utc_timestamp(t.happened_at, v.zone) AS DATE)
FROM told_things AS t
CROSS JOIN viewpoint AS v
JOIN leads AS l ON l.lead_id = t.lead_id
WHERE t.recorded_at < t.happened_at - INTERVAL '5' MINUTE
UNION ALL
SELECT 'opened_twice', l.survivor_id, o.event, o.event_id, o.occurred_at, o.opened_before_at, o.occurred_on
FROM (
    SELECT e.*, lag(e.event) OVER deal AS event_before, lag(e.occurred_at) OVER deal AS opened_before_at
    FROM stage_events AS e
    WHERE e.event IN ('opportunity', 'won', 'lost', 'disqualified', 'rejected', 'recycled', 'reopened')
    WINDOW deal AS (PARTITION BY e.lead_id, coalesce(e.deal_id, '') ORDER BY e.occurred_at, e.event_order)
) AS o
JOIN leads AS l ON l.lead_id = o.lead_id
WHERE o.event = 'opportunity' AND o.event_before = 'opportunity' AND o.occurred_at > o.opened_before_at
UNION ALL
SELECT 'worked_unassigned', u.lead_id, u.type, u.activity_id, u.started_at, u.handed_off_at, u.started_on
FROM (
    SELECT h.lead_id, h.handed_off_at, a.type, a.activity_id, a.started_at, a.started_on,
        row_number() OVER (PARTITION BY h.lead_id, h.cycle_no ORDER BY a.started_at, a.activity_id) AS position
    FROM hand_over_cycles AS h
    JOIN leads AS k ON k.lead_id = h.lead_id
    JOIN leads AS l ON l.survivor_id = h.lead_id
    JOIN activities AS a ON a.lead_id = l.lead_id
    LEFT JOIN people AS p ON p.person_id = a.person_id
    WHERE coalesce(p.function, 'sales') = 'sales'
        AND a.started_at >= h.handed_off_at AND a.started_at < h.next_handed_off_at AND a.started_at < h.ended_at
        AND (h.assigned_at IS NULL OR h.assigned_at > a.started_at)
        AND (h.accepted_at IS NULL OR h.accepted_at > a.started_at)
        AND k.system IN (SELECT w.system FROM stage_events AS e JOIN leads AS w ON w.lead_id = e.lead_id WHERE e.event = 'assigned')
) AS u
WHERE u.position = 1
