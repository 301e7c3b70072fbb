-- One row per sales activity, with the lead's readiness as it was known when the activity began.
SELECT
    a.*,
    CASE WHEN NOT is_orphan AND contact_no = 1 AND readiness IN ('unready', 'unfit') THEN least(minutes, allowance) ELSE 0 END AS allowance_minutes
FROM (
    SELECT
        a.activity_id,
        coalesce(l.survivor_id, a.lead_id, '') AS lead_id,
        a.person_id AS rep_id,
        coalesce(p.name, a.person_id) AS rep,
        coalesce(p.team, '') AS team,
        a.type, c.day, c.week, c.month,
        coalesce(s.source, '') AS source,
        coalesce(s.campaign, '') AS campaign,
        l.lead_id IS NULL AS is_orphan,
        a.minutes IS NULL AS is_imputed,
        coalesce(a.minutes, t.minutes, 0) AS minutes,
        coalesce(a.minutes, t.minutes, 0) / 60 * p.hourly_cost AS cost,
        CASE
            WHEN l.lead_id IS NULL THEN 'orphan'
            WHEN o.opened_at <= a.started_at AND (v.mode = 'hindsight' OR o.recorded_at <= a.started_at) THEN 'pipeline'
            ELSE coalesce(k.readiness, 'undetermined')
        END AS readiness,
        CASE
            WHEN h.lead_id IS NULL OR h.ended_at <= a.started_at THEN 'self_picked'
            WHEN h.readiness = 'ready' AND k.readiness IN ('unready', 'unfit') THEN 'decayed'
            ELSE 'handed_off'
        END AS origin,
        v.allowance_minutes AS allowance,
        row_number() OVER (PARTITION BY coalesce(l.survivor_id, a.lead_id), coalesce(h.cycle_no, 0) ORDER BY a.started_at, a.activity_id) AS contact_no
    FROM activities AS a
    CROSS JOIN viewpoint AS v
    JOIN calendar_days AS c ON c.day = a.started_on
    LEFT JOIN activity_types AS t ON t.type = a.type
    LEFT JOIN people AS p ON p.person_id = a.person_id
    LEFT JOIN every_lead AS l ON l.lead_id = a.lead_id
    LEFT JOIN every_lead AS s ON s.lead_id = l.survivor_id
    LEFT JOIN lead_classes AS k          -- valid_to is a far date, never null: engines disagree about nulls in joins
        ON k.lead_id = a.lead_id AND a.started_at >= k.valid_from AND a.started_at < k.valid_to
    LEFT JOIN first_opportunities AS o ON o.lead_id = l.survivor_id
    LEFT JOIN hand_over_cycles AS h
        ON h.lead_id = l.survivor_id AND a.started_at >= h.handed_off_at AND a.started_at < h.next_handed_off_at
    WHERE coalesce(p.function, 'sales') = 'sales' AND coalesce(t.is_sales_time, TRUE) AND NOT coalesce(l.is_aside, FALSE)
) AS a
