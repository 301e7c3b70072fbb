-- One row per lead known by then that counts: all but those set aside.
SELECT
    e.lead_id, e.survivor_id, e.is_merged, e.system, e.created_at, e.created_on, e.source, e.campaign,
    e.account_id, e.name, e.email, e.phone, e.company
FROM every_lead AS e
WHERE NOT e.is_aside
