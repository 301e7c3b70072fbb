-- One row per step of a lead's story that stood by then: recorded, and not voided. A merge into a lead that nobody knows is none.
SELECT e.event_id, coalesce(d.lead_id, e.lead_id) AS lead_id, e.event, e.occurred_at, e.recorded_at,
    CAST(from_utc_timestamp(e.occurred_at, v.zone) AS DATE) AS occurred_on,
    CAST(from_utc_timestamp(e.recorded_at, v.zone) AS DATE) AS recorded_on,
    coalesce(n.person_id, e.actor_id) AS actor_id, coalesce(o.person_id, e.owner_id) AS owner_id, e.reason, e.amount, e.currency,
    e.deal_id, e.event_order
FROM live.stage_events AS e
CROSS JOIN viewpoint AS v
LEFT JOIN deal_leads AS d ON d.deal_id = e.deal_id AND e.lead_id = e.deal_id
LEFT JOIN person_names AS n ON n.name = e.actor_id
LEFT JOIN person_names AS o ON o.name = e.owner_id
LEFT JOIN (
    SELECT DISTINCT x.voids_event_id
    FROM live.stage_events AS x CROSS JOIN viewpoint AS w
    WHERE x.voids_event_id IS NOT NULL AND x.recorded_at <= w.as_of
) AS voided ON voided.voids_event_id = e.event_id
LEFT JOIN (
    SELECT DISTINCT y.lead_id
    FROM live.leads AS y CROSS JOIN viewpoint AS w
    WHERE y.recorded_at <= w.as_of
) AS survivor ON survivor.lead_id = CASE WHEN e.event = 'merged' THEN regexp_replace(e.reason, '^dup_of:', '') END
WHERE e.recorded_at <= v.as_of AND e.occurred_at <= v.as_of AND voided.voids_event_id IS NULL AND e.event <> 'withdrawn'
    AND (e.event <> 'merged' OR coalesce(e.reason, '') NOT LIKE 'dup_of:%' OR survivor.lead_id IS NOT NULL)
