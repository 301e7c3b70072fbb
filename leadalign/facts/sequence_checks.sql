-- One row per lead that was checked, and one per thing told of a lead that cannot have happened as it is told.
-- Its day is the nearest one that is possible: not before its lead was created, not after today. A moment that is midnight
-- sharp was told as a day, so it is compared with other moments by the day.
SELECT
    s.kind, s.lead_id, s.what, s.told_id, s.happened_at, s.against_at,
    coalesce(l.name, s.lead_id) AS name, l.source, l.campaign, l.system,
    c.day, c.week, c.month
FROM (
    SELECT '' AS kind, w.lead_id, '' AS what, '' AS told_id, w.created_at AS happened_at, w.created_at AS against_at, w.created_on AS happened_on
    FROM leads AS w
    WHERE NOT w.is_merged
    UNION ALL
    SELECT b.kind, b.lead_id, b.what, b.told_id, b.happened_at, b.against_at, b.happened_on FROM broken_sequences AS b
) AS s
CROSS JOIN viewpoint AS v
JOIN leads AS l ON l.lead_id = s.lead_id
JOIN calendar_days AS c ON c.day = least(greatest(s.happened_on, l.created_on), greatest(v.today, l.created_on))
