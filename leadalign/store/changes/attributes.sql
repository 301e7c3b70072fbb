-- Values that differ from what the same source said before; an undated value of a new lead counts from its creation.
INSERT INTO log.attribute_events (event_id, lead_id, attr, value, observed_at, source, assumed, recorded_at, recorded_by, batch_id)
WITH told AS (
    SELECT lead_id, attr, value, observed_at, recorded_at, source, event_id, coalesce(observed_at, 'infinity') AS told_at, 1 AS is_new, 0 AS event_order
    FROM incoming
    UNION ALL
    SELECT a.lead_id, a.attr, a.value, a.observed_at, a.recorded_at, a.source, a.event_id, a.observed_at, 0, a.event_order
    FROM live.attribute_events AS a
    WHERE a.lead_id IN (SELECT lead_id FROM incoming) AND a.source IN (SELECT source FROM incoming)
),
compared AS (
    SELECT *,
        lag(value) OVER story AS value_before,
        lag(is_new) OVER story AS had_before
    FROM told
    WINDOW story AS (PARTITION BY lead_id, attr, source ORDER BY told_at, is_new, event_order)
),
changed AS (
    SELECT c.*, l.created_at,
        c.observed_at IS NULL AND c.had_before IS NULL AND l.created_at IS NOT NULL AND l.batch_id = $batch AS is_assumed
    FROM compared AS c
    LEFT JOIN live.leads AS l ON l.lead_id = c.lead_id
    WHERE c.is_new = 1
        AND CASE WHEN c.event_id IS NULL THEN c.had_before IS NULL OR c.value IS DISTINCT FROM c.value_before
            ELSE c.event_id NOT IN (SELECT event_id FROM live.attribute_events) END
)
SELECT
    coalesce(event_id, md5(concat_ws('|', source, lead_id, attr, value, coalesce(observed_at, $uploaded_at), $batch))),
    lead_id, attr, value,
    CASE WHEN is_assumed THEN created_at ELSE coalesce(observed_at, $uploaded_at) END,
    source, is_assumed,
    CASE
        WHEN recorded_at IS NOT NULL THEN recorded_at
        WHEN is_assumed THEN known_from(NULL, created_at, $previous, $uploaded_at)
        WHEN observed_at IS NULL THEN $uploaded_at
        ELSE known_from(NULL, observed_at, $previous, $uploaded_at)
    END,
    $actor, $batch
FROM changed
