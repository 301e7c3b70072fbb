-- Records that were taken for gone and are shown again: the step that they took then is withdrawn, and they stand as before.
INSERT INTO log.stage_events (event_id, lead_id, event, occurred_at, deal_id, voids_event_id, recorded_at, recorded_by, batch_id)
SELECT
    md5(concat_ws('|', e.event_id, 'back', $batch)), e.lead_id, 'withdrawn', $uploaded_at, e.deal_id, e.event_id, $uploaded_at, $actor, $batch
FROM live.stage_events AS e
JOIN live.batches AS b ON b.batch_id = e.batch_id
SEMI JOIN shown AS x ON x.id = CASE WHEN $kind = 'deals' THEN e.deal_id ELSE e.lead_id END
ANTI JOIN live.stage_events AS v ON v.voids_event_id = e.event_id
WHERE e.reason = 'gone_from_export' AND b.format = $format
