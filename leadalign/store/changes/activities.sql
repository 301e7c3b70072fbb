-- Activities not known yet, and those that the file tells otherwise than before.
INSERT INTO log.activities (activity_id, lead_id, deal_id, person_id, type, started_at, minutes, minutes_source, outcome, subject,
    recorded_at, recorded_by, batch_id)
WITH standing AS (
    SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY activity_id ORDER BY event_order DESC) AS position FROM live.activities)
    WHERE position = 1
),
one_each AS (
    SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY activity_id ORDER BY started_at DESC) AS position FROM incoming)
    WHERE position = 1
)
SELECT
    i.activity_id, i.lead_id, i.deal_id, i.person_id, i.type, i.started_at, i.minutes, i.minutes_source, i.outcome, i.subject,
    CASE WHEN s.activity_id IS NULL THEN known_from(i.recorded_at, i.started_at, $previous, $uploaded_at) ELSE $uploaded_at END,
    $actor, $batch
FROM one_each AS i
LEFT JOIN standing AS s ON s.activity_id = i.activity_id
WHERE s.activity_id IS NULL
    OR (s.lead_id, s.deal_id, s.person_id, s.type, s.started_at, s.minutes) IS DISTINCT FROM (i.lead_id, i.deal_id, i.person_id, i.type, i.started_at, i.minutes)
