-- One row per deal whose lead is known: an export ties the two by ID, or the deal names its lead in words that mean one lead only.
-- Words count where no ID ties the deal to any lead.
SELECT t.deal_id, min(t.lead_id) AS lead_id
FROM (
    SELECT i.deal_id, i.lead_id FROM deal_ids AS i
    UNION ALL
    SELECT n.record_id, n.lead_id
    FROM named_leads AS n
    LEFT JOIN (SELECT DISTINCT i.deal_id FROM deal_ids AS i) AS tied ON tied.deal_id = n.record_id
    WHERE n.kind = 'deals' AND tied.deal_id IS NULL
) AS t
GROUP BY t.deal_id
HAVING count(DISTINCT t.lead_id) = 1
