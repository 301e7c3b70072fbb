-- One row per sales person and calendar day on which they count as there, with their working minutes and those logged on leads.
-- They count from the month of their first logged activity until sixty working days after their last; today is not over yet.
SELECT
    '' AS lead_id, r.rep_id, r.rep, r.team, c.day, c.week, c.month,
    c.work_fraction * coalesce(r.daily_work_min, v.daily_work_minutes) AS available_minutes,
    coalesce(m.minutes, 0) AS logged_minutes
FROM (
    SELECT a.rep_id, max(a.rep) AS rep, max(a.team) AS team, min(a.day) AS first_on, max(a.day) AS last_on, max(p.daily_work_min) AS daily_work_min
    FROM sales_activities AS a
    LEFT JOIN people AS p ON p.person_id = a.rep_id
    WHERE a.rep_id IS NOT NULL
    GROUP BY a.rep_id
) AS r
CROSS JOIN viewpoint AS v
JOIN calendar_days AS f ON f.day = r.first_on
JOIN calendar_days AS l ON l.day = r.last_on
JOIN calendar_days AS c ON c.day >= f.month AND c.work_day_no <= l.work_day_no + 60 AND c.day < v.today
LEFT JOIN (
    SELECT a.rep_id, a.day, sum(a.minutes) AS minutes
    FROM sales_activities AS a
    WHERE NOT a.is_orphan
    GROUP BY a.rep_id, a.day
) AS m ON m.rep_id = r.rep_id AND m.day = c.day
