-- One row per deal and lead that an export ties by ID: by a step of the deal, or by the lead that says which deal it became.
SELECT e.deal_id, e.lead_id FROM standing_steps AS e WHERE e.lead_id <> 'deal:' || e.deal_id
UNION ALL
SELECT s.record_id, s.lead_id FROM spoken_links AS s WHERE s.kind = 'lead_deals' AND s.lead_id IS NOT NULL
