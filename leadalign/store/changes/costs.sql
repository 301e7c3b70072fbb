-- What campaigns cost, by month; a restated cost is a new row and the latest counts.
INSERT INTO log.campaign_costs (cost_id, month, source, campaign, cost, currency, recorded_at, recorded_by, batch_id)
WITH standing AS (
    SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY cost_id ORDER BY event_order DESC) AS position FROM live.campaign_costs)
    WHERE position = 1
)
SELECT i.cost_id, i.month, i.source, i.campaign, i.cost, i.currency,
    CASE WHEN s.cost_id IS NULL THEN known_from(NULL, CAST(i.month AS TIMESTAMPTZ), $previous, $uploaded_at) ELSE $uploaded_at END, $actor, $batch
FROM incoming AS i
LEFT JOIN standing AS s ON s.cost_id = i.cost_id
WHERE s.cost_id IS NULL OR s.cost <> i.cost
