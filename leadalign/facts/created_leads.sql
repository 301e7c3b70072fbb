-- One row per lead created, duplicates left out, with what became of it so far.
SELECT
    l.lead_id, c.day, c.week, c.month, l.source, l.campaign,
    coalesce(k.readiness, 'undetermined') AS readiness,
    w.lead_id IS NOT NULL AS is_won,
    coalesce(w.deals_won, 0) AS deals_won
FROM leads AS l
JOIN calendar_days AS c ON c.day = l.created_on
LEFT JOIN lead_classes AS k ON k.lead_id = l.lead_id AND l.created_at >= k.valid_from AND l.created_at < k.valid_to
LEFT JOIN (SELECT d.lead_id, count(*) AS deals_won FROM deals_won AS d GROUP BY d.lead_id) AS w ON w.lead_id = l.lead_id
WHERE NOT l.is_merged
