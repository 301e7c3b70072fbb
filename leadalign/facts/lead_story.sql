-- One row per thing that happened to a lead, by either function, and to the duplicates merged into it.
SELECT l.survivor_id AS lead_id, t.happened_at, t.recorded_at, t.kind, t.what, coalesce(p.name, t.person_id, '') AS person,
    coalesce(p.function, '') AS function, t.detail, t.number, t.reasons
FROM (
    SELECT e.lead_id, e.occurred_at AS happened_at, e.recorded_at, 'step' AS kind, e.event AS what,
        coalesce(e.actor_id, e.owner_id) AS person_id, e.reason AS detail, e.amount AS number, CAST(NULL AS VARCHAR) AS reasons
    FROM stage_events AS e
    UNION ALL
    SELECT a.lead_id, a.started_at, a.started_at, 'activity', a.type, a.person_id, a.subject, a.minutes, CAST(NULL AS VARCHAR)
    FROM activities AS a
    UNION ALL
    SELECT r.lead_id, r.rated_at, r.rated_at, 'rating', 'rated', r.rater_id, r.comment, CAST(r.rating AS DOUBLE), r.reasons
    FROM ratings AS r
    UNION ALL
    SELECT x.lead_id, x.observed_at, x.recorded_at, CASE WHEN x.assumed THEN 'attribute_undated' ELSE 'attribute' END, x.attr,
        CAST(NULL AS VARCHAR), x.value, CAST(NULL AS DOUBLE), CAST(NULL AS VARCHAR)
    FROM attribute_events AS x
) AS t
JOIN leads AS l ON l.lead_id = t.lead_id
LEFT JOIN people AS p ON p.person_id = t.person_id
