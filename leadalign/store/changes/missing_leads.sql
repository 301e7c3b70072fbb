-- Leads that earlier uploads of this export showed: whether this one shows them, and whether a full export must.
-- A lead that was merged, disqualified, won or lost may leave it, and so may one that became a deal in another export.
SELECT k.record_id, k.name, x.id IS NOT NULL AS is_shown, d.lead_id IS NULL AS is_open, k.record_id AS lead_id, NULL AS amount, NULL AS currency
FROM (
    SELECT l.lead_id AS record_id, any_value(l.name) AS name
    FROM live.leads AS l
    JOIN live.batches AS b ON b.batch_id = l.batch_id
    WHERE b.format = $format AND b.uploaded_at <= $uploaded_at
    GROUP BY l.lead_id
) AS k
LEFT JOIN (SELECT DISTINCT id FROM shown) AS x ON x.id = k.record_id
LEFT JOIN (
    SELECT e.lead_id
    FROM live.stage_events AS e
    LEFT JOIN live.batches AS b ON b.batch_id = e.batch_id
    WHERE e.recorded_at <= $uploaded_at
        AND (e.event IN ('merged', 'disqualified', 'won', 'lost') OR e.event = 'opportunity' AND b.format IS DISTINCT FROM $format)
        AND e.event_id NOT IN (
            SELECT voids_event_id FROM live.stage_events WHERE voids_event_id IS NOT NULL AND recorded_at <= $uploaded_at)
    UNION
    SELECT lead_id
    FROM live.attribute_events
    WHERE attr = 'converted' AND recorded_at <= $uploaded_at
    GROUP BY lead_id
    HAVING arg_max(value, event_order) = 'true'
) AS d ON d.lead_id = k.record_id
