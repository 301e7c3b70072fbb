-- Activities not known yet, and those that the file tells otherwise than before. Only what stands twice is put in order.
-- A file without a column for the outcome, direction, purpose or subject says nothing of them.
INSERT INTO log.activities (activity_id, lead_id, deal_id, person_id, type, started_at, minutes, minutes_source, outcome, subject,
    direction, purpose, recorded_at, recorded_by, batch_id, event_order)
WITH told_twice AS (SELECT activity_id FROM incoming WHERE $told_twice GROUP BY activity_id HAVING count(*) > 1),
one_each AS (
    SELECT * FROM incoming ANTI JOIN told_twice USING (activity_id)
    UNION ALL
    SELECT * FROM incoming SEMI JOIN told_twice USING (activity_id)
    QUALIFY row_number() OVER (PARTITION BY activity_id ORDER BY started_at DESC) = 1
),
corrected AS (SELECT activity_id FROM live.activities GROUP BY activity_id HAVING count(*) > 1),
standing AS (
    SELECT * FROM live.activities ANTI JOIN corrected USING (activity_id)
    UNION ALL
    SELECT * FROM live.activities SEMI JOIN corrected USING (activity_id)
    QUALIFY row_number() OVER (PARTITION BY activity_id ORDER BY event_order DESC) = 1
)
SELECT
    i.activity_id, i.lead_id, i.deal_id, i.person_id, i.type, i.started_at, i.minutes, i.minutes_source,
    coalesce(i.outcome, s.outcome), coalesce(i.subject, s.subject), coalesce(i.direction, s.direction), coalesce(i.purpose, s.purpose),
    CASE WHEN s.activity_id IS NULL THEN known_from(i.recorded_at, i.started_at, $previous, $uploaded_at) ELSE $uploaded_at END,
    $actor, $batch, $first + i.place
FROM one_each AS i
LEFT JOIN standing AS s ON s.activity_id = i.activity_id
WHERE s.activity_id IS NULL
    OR (s.lead_id, s.deal_id, s.person_id, s.type, s.started_at, s.minutes, s.outcome, s.direction, s.purpose)
        IS DISTINCT FROM (i.lead_id, i.deal_id, i.person_id, i.type, i.started_at, i.minutes, coalesce(i.outcome, s.outcome),
            coalesce(i.direction, s.direction), coalesce(i.purpose, s.purpose))
