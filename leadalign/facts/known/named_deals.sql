-- One row per activity that names its deal by a name that only one deal has.
SELECT a.record_id, d.deal_id
FROM spoken_links AS a
JOIN (
    SELECT r.called, min(r.record_id) AS deal_id
    FROM spoken_links AS r
    WHERE r.kind = 'deals' AND r.called <> ''
    GROUP BY r.called
    HAVING count(*) = 1
) AS d ON d.called = a.deal_called
WHERE a.kind = 'activities'
