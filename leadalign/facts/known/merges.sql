-- One row per duplicate lead, with the lead that it was merged into and when.
SELECT e.lead_id, regexp_replace(e.reason, '^dup_of:', '') AS into_lead_id, min(e.occurred_at) AS merged_at
FROM stage_events AS e
WHERE e.event = 'merged' AND e.reason LIKE 'dup_of:%'
GROUP BY e.lead_id, regexp_replace(e.reason, '^dup_of:', '')
