-- One row per milestone that the shared goals count: a lead created, first handed over sales-ready, first nurtured, a deal won.
-- A lead counts once in each, in the month it happened; a hand-over that breaks the definition is none. A deal won may have no known lead.
SELECT
    m.lead_id, m.milestone, m.amount, c.day, c.week, c.month, coalesce(l.source, '') AS source, coalesce(l.campaign, '') AS campaign,
    m.recorded_on <= last_day(c.month) AS was_known_at_month_end
FROM (
    SELECT w.lead_id, 'created' AS milestone, w.created_on AS occurred_on, w.created_on AS recorded_on, CAST(NULL AS DOUBLE) AS amount
    FROM leads AS w
    WHERE NOT w.is_merged
    UNION ALL
    SELECT h.lead_id, 'sales_ready', min(h.handed_off_on), min(h.handed_off_on), CAST(NULL AS DOUBLE)
    FROM hand_over_cycles AS h
    WHERE h.readiness = 'ready'
    GROUP BY h.lead_id
    UNION ALL
    SELECT w.survivor_id, 'nurtured', min(e.occurred_on), min(e.recorded_on), CAST(NULL AS DOUBLE)
    FROM stage_events AS e
    JOIN leads AS w ON w.lead_id = e.lead_id
    WHERE e.event = 'nurture'
    GROUP BY w.survivor_id
    UNION ALL
    SELECT d.lead_id, 'won', d.occurred_on, d.recorded_on, d.amount FROM deals_won AS d
) AS m
LEFT JOIN leads AS l ON l.lead_id = m.lead_id
JOIN calendar_days AS c ON c.day = m.occurred_on
WHERE l.lead_id IS NOT NULL OR m.milestone = 'won'
