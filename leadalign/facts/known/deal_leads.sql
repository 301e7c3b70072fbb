-- One row per deal whose lead is known: some exports tell of a deal and not of its lead, another one ties the two.
SELECT e.deal_id, min(e.lead_id) AS lead_id
FROM live.stage_events AS e
CROSS JOIN viewpoint AS v
WHERE e.recorded_at <= v.as_of AND e.deal_id <> e.lead_id
GROUP BY e.deal_id
HAVING count(DISTINCT e.lead_id) = 1
