-- Values that differ from what the same source said before; an undated value of a new lead counts from its creation.
-- Only what is told more than once, by the file or before it, is put in order.
INSERT INTO log.attribute_events (event_id, lead_id, attr, value, observed_at, source, assumed, recorded_at, recorded_by, batch_id, event_order)
WITH standing AS (
    SELECT a.lead_id, a.attr, a.value, a.observed_at, a.source, a.event_order
    FROM live.attribute_events AS a
    WHERE a.attr IN (SELECT attr FROM incoming) AND a.lead_id IN (SELECT lead_id FROM incoming) AND a.source IN (SELECT source FROM incoming)
),
told_again AS (
    SELECT lead_id, attr, source FROM incoming WHERE $told_twice GROUP BY lead_id, attr, source HAVING count(*) > 1
    UNION
    SELECT lead_id, attr, source FROM standing GROUP BY lead_id, attr, source HAVING count(*) > 1
),
in_order AS (
    SELECT i.lead_id, i.attr, i.value, i.observed_at, i.recorded_at, i.source, i.event_id, i.place, coalesce(i.observed_at, 'infinity') AS told_at, 1 AS is_new, 0 AS event_order
    FROM incoming AS i
    JOIN told_again AS t ON t.lead_id = i.lead_id AND t.attr = i.attr AND t.source IS NOT DISTINCT FROM i.source
    UNION ALL
    SELECT s.lead_id, s.attr, s.value, s.observed_at, NULL, s.source, NULL, NULL, s.observed_at, 0, s.event_order
    FROM standing AS s
    JOIN told_again AS t ON t.lead_id = s.lead_id AND t.attr = s.attr AND t.source = s.source
),
compared AS (
    SELECT i.lead_id, i.attr, i.value, i.observed_at, i.recorded_at, i.source, i.event_id, i.place,
        s.value AS value_before, s.lead_id IS NOT NULL AS had_before
    FROM incoming AS i
    LEFT JOIN told_again AS t ON t.lead_id = i.lead_id AND t.attr = i.attr AND t.source IS NOT DISTINCT FROM i.source
    LEFT JOIN standing AS s
        ON s.lead_id = i.lead_id AND s.attr = i.attr AND s.source = i.source AND s.observed_at <= coalesce(i.observed_at, 'infinity')
    WHERE t.lead_id IS NULL
    UNION ALL
    SELECT lead_id, attr, value, observed_at, recorded_at, source, event_id, place, value_before, had_before
    FROM (
        SELECT *, lag(value) OVER story AS value_before, lag(is_new) OVER story IS NOT NULL AS had_before
        FROM in_order
        WINDOW story AS (PARTITION BY lead_id, attr, source ORDER BY told_at, is_new, event_order)
    )
    WHERE is_new = 1
),
changed AS (
    SELECT c.*, l.created_at,
        c.observed_at IS NULL AND NOT c.had_before AND l.created_at IS NOT NULL AND l.batch_id = $batch AS is_assumed
    FROM compared AS c
    LEFT JOIN live.leads AS l ON l.lead_id = c.lead_id
    LEFT JOIN (SELECT DISTINCT event_id FROM live.attribute_events WHERE event_id IN (SELECT event_id FROM incoming WHERE event_id IS NOT NULL)) AS k
        ON k.event_id = c.event_id
    WHERE CASE WHEN c.event_id IS NULL THEN NOT c.had_before OR c.value IS DISTINCT FROM c.value_before ELSE k.event_id IS NULL END
)
SELECT
    coalesce(event_id, $batch || '-' || ($first + place)),
    lead_id, attr, value,
    CASE WHEN is_assumed THEN created_at ELSE coalesce(observed_at, $uploaded_at) END,
    source, is_assumed,
    CASE
        WHEN recorded_at IS NOT NULL THEN recorded_at
        WHEN is_assumed THEN known_from(NULL, created_at, $previous, $uploaded_at)
        WHEN observed_at IS NULL THEN $uploaded_at
        ELSE known_from(NULL, observed_at, $previous, $uploaded_at)
    END,
    $actor, $batch, $first + place
FROM changed
