-- One row per activity that had begun by then, as last corrected by then, with its lead and deal by ID, else by name.
SELECT a.activity_id, coalesce(c.lead_id, a.lead_id, i.lead_id, w.lead_id, d.lead_id) AS lead_id, coalesce(a.deal_id, b.deal_id) AS deal_id,
    coalesce(n.person_id, a.person_id) AS person_id, a.type, a.started_at,
    CAST(from_utc_timestamp(a.started_at, a.zone) AS DATE) AS started_on, a.minutes, a.outcome, a.subject
FROM (
    SELECT w.*, v.zone, row_number() OVER (PARTITION BY w.activity_id ORDER BY w.event_order DESC) AS position
    FROM live.activities AS w CROSS JOIN viewpoint AS v
    WHERE w.recorded_at <= v.as_of AND w.started_at <= v.as_of
) AS a
LEFT JOIN contact_leads AS c ON c.contact_id = a.lead_id
LEFT JOIN deal_leads AS i ON i.deal_id = a.deal_id AND a.lead_id IS NULL
LEFT JOIN named_leads AS w ON w.kind = 'activities' AND w.record_id = a.activity_id AND a.lead_id IS NULL
LEFT JOIN named_deals AS b ON b.record_id = a.activity_id AND a.deal_id IS NULL
LEFT JOIN deal_leads AS d ON d.deal_id = b.deal_id AND a.lead_id IS NULL
LEFT JOIN person_names AS n ON n.name = a.person_id
WHERE a.position = 1
