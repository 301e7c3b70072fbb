-- One row per person, as last recorded; people are reference data, the latest word counts at all times.
SELECT p.person_id, p.name, p.function, p.role, coalesce(p.team, '') AS team, p.hourly_cost, p.daily_work_min
FROM (SELECT w.*, row_number() OVER (PARTITION BY w.person_id ORDER BY w.event_order DESC) AS position FROM live.people AS w) AS p
WHERE p.position = 1
