-- One row per person and item of a survey round, with the answer last given by then.
SELECT s.round, s.person_id, coalesce(s.function, p.function, '') AS function, s.item_type, s.item_id, s.value
FROM (
    SELECT w.*, row_number() OVER (PARTITION BY w.round, w.person_id, w.item_type, w.item_id ORDER BY w.event_order DESC) AS position
    FROM live.survey_answers AS w CROSS JOIN viewpoint AS v
    WHERE w.recorded_at <= v.as_of
) AS s
LEFT JOIN people AS p ON p.person_id = s.person_id
WHERE s.position = 1
