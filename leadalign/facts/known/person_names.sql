-- One row per name that only one person has: exports name owners, people have IDs.
SELECT p.name, min(p.person_id) AS person_id
FROM people AS p
WHERE p.name NOT IN (SELECT q.person_id FROM people AS q)
GROUP BY p.name
HAVING count(*) = 1
