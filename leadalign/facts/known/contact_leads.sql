-- One row per contact that only one lead became when it was converted: a CRM moves the lead's activities to the contact.
SELECT c.record_id AS contact_id, min(c.lead_id) AS lead_id
FROM spoken_links AS c
WHERE c.kind = 'leads'
GROUP BY c.record_id
HAVING count(DISTINCT c.lead_id) = 1
