-- New steps of a lead's story; a dated cell that changed voids what it said before, a cell that was emptied withdraws it.
INSERT INTO log.stage_events (event_id, slot, lead_id, event, occurred_at, actor_id, owner_id, reason, amount, currency, deal_id,
    voids_event_id, recorded_at, recorded_by, batch_id)
WITH standing AS (
    SELECT e.* FROM live.stage_events AS e
    ANTI JOIN live.stage_events AS v ON v.voids_event_id = e.event_id
    WHERE e.slot IS NOT NULL AND e.event <> 'withdrawn'
),
compared AS (
    SELECT i.*, s.event_id AS old_event_id
    FROM incoming AS i
    LEFT JOIN standing AS s ON s.slot = i.slot
    WHERE CASE
        WHEN i.event_id IS NOT NULL THEN i.event_id NOT IN (SELECT event_id FROM live.stage_events)
        ELSE s.event_id IS NULL OR s.occurred_at <> i.occurred_at OR s.event <> i.event OR s.amount IS DISTINCT FROM i.amount END
),
emptied AS (
    SELECT s.* FROM standing AS s
    ANTI JOIN incoming AS i ON i.slot = s.slot
    WHERE regexp_replace(s.slot, '/[^/]*$', '') IN (SELECT regexp_replace(slot, '/[^/]*$', '') FROM incoming WHERE slot IS NOT NULL)
)
SELECT
    coalesce(event_id, md5(concat_ws('|', slot, event, occurred_at, $batch))), slot, lead_id, event, occurred_at, actor_id, owner_id,
    reason, amount, currency, deal_id, old_event_id,
    CASE WHEN old_event_id IS NULL THEN known_from(recorded_at, occurred_at, $previous, $uploaded_at) ELSE $uploaded_at END,
    $actor, $batch
FROM compared
UNION ALL
SELECT
    md5(concat_ws('|', slot, 'withdrawn', $batch)), slot, lead_id, 'withdrawn', $uploaded_at, NULL, NULL,
    NULL, NULL, NULL, deal_id, event_id, $uploaded_at, $actor, $batch
FROM emptied
