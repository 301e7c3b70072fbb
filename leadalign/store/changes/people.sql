-- People not known yet, and those of whom something changed.
INSERT INTO log.people (person_id, name, email, function, role, team, hourly_cost, currency, daily_work_min, recorded_at, recorded_by, batch_id)
WITH standing AS (
    SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY person_id ORDER BY event_order DESC) AS position FROM live.people)
    WHERE position = 1
)
SELECT i.person_id, coalesce(i.name, i.person_id), i.email, i.function,
    coalesce(i.role, CASE i.function WHEN 'marketing' THEN 'marketing' WHEN 'sales' THEN 'sales' WHEN 'management' THEN 'executive' END),
    i.team, i.hourly_cost, i.currency, i.daily_work_min, $uploaded_at, $actor, $batch
FROM incoming AS i
LEFT JOIN standing AS s ON s.person_id = i.person_id
WHERE s.person_id IS NULL
    OR (s.function, s.hourly_cost, s.daily_work_min, s.team) IS DISTINCT FROM (i.function, i.hourly_cost, i.daily_work_min, i.team)
