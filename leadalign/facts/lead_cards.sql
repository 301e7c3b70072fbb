-- One row per lead: who it is, where it stands now, and what both functions did with it.
SELECT
    l.lead_id, l.name, l.company, l.email, l.source, l.campaign, l.created_at, c.day, c.week, c.month,
    coalesce(s.state, 'new') AS state, s.since,
    coalesce(k.readiness, 'undetermined') AS readiness, k.route, k.cells, coalesce(k.version, 0) AS version, k.unknown,
    h.rep_id, coalesce(p.name, h.rep_id, '') AS rep, h.handed_off_at,
    coalesce(a.activities, 0) AS activities, coalesce(a.minutes, 0) AS minutes, a.last_activity_at,
    coalesce(r.ratings, 0) AS ratings, r.rating
FROM leads AS l
CROSS JOIN viewpoint AS v
JOIN calendar_days AS c ON c.day = l.created_on
LEFT JOIN lead_states AS s ON s.lead_id = l.lead_id
LEFT JOIN lead_classes AS k ON k.lead_id = l.lead_id AND v.as_of >= k.valid_from AND v.as_of < k.valid_to
LEFT JOIN (
    SELECT w.lead_id, w.rep_id, w.handed_off_at, row_number() OVER (PARTITION BY w.lead_id ORDER BY w.cycle_no DESC) AS position
    FROM hand_over_cycles AS w
) AS h ON h.lead_id = l.lead_id AND h.position = 1
LEFT JOIN people AS p ON p.person_id = h.rep_id
LEFT JOIN (
    SELECT w.lead_id, count(*) AS activities, sum(w.minutes) AS minutes, max(w.started_at) AS last_activity_at
    FROM activities AS w GROUP BY w.lead_id
) AS a ON a.lead_id = l.lead_id
LEFT JOIN (SELECT w.lead_id, count(*) AS ratings, avg(w.rating) AS rating FROM ratings AS w GROUP BY w.lead_id) AS r ON r.lead_id = l.lead_id
WHERE NOT l.is_merged
