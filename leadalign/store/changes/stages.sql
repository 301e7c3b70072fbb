-- New steps of a lead's story; a dated cell that changed voids what it said before, a cell that was emptied withdraws it.
-- A deal's owner, reason and lead are facts of the deal now; who has a lead now says nothing of who had it at an earlier step.
-- What an export does not say (it lacks the column) stays as it was.
INSERT INTO log.stage_events (event_id, slot, lead_id, event, occurred_at, actor_id, owner_id, reason, amount, currency, deal_id,
    voids_event_id, recorded_at, recorded_by, batch_id)
WITH standing AS (
    SELECT e.* FROM live.stage_events AS e
    ANTI JOIN live.stage_events AS v ON v.voids_event_id = e.event_id
    WHERE e.slot IS NOT NULL AND e.event <> 'withdrawn'
),
told AS (
    SELECT i.* REPLACE (
            coalesce(i.deal_id, s.deal_id) AS deal_id, coalesce(i.currency, s.currency) AS currency, coalesce(i.reason, s.reason) AS reason,
            CASE WHEN i.slot LIKE '%/deals/%' OR s.event_id IS NULL OR s.occurred_at <> i.occurred_at
                THEN coalesce(i.owner_id, s.owner_id) ELSE s.owner_id END AS owner_id,
            CASE WHEN i.lead_id = 'deal:' || i.deal_id AND s.deal_id = i.deal_id THEN s.lead_id ELSE i.lead_id END AS lead_id),
        s.event_id AS old_event_id
    FROM incoming AS i
    LEFT JOIN standing AS s ON s.slot = i.slot
),
compared AS (
    SELECT t.*
    FROM told AS t
    LEFT JOIN standing AS s ON s.event_id = t.old_event_id
    WHERE CASE
        WHEN t.event_id IS NOT NULL THEN t.event_id NOT IN (SELECT event_id FROM live.stage_events)
        ELSE s.event_id IS NULL
            OR (s.occurred_at, s.event, s.amount, s.currency, s.deal_id, s.reason, s.owner_id, s.lead_id)
                IS DISTINCT FROM (t.occurred_at, t.event, t.amount, t.currency, t.deal_id, t.reason, t.owner_id, t.lead_id) END
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
