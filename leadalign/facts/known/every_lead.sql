-- One row per lead known by then, also those set aside; `survivor_id` is the lead that speaks for it, itself unless it was merged.
-- Whoever was merged into a lead that is set aside is set aside with it. A blank source stays blank, apart from one called unknown.
SELECT
    l.lead_id,
    coalesce(m.survivor_id, l.lead_id) AS survivor_id,
    m.lead_id IS NOT NULL AS is_merged,
    own.lead_id IS NOT NULL OR theirs.lead_id IS NOT NULL AS is_aside,
    l.system, l.created_at,
    CAST(from_utc_timestamp(l.created_at, l.zone) AS DATE) AS created_on,
    coalesce(l.source, '') AS source,
    coalesce(l.campaign, '') AS campaign,
    l.account_id, l.name, l.email, l.phone, l.company
FROM (
    SELECT w.*, v.zone, row_number() OVER (PARTITION BY w.lead_id ORDER BY w.event_order) AS position
    FROM live.leads AS w CROSS JOIN viewpoint AS v
    WHERE w.recorded_at <= v.as_of
) AS l
LEFT JOIN merges AS m ON m.lead_id = l.lead_id
LEFT JOIN set_aside AS own ON own.lead_id = l.lead_id
LEFT JOIN set_aside AS theirs ON theirs.lead_id = m.survivor_id
WHERE l.position = 1
