-- One row per hand-over to sales, with what the definition said of the lead at that moment, the first win before it was handed
-- over again, and the mean of the ratings that count in between.
SELECT
    h.lead_id, h.cycle_no, c.day, c.week, c.month, l.source, l.campaign, h.handed_off_at,
    coalesce(k.version, 0) AS version,
    coalesce(k.route, 'UNDETERMINED') AS route,
    h.readiness,
    coalesce(k.cells, '') AS cells,
    k.value_lo, k.value_hi, k.ready_lo, k.ready_hi,
    h.won_at, r.rating
FROM hand_over_cycles AS h
JOIN leads AS l ON l.lead_id = h.lead_id
JOIN calendar_days AS c ON c.day = h.handed_off_on
LEFT JOIN lead_classes AS k
    ON k.lead_id = h.lead_id AND h.handed_off_at >= k.valid_from AND h.handed_off_at < k.valid_to
LEFT JOIN (
    SELECT q.lead_id, q.cycle_no, avg(q.rating) AS rating
    FROM counted_ratings AS q
    GROUP BY q.lead_id, q.cycle_no
) AS r ON r.lead_id = h.lead_id AND r.cycle_no = h.cycle_no
