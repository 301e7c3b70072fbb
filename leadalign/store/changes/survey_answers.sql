-- Answers not known yet. An answer has no time of its own: what the first export tells counts as known all along.
INSERT INTO log.survey_answers (round, person_id, function, item_type, item_id, value, recorded_at, recorded_by, batch_id)
SELECT i.round, i.person_id, i.function, i.item_type, i.item_id, i.value,
    known_from(NULL, TIMESTAMPTZ '1970-01-01 00:00:00+00', $previous, $uploaded_at), $actor, $batch
FROM incoming AS i
ANTI JOIN live.survey_answers AS s
    ON s.round = i.round AND s.person_id = i.person_id AND s.item_type = i.item_type AND s.item_id = i.item_id
