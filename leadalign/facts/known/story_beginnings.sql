-- One row per lead's story, with the moment it begins: the creation of the earliest of the leads merged into one.
SELECT l.survivor_id AS lead_id, min(l.created_at) AS created_at, min(l.created_on) AS created_on
FROM leads AS l
GROUP BY l.survivor_id
