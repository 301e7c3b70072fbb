-- One row per deal or activity whose words mean one lead only: person and company, else e-mail, else the person, else the company.
-- A person of another company is somebody else; a company does not stand for a person who is known as another lead.
SELECT r.kind, r.record_id, coalesce(b.lead_id, e.lead_id, p.lead_id, c.lead_id) AS lead_id
FROM spoken_links AS r
LEFT JOIN lead_names AS b ON b.way = 'person_and_company' AND b.called = r.contact || '|' || r.company
LEFT JOIN lead_names AS e ON e.way = 'email' AND e.called = r.email
LEFT JOIN lead_names AS p ON p.way = 'person' AND p.called = r.contact AND (r.company = '' OR p.company = '')
LEFT JOIN (SELECT DISTINCT k.person FROM called_leads AS k) AS known ON known.person = r.contact AND r.contact <> ''
LEFT JOIN lead_names AS c ON c.way = 'company' AND c.called = r.company AND known.person IS NULL
WHERE r.kind IN ('deals', 'activities') AND coalesce(b.lead_id, e.lead_id, p.lead_id, c.lead_id) IS NOT NULL
