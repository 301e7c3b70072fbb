-- Ratings not known yet; a rating is never changed, a second one is a second row.
INSERT INTO log.ratings (rating_id, lead_id, rater_id, rating, reasons, comment, rated_at, recorded_at, recorded_by, batch_id)
SELECT i.rating_id, i.lead_id, i.rater_id, i.rating, i.reasons, i.comment, i.rated_at,
    known_from(i.recorded_at, i.rated_at, $previous, $uploaded_at), $actor, $batch
FROM incoming AS i
ANTI JOIN live.ratings AS r ON r.rating_id = i.rating_id
