-- One row per rating given by then.
SELECT r.rating_id, r.lead_id, coalesce(n.person_id, r.rater_id) AS rater_id, r.rating, r.reasons, r.comment, r.rated_at,
    CAST(from_utc_timestamp(r.rated_at, v.zone) AS DATE) AS rated_on
FROM live.ratings AS r
CROSS JOIN viewpoint AS v
LEFT JOIN person_names AS n ON n.name = r.rater_id
WHERE r.recorded_at <= v.as_of AND r.rated_at <= v.as_of
