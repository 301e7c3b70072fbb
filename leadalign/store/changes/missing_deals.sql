-- Deals that earlier uploads of this export showed: whether this one shows them, and whether they were still open.
SELECT k.record_id, k.record_id AS name, x.id IS NOT NULL AS is_shown, d.deal_id IS NULL AS is_open, k.lead_id, k.amount, k.currency
FROM (
    SELECT e.deal_id AS record_id, arg_max(e.lead_id, e.event_order) AS lead_id,
        arg_max(e.amount, e.event_order) AS amount, arg_max(e.currency, e.event_order) AS currency
    FROM live.stage_events AS e
    JOIN live.batches AS b ON b.batch_id = e.batch_id
    WHERE b.format = $format AND b.uploaded_at <= $uploaded_at AND e.deal_id IS NOT NULL
    GROUP BY e.deal_id
) AS k
LEFT JOIN (SELECT DISTINCT id FROM shown) AS x ON x.id = k.record_id
LEFT JOIN (
    SELECT DISTINCT deal_id
    FROM live.stage_events
    WHERE recorded_at <= $uploaded_at AND event IN ('won', 'lost') AND deal_id IS NOT NULL
        AND event_id NOT IN (
            SELECT voids_event_id FROM live.stage_events WHERE voids_event_id IS NOT NULL AND recorded_at <= $uploaded_at)
) AS d ON d.deal_id = k.record_id
