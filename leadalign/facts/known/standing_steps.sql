-- One row per step that stood by then, recorded and not voided, as its export told it. A merge into a lead that nobody knows is none.
-- What an export corrects beside the date (owner, amount) makes a step no younger: it is known since it was first told at that date.
SELECT e.event_id, e.lead_id, e.event, e.occurred_at, e.first_recorded_at AS recorded_at, e.actor_id, e.owner_id, e.reason, e.amount, e.currency,
    e.deal_id, e.event_order
FROM (
    SELECT w.*, min(w.recorded_at) OVER (PARTITION BY coalesce(w.slot, w.event_id), w.event, w.occurred_at) AS first_recorded_at
    FROM live.stage_events AS w CROSS JOIN viewpoint AS v
    WHERE w.recorded_at <= v.as_of AND w.occurred_at <= v.as_of
) AS e
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
WHERE voided.voids_event_id IS NULL AND e.event <> 'withdrawn'
    AND (e.event <> 'merged' OR coalesce(e.reason, '') NOT LIKE 'dup_of:%' OR survivor.lead_id IS NOT NULL)
