-- One row per deal won. A CRM may tell of one deal twice, as the deal and as its lead's stage: the stage counts only
-- where no deal of the lead is known. A deal whose lead nobody knows is won all the same, without a lead; one of a lead set aside is not.
SELECT w.lead_id, w.deal_id, w.occurred_at, w.occurred_on, w.recorded_on, w.amount, w.currency
FROM (
    SELECT l.survivor_id AS lead_id, e.deal_id, e.occurred_at, e.occurred_on, e.recorded_on, e.amount, e.currency,
        count(e.deal_id) OVER (PARTITION BY coalesce(l.survivor_id, e.lead_id)) AS deals_known,
        row_number() OVER (PARTITION BY coalesce(l.survivor_id, e.lead_id), coalesce(e.deal_id, e.event_id) ORDER BY e.occurred_at, e.event_order) AS position
    FROM stage_events AS e
    LEFT JOIN every_lead AS l ON l.lead_id = e.lead_id
    WHERE e.event = 'won' AND NOT coalesce(l.is_aside, FALSE) AND (l.lead_id IS NOT NULL OR e.deal_id IS NOT NULL)
) AS w
WHERE w.position = 1 AND (w.deal_id IS NOT NULL OR w.deals_known = 0)
