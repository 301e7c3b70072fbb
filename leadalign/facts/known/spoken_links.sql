-- One row per deal or activity that names its lead or deal in words, and per deal's own name, as last told by then.
-- Case, invisible marks and doubled blanks do not count.
SELECT w.kind, w.record_id, w.lead_id,
    coalesce(lower(trim(replace(replace(translate(w.name, k.unseen, ''), '   ', ' '), '  ', ' '))), '') AS called,
    coalesce(lower(trim(replace(replace(translate(w.contact, k.unseen, ''), '   ', ' '), '  ', ' '))), '') AS contact,
    coalesce(lower(trim(replace(replace(translate(w.company, k.unseen, ''), '   ', ' '), '  ', ' '))), '') AS company,
    coalesce(lower(trim(translate(w.email, k.unseen, ''))), '') AS email,
    coalesce(lower(trim(replace(replace(translate(w.deal_name, k.unseen, ''), '   ', ' '), '  ', ' '))), '') AS deal_called
FROM (
    SELECT q.*, row_number() OVER (PARTITION BY q.kind, q.record_id ORDER BY q.event_order DESC) AS position
    FROM live.links AS q CROSS JOIN viewpoint AS v
    WHERE q.recorded_at <= v.as_of
) AS w
CROSS JOIN key_marks AS k
WHERE w.position = 1
