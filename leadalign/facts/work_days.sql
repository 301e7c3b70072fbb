-- One row per day of the business calendar.
SELECT '' AS lead_id, c.day, c.week, c.month, c.work_fraction FROM calendar_days AS c
