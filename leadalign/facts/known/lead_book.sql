-- One row per lead as people look for it now: who it is, where it stands, what it is by the definition, how sales rated it last.
SELECT
    l.lead_id, l.name, l.company, l.email, l.source, l.campaign, l.created_at,
    coalesce(k.readiness, 'undetermined') AS readiness,
    CASE WHEN l.is_aside THEN 'set_aside' ELSE coalesce(s.state, 'new') END AS state,
    r.rating
FROM every_lead AS l
CROSS JOIN viewpoint AS v
LEFT JOIN lead_classes AS k ON k.lead_id = l.lead_id AND v.as_of >= k.valid_from AND v.as_of < k.valid_to
LEFT JOIN lead_states AS s ON s.lead_id = l.lead_id
LEFT JOIN (
    SELECT q.lead_id, q.rating, row_number() OVER (PARTITION BY q.lead_id ORDER BY q.rated_at DESC, q.rating_id DESC) AS position
    FROM ratings AS q
) AS r ON r.lead_id = l.lead_id AND r.position = 1
