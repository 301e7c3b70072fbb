-- One row per value of a lead's attribute that was observed and recorded by then.
SELECT e.lead_id, e.attr, e.value, e.observed_at, e.recorded_at, e.assumed, e.source
FROM live.attribute_events AS e
CROSS JOIN viewpoint AS v
WHERE e.recorded_at <= v.as_of AND e.observed_at <= v.as_of
