-- One row per rating given by then.
SELECT r.rating_id, r.lead_id, r.rater_id, r.rating, r.reasons, r.comment, r.rated_at
FROM live.ratings AS r
CROSS JOIN viewpoint AS v
WHERE r.recorded_at <= v.as_of AND r.rated_at <= v.as_of
