-- One row per lead created and one per hand-over, with the points of the definition then in force and those nobody could tell.
-- Duplicates have their row: what a form left open was left open, whoever it belongs to.
SELECT
    t.lead_id, t.moment, t.cycle_no, c.day, c.week, c.month, t.source, t.campaign, t.system,
    k.version, k.points, k.unknown_points, k.unknown
FROM (
    SELECT l.lead_id, 'created' AS moment, 0 AS cycle_no, l.created_at AS happened_at, l.created_on AS happened_on, l.source, l.campaign, l.system
    FROM leads AS l
    UNION ALL
    SELECT h.lead_id, 'handed_over', h.cycle_no, h.handed_off_at, h.handed_off_on, w.source, w.campaign, w.system
    FROM hand_over_cycles AS h
    JOIN leads AS w ON w.lead_id = h.lead_id
) AS t
JOIN calendar_days AS c ON c.day = t.happened_on
JOIN lead_classes AS k ON k.lead_id = t.lead_id AND t.happened_at >= k.valid_from AND t.happened_at < k.valid_to
