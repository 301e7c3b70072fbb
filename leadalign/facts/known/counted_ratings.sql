-- One row per rating that counts: a rater's first in a hand-over cycle, in time, and before the outcome was known.
SELECT s.rating_id, s.survivor_id AS lead_id, s.cycle_no, s.rater_id, s.rating, s.reasons, s.rated_at
FROM (
    SELECT q.*, l.survivor_id, coalesce(h.cycle_no, 0) AS cycle_no,
        row_number() OVER (PARTITION BY l.survivor_id, coalesce(h.cycle_no, 0), q.rater_id ORDER BY q.rated_at, q.rating_id) AS position,
        coalesce(h.handed_off_on, f.touched_on, q.rated_on) AS clock_starts_on,
        o.decided_at
    FROM ratings AS q
    JOIN leads AS l ON l.lead_id = q.lead_id
    LEFT JOIN hand_over_cycles AS h
        ON h.lead_id = l.survivor_id AND q.rated_at >= h.handed_off_at AND q.rated_at < h.next_handed_off_at
    LEFT JOIN (
        SELECT w.survivor_id AS lead_id, min(a.started_on) AS touched_on
        FROM activities AS a JOIN leads AS w ON w.lead_id = a.lead_id
        GROUP BY w.survivor_id
    ) AS f ON f.lead_id = l.survivor_id
    LEFT JOIN (
        SELECT w.survivor_id AS lead_id, min(e.occurred_at) AS decided_at
        FROM stage_events AS e JOIN leads AS w ON w.lead_id = e.lead_id
        WHERE e.event IN ('won', 'lost')
        GROUP BY w.survivor_id
    ) AS o ON o.lead_id = l.survivor_id
) AS s
CROSS JOIN viewpoint AS v
JOIN calendar_days AS c0 ON c0.day = s.clock_starts_on
JOIN calendar_days AS c1 ON c1.day = s.rated_on
WHERE s.position = 1
    AND c1.work_day_no - c0.work_day_no <= v.rating_work_days
    AND (s.decided_at IS NULL OR s.rated_at <= s.decided_at)
