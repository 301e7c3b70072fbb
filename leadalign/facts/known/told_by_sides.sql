-- One row per lead, thing and side, marketing's or sales', whose records tell that it happened, with the first day they say.
-- A system that is neither's speaks for whoever does such a thing. A deal that names no lead stands for itself.
SELECT t.thing, t.side, t.lead_id, min(t.told_on) AS told_on, min(t.system) AS first_system, max(t.system) AS last_system
FROM (
    SELECT 'created' AS thing, s.side, w.survivor_id AS lead_id, w.created_on AS told_on, w.system
    FROM every_lead AS w
    JOIN sides AS s ON s.system = w.system
    UNION ALL
    SELECT d.thing, CASE WHEN coalesce(b.side, '') = '' THEN d.usual_side ELSE b.side END,
        coalesce(w.survivor_id, e.lead_id), e.occurred_on, coalesce(b.system, '')
    FROM stage_events AS e
    JOIN step_things AS d ON d.event = e.event
    JOIN live.stage_events AS q ON q.event_id = e.event_id
    LEFT JOIN tellers AS b ON b.batch_id = q.batch_id
    LEFT JOIN every_lead AS w ON w.lead_id = e.lead_id
    WHERE d.only_side = '' OR d.only_side = CASE WHEN coalesce(b.side, '') = '' THEN d.usual_side ELSE b.side END
    UNION ALL
    SELECT 'handed_over', 'sales', w.survivor_id, a.started_on, coalesce(b.system, '')
    FROM activities AS a
    JOIN every_lead AS w ON w.lead_id = a.lead_id
    JOIN (
        SELECT q.activity_id, max(q.batch_id) AS batch_id FROM live.activities AS q GROUP BY q.activity_id
    ) AS q ON q.activity_id = a.activity_id
    LEFT JOIN people AS p ON p.person_id = a.person_id
    LEFT JOIN tellers AS b ON b.batch_id = q.batch_id
    WHERE coalesce(p.function, 'sales') = 'sales' AND coalesce(b.side, '') <> 'marketing'
) AS t
GROUP BY t.thing, t.side, t.lead_id
