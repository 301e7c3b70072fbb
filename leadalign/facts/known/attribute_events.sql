-- One row per value of a lead's attribute that was observed and recorded by then; what a deal says belongs to the deal's lead.
SELECT coalesce(d.lead_id, e.lead_id) AS lead_id, e.attr, e.value, e.observed_at, e.recorded_at, e.assumed, e.source
FROM live.attribute_events AS e
CROSS JOIN viewpoint AS v
LEFT JOIN deal_leads AS d ON e.lead_id = 'deal:' || d.deal_id
WHERE e.recorded_at <= v.as_of AND e.observed_at <= v.as_of
