-- Records that a person said are gone take their last step: a lead is disqualified, a deal is lost.
INSERT INTO log.stage_events (event_id, lead_id, event, occurred_at, reason, amount, currency, deal_id, recorded_at, recorded_by, batch_id)
SELECT
    md5(concat_ws('|', record_id, 'gone', $batch)), lead_id, $event, $uploaded_at, 'gone_from_export', amount, currency,
    CASE WHEN $kind = 'deals' THEN record_id END, $uploaded_at, $actor, $batch
FROM missing
WHERE is_open AND NOT is_shown
