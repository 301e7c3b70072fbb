-- One row per lead that counts or was merged, with whether it is a duplicate of an earlier one: merged already, or to all
-- appearances the same (surely or likely) and waiting for a person's word. `duplicates` (M10) is is_duplicate / all rows.
SELECT
    l.lead_id, c.day, c.week, c.month, l.source, l.campaign, l.system,
    l.is_merged,
    NOT l.is_merged AND p.lead_id IS NOT NULL AS is_proposed,
    l.is_merged OR coalesce(p.strength, '') IN ('sure', 'likely') AS is_duplicate,
    CASE WHEN l.is_merged THEN 'merged' ELSE coalesce(p.strength, 'none') END AS strength,
    CASE WHEN l.is_merged THEN l.survivor_id ELSE p.first_id END AS duplicate_of,
    p.evidence
FROM leads AS l
JOIN calendar_days AS c ON c.day = l.created_on
LEFT JOIN (
    SELECT d.second_id AS lead_id, d.first_id, d.strength, d.evidence,
        row_number() OVER (PARTITION BY d.second_id
            ORDER BY CASE d.strength WHEN 'sure' THEN 0 WHEN 'likely' THEN 1 ELSE 2 END, d.first_id) AS position
    FROM duplicate_pairs AS d
) AS p ON p.lead_id = l.lead_id AND p.position = 1
