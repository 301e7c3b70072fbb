-- One row per two leads that may be one and that nobody has judged: the earlier, the later, how sure it is, and by what.
-- Within each address, number, or name at a company every lead is compared with the first and with the one before it: that
-- finds every group without comparing all with all. More than 20 leads on one number or address alone tell nothing, nor does
-- one word as a name.
WITH standing AS (
    SELECT k.*, l.survivor_id, s.created_at AS survivor_created_at
    FROM lead_keys AS k
    JOIN leads AS l ON l.lead_id = k.lead_id
    JOIN leads AS s ON s.lead_id = l.survivor_id
),
told AS (
    SELECT DISTINCT u.kind, u.told, u.survivor_id, u.survivor_created_at
    FROM (
        SELECT 'email' AS kind, w.email_key AS told, w.survivor_id, w.survivor_created_at FROM standing AS w
        UNION ALL
        SELECT 'phone', w.phone_key, w.survivor_id, w.survivor_created_at FROM standing AS w
        UNION ALL
        SELECT 'name_domain', w.name_key || '@' || w.domain_key, w.survivor_id, w.survivor_created_at FROM standing AS w WHERE w.name_words LIKE '% %'
        UNION ALL
        SELECT 'name_company', w.name_key || '@' || w.company_key, w.survivor_id, w.survivor_created_at FROM standing AS w WHERE w.name_words LIKE '% %'
    ) AS u
    WHERE u.told IS NOT NULL
),
placed AS (
    SELECT t.kind, t.told, t.survivor_id,
        count(*) OVER (PARTITION BY t.kind, t.told) AS leads,
        first_value(t.survivor_id) OVER (PARTITION BY t.kind, t.told ORDER BY t.survivor_created_at, t.survivor_id) AS first_id,
        lag(t.survivor_id) OVER (PARTITION BY t.kind, t.told ORDER BY t.survivor_created_at, t.survivor_id) AS before_id
    FROM told AS t
),
shared AS (
    SELECT p.kind, p.told, max(p.leads) AS leads FROM placed AS p WHERE p.leads > 1 AND p.kind IN ('email', 'phone') GROUP BY p.kind, p.told
),
together AS (
    SELECT f.first_id, f.survivor_id AS second_id FROM placed AS f WHERE f.survivor_id <> f.first_id AND (f.leads <= 20 OR f.kind IN ('name_domain', 'name_company'))
    UNION
    SELECT b.before_id, b.survivor_id FROM placed AS b WHERE b.before_id IS NOT NULL AND (b.leads <= 20 OR b.kind IN ('name_domain', 'name_company'))
),
seen AS (
    SELECT g.first_id, g.second_id,
        max(CASE WHEN a.email_key = b.email_key AND NOT a.is_role THEN 1 ELSE 0 END) AS same_email,
        max(CASE WHEN a.email_key = b.email_key AND a.is_role THEN 1 ELSE 0 END) AS same_role_email,
        max(CASE WHEN a.phone_key = b.phone_key THEN 1 ELSE 0 END) AS same_phone,
        max(CASE WHEN a.name_key = b.name_key THEN 1 ELSE 0 END) AS same_name,
        max(CASE WHEN a.name_key = b.name_key AND a.name_words LIKE '% %' THEN 1 ELSE 0 END) AS same_full_name,
        max(CASE WHEN a.name_key <> b.name_key THEN 1 ELSE 0 END) AS other_name,
        max(CASE WHEN a.domain_key = b.domain_key THEN 1 ELSE 0 END) AS same_domain,
        max(CASE WHEN a.company_key = b.company_key THEN 1 ELSE 0 END) AS same_company,
        max(CASE WHEN a.company_key <> b.company_key THEN 1 ELSE 0 END) AS other_company,
        max(CASE WHEN a.system <> b.system THEN 1 ELSE 0 END) AS other_system,
        max(CASE WHEN a.email_key = b.email_key THEN e.leads END) AS email_leads,
        max(CASE WHEN a.phone_key = b.phone_key THEN n.leads END) AS phone_leads
    FROM together AS g
    JOIN standing AS a ON a.survivor_id = g.first_id
    JOIN standing AS b ON b.survivor_id = g.second_id
    LEFT JOIN shared AS e ON e.kind = 'email' AND e.told = a.email_key
    LEFT JOIN shared AS n ON n.kind = 'phone' AND n.told = a.phone_key
    GROUP BY g.first_id, g.second_id
)
SELECT s.first_id, s.second_id, s.other_system = 1 AS is_across_systems,
    CASE
        WHEN s.same_email = 1 AND (s.same_name = 1 OR s.other_name = 0) THEN 'sure'
        WHEN s.same_full_name = 1 AND s.same_phone = 1 AND (s.same_company = 1 OR s.other_company = 0) THEN 'sure'
        WHEN s.same_email = 1 AND s.email_leads <= 3 THEN 'likely'
        WHEN s.same_name = 1 AND s.same_phone = 1 THEN 'likely'
        WHEN s.same_full_name = 1 AND (s.same_domain = 1 OR s.same_company = 1 OR s.same_role_email = 1) THEN 'likely'
        WHEN s.same_phone = 1 AND s.phone_leads <= 3 AND s.other_name = 0 AND s.other_company = 0 THEN 'likely'
        ELSE 'possible'
    END AS strength,
    concat_ws('|',
        CASE WHEN s.same_email = 1 THEN 'same_email' END,
        CASE WHEN s.same_role_email = 1 THEN 'same_role_email' END,
        CASE WHEN s.same_phone = 1 THEN 'same_phone' END,
        CASE WHEN s.same_name = 1 AND s.same_domain = 1 THEN 'same_name_same_domain' END,
        CASE WHEN s.same_name = 1 AND s.same_company = 1 THEN 'same_name_same_company' END,
        CASE WHEN s.same_name = 1 AND s.same_domain = 0 AND s.same_company = 0 THEN 'same_name' END) AS evidence,
    coalesce(s.email_leads, 0) AS email_leads, coalesce(s.phone_leads, 0) AS phone_leads,
    coalesce(w.is_later, FALSE) AS is_later
FROM seen AS s
LEFT JOIN pair_verdicts AS w ON w.one_id = least(s.first_id, s.second_id) AND w.other_id = greatest(s.first_id, s.second_id)
WHERE NOT coalesce(w.is_different, FALSE)
