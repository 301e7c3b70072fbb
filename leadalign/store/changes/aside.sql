-- What intake set aside or listed among the leads that this upload brings for the first time; it counts from when the lead is known.
INSERT INTO log.aside_events (event_id, lead_id, event, reason, evidence, recorded_at, recorded_by, batch_id)
SELECT md5(concat_ws('|', i.lead_id, i.reason, $batch)), i.lead_id, i.event, i.reason, i.evidence, l.recorded_at, $actor, $batch
FROM (SELECT *, row_number() OVER (PARTITION BY lead_id ORDER BY reason) AS position FROM incoming) AS i
JOIN live.leads AS l ON l.lead_id = i.lead_id AND l.batch_id = $batch
WHERE i.position = 1
