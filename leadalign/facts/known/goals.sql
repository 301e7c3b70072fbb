-- One row per goal and month, as last agreed by then.
SELECT g.goal_id, g.name, g.metric, g.owner, g.month, g.target, g.floor_metric, g.floor_target, g.weight_marketing, g.weight_sales
FROM (
    SELECT w.*, row_number() OVER (PARTITION BY w.goal_id, w.month ORDER BY w.event_order DESC) AS position
    FROM live.goals AS w CROSS JOIN viewpoint AS v
    WHERE w.recorded_at <= v.as_of
) AS g
WHERE g.position = 1
