-- One row per two leads of which somebody said by then that they are different people, or to be asked again later.
-- What was said of a lead holds for the one that it was merged into since.
SELECT least(a.survivor_id, b.survivor_id) AS one_id, greatest(a.survivor_id, b.survivor_id) AS other_id,
    max(CASE WHEN q.answer = 'different' THEN 1 ELSE 0 END) = 1 AS is_different,
    max(CASE WHEN q.answer = 'later' THEN 1 ELSE 0 END) = 1 AS is_later
FROM (
    SELECT p.*, row_number() OVER (PARTITION BY p.lead_id, p.other_id ORDER BY p.event_order DESC) AS position
    FROM live.pair_answers AS p CROSS JOIN viewpoint AS v
    WHERE p.recorded_at <= v.as_of
) AS q
JOIN every_lead AS a ON a.lead_id = q.lead_id
JOIN every_lead AS b ON b.lead_id = q.other_id
WHERE q.position = 1 AND q.answer <> 'open' AND a.survivor_id <> b.survivor_id
GROUP BY least(a.survivor_id, b.survivor_id), greatest(a.survivor_id, b.survivor_id)
