-- One row per lead that sales worked on or rated, with the mean of the ratings that count: each rater's first in a hand-over
-- cycle, within the agreed working days of the hand-over (or of the first contact) and before the outcome was known.
SELECT
    b.lead_id, c.day, c.week, c.month, l.source, l.campaign,
    b.is_worked,
    r.ratings IS NOT NULL AS is_rated,
    r.top2 AS top2,
    r.rating AS rating
FROM (
    SELECT t.lead_id, min(t.started_on) AS began_on, max(t.is_worked) AS is_worked
    FROM (
        SELECT l.survivor_id AS lead_id, a.started_on, 1 AS is_worked
        FROM activities AS a
        JOIN leads AS l ON l.lead_id = a.lead_id
        LEFT JOIN people AS p ON p.person_id = a.person_id
        WHERE coalesce(p.function, 'sales') = 'sales'
        UNION ALL
        SELECT l.survivor_id, q.rated_on, 0 FROM ratings AS q JOIN leads AS l ON l.lead_id = q.lead_id
    ) AS t
    GROUP BY t.lead_id
) AS b
JOIN leads AS l ON l.lead_id = b.lead_id
LEFT JOIN (
    SELECT q.lead_id, count(*) AS ratings, avg(CASE WHEN q.rating >= 4 THEN 1 ELSE 0 END) AS top2, avg(q.rating) AS rating
    FROM counted_ratings AS q
    GROUP BY q.lead_id
) AS r ON r.lead_id = b.lead_id
JOIN calendar_days AS c ON c.day = b.began_on
