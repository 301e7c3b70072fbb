-- One row per lead that counts in no figure because it is set aside (a test, or a person's word), in the period it was created.
SELECT l.lead_id, c.day, c.week, c.month, l.source, l.campaign, l.system,
    coalesce(a.reason, 'merged_into_one') AS reason, coalesce(a.by_person, FALSE) AS by_person
FROM every_lead AS l
JOIN calendar_days AS c ON c.day = l.created_on
LEFT JOIN set_aside AS a ON a.lead_id = l.lead_id
WHERE l.is_aside
