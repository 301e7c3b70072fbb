-- One row per lead created, duplicates left out, with what became of it so far.
SELECT
    l.lead_id, c.day, c.week, c.month, l.source, l.campaign,
    coalesce(k.readiness, 'undetermined') AS readiness,
    coalesce(w.deals_won, 0) > 0 AS is_won,
    coalesce(w.deals_won, 0) AS deals_won,
    coalesce(w.amount_won, 0) AS amount_won,
    coalesce(w.hand_overs, 0) > 0 AS is_handed_off
FROM leads AS l
CROSS JOIN viewpoint AS v
JOIN calendar_days AS c ON c.day = CAST(from_utc_timestamp(l.created_at, v.zone) AS DATE)
LEFT JOIN lead_classes AS k ON k.lead_id = l.lead_id AND l.created_at >= k.valid_from AND l.created_at < k.valid_to
LEFT JOIN (
    SELECT m.survivor_id AS lead_id,
        count(*) FILTER (WHERE e.event = 'won') AS deals_won,
        sum(e.amount) FILTER (WHERE e.event = 'won') AS amount_won,
        count(*) FILTER (WHERE e.event = 'handed_off') AS hand_overs
    FROM stage_events AS e
    JOIN leads AS m ON m.lead_id = e.lead_id
    GROUP BY m.survivor_id
) AS w ON w.lead_id = l.lead_id
WHERE NOT l.is_merged
