-- One row per step of a lead's story that stood by then; a step of a deal belongs to the deal's lead, where that is known.
SELECT e.event_id, coalesce(d.lead_id, e.lead_id) AS lead_id, e.event, e.occurred_at, e.recorded_at,
    CAST(from_utc_timestamp(e.occurred_at, v.zone) AS DATE) AS occurred_on,
    CAST(from_utc_timestamp(e.recorded_at, v.zone) AS DATE) AS recorded_on,
    coalesce(n.person_id, e.actor_id) AS actor_id, coalesce(o.person_id, e.owner_id) AS owner_id, e.reason, e.amount, e.currency,
    e.deal_id, e.event_order
FROM standing_steps AS e
CROSS JOIN viewpoint AS v
LEFT JOIN deal_leads AS d ON d.deal_id = e.deal_id AND e.lead_id = 'deal:' || e.deal_id
LEFT JOIN person_names AS n ON n.name = e.actor_id
LEFT JOIN person_names AS o ON o.name = e.owner_id
