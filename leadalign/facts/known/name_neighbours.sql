-- One row per two leads at one company or mail domain with different full names: what may be one name written in two ways.
-- Only where at most 12 leads share the company: in a large one everybody's name is near to somebody's.
WITH standing AS (
    SELECT l.survivor_id, k.name_words, k.company_key, k.domain_key
    FROM lead_keys AS k
    JOIN leads AS l ON l.lead_id = k.lead_id
    WHERE k.name_words LIKE '% %'
),
placed AS (
    SELECT DISTINCT u.survivor_id, u.name_words, u.place, u.kind
    FROM (
        SELECT w.survivor_id, w.name_words, w.company_key AS place, 'company' AS kind FROM standing AS w
        UNION ALL
        SELECT d.survivor_id, d.name_words, d.domain_key, 'domain' FROM standing AS d
    ) AS u
    WHERE u.place IS NOT NULL
),
small AS (
    SELECT p.kind, p.place FROM placed AS p GROUP BY p.kind, p.place HAVING count(*) > 1 AND count(*) <= 12
)
SELECT a.survivor_id AS one_id, b.survivor_id AS other_id, min(a.name_words) AS one_name, min(b.name_words) AS other_name,
    max(CASE WHEN a.kind = 'company' THEN 1 ELSE 0 END) AS same_company,
    max(CASE WHEN a.kind = 'domain' THEN 1 ELSE 0 END) AS same_domain
FROM placed AS a
JOIN small AS s ON s.kind = a.kind AND s.place = a.place
JOIN placed AS b ON b.kind = a.kind AND b.place = a.place AND a.survivor_id < b.survivor_id AND a.name_words <> b.name_words
GROUP BY a.survivor_id, b.survivor_id
