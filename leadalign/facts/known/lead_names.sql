-- One row per way to name a lead in words that mean one lead only: e-mail, person and company, person, company.
SELECT n.way, n.called, min(n.lead_id) AS lead_id, max(n.company) AS company
FROM (
    SELECT 'email' AS way, p.email AS called, p.lead_id, p.company FROM called_leads AS p WHERE p.email <> ''
    UNION ALL
    SELECT 'person_and_company', p.person || '|' || p.company, p.lead_id, p.company FROM called_leads AS p WHERE p.person <> '' AND p.company <> ''
    UNION ALL
    SELECT 'person', p.person, p.lead_id, p.company FROM called_leads AS p WHERE p.person <> ''
    UNION ALL
    SELECT 'company', p.company, p.lead_id, p.company FROM called_leads AS p WHERE p.company <> ''
) AS n
GROUP BY n.way, n.called
HAVING count(DISTINCT n.lead_id) = 1
