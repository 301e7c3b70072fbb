-- One row per lead known by then; `survivor_id` is the lead that speaks for it, itself unless it was merged (chains of three).
-- A blank source stays blank, apart from a source that is called unknown.
SELECT
    l.lead_id,
    coalesce(m3.into_lead_id, m2.into_lead_id, m1.into_lead_id, l.lead_id) AS survivor_id,
    m1.into_lead_id IS NOT NULL AS is_merged,
    l.system, l.created_at,
    CAST(from_utc_timestamp(l.created_at, l.zone) AS DATE) AS created_on,
    coalesce(l.source, '') AS source,
    coalesce(l.campaign, '') AS campaign,
    l.account_id, l.name, l.email, l.company
FROM (
    SELECT w.*, v.zone, row_number() OVER (PARTITION BY w.lead_id ORDER BY w.event_order) AS position
    FROM live.leads AS w CROSS JOIN viewpoint AS v
    WHERE w.recorded_at <= v.as_of
) AS l
LEFT JOIN merges AS m1 ON m1.lead_id = l.lead_id
LEFT JOIN merges AS m2 ON m2.lead_id = m1.into_lead_id
LEFT JOIN merges AS m3 ON m3.lead_id = m2.into_lead_id
WHERE l.position = 1
