-- Goals as agreed; a changed target is a new row and the latest counts.
INSERT INTO log.goals (goal_id, name, metric, owner, month, target, floor_metric, floor_target, weight_marketing, weight_sales,
    recorded_at, recorded_by, batch_id)
WITH standing AS (
    SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY goal_id, month ORDER BY event_order DESC) AS position FROM live.goals)
    WHERE position = 1
)
SELECT i.goal_id, i.name, i.metric, i.owner, i.month, i.target, i.floor_metric, i.floor_target, i.weight_marketing, i.weight_sales,
    CASE WHEN s.goal_id IS NULL THEN known_from(NULL, CAST(i.month AS TIMESTAMPTZ), $previous, $uploaded_at) ELSE $uploaded_at END, $actor, $batch
FROM incoming AS i
LEFT JOIN standing AS s ON s.goal_id = i.goal_id AND s.month = i.month
WHERE s.goal_id IS NULL OR (s.target, s.metric, s.floor_target) IS DISTINCT FROM (i.target, i.metric, i.floor_target)
