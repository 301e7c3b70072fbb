-- One row per lead known by then, with the words that name it as they are compared, and the lead that speaks for it.
SELECT l.survivor_id AS lead_id,
    coalesce(lower(trim(replace(replace(translate(l.name, k.unseen, ''), '   ', ' '), '  ', ' '))), '') AS person,
    coalesce(lower(trim(replace(replace(translate(l.company, k.unseen, ''), '   ', ' '), '  ', ' '))), '') AS company,
    coalesce(lower(trim(translate(l.email, k.unseen, ''))), '') AS email
FROM every_lead AS l
CROSS JOIN key_marks AS k
