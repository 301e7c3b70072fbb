-- One row per duplicate lead, with the lead that it was merged into, the one that speaks for both, and when.
-- A merge into a lead that nobody knows (its upload was undone) is none, and neither is one that ends in a circle: such leads
-- speak for themselves, so that none is lost.
WITH direct AS (
    SELECT d.lead_id, d.into_lead_id, d.merged_at
    FROM (
        SELECT e.lead_id, regexp_replace(e.reason, '^dup_of:', '') AS into_lead_id, e.occurred_at AS merged_at,
            row_number() OVER (PARTITION BY e.lead_id ORDER BY e.occurred_at DESC, e.event_order DESC) AS position
        FROM standing_steps AS e
        WHERE e.event = 'merged' AND e.reason LIKE 'dup_of:%'
    ) AS d
    WHERE d.position = 1 AND d.lead_id <> d.into_lead_id
),
two AS (SELECT a.lead_id, coalesce(b.into_lead_id, a.into_lead_id) AS reached FROM direct AS a LEFT JOIN direct AS b ON b.lead_id = a.into_lead_id),
four AS (SELECT a.lead_id, coalesce(b.reached, a.reached) AS reached FROM two AS a LEFT JOIN two AS b ON b.lead_id = a.reached),
eight AS (SELECT a.lead_id, coalesce(b.reached, a.reached) AS reached FROM four AS a LEFT JOIN four AS b ON b.lead_id = a.reached),
sixteen AS (SELECT a.lead_id, coalesce(b.reached, a.reached) AS reached FROM eight AS a LEFT JOIN eight AS b ON b.lead_id = a.reached)
SELECT d.lead_id, d.into_lead_id, s.reached AS survivor_id, d.merged_at
FROM direct AS d
JOIN sixteen AS s ON s.lead_id = d.lead_id
LEFT JOIN direct AS beyond ON beyond.lead_id = s.reached
WHERE beyond.lead_id IS NULL
