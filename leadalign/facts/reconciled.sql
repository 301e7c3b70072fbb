-- One row per lead and thing that marketing's records tell of it, or sales', or both, with the day each says and why they differ.
-- `is_told_twice`: two systems tell of such things; where one tells both sides, there is nothing to reconcile.
SELECT
    r.thing, r.lead_id, coalesce(w.name, r.lead_id) AS name, coalesce(w.source, '') AS source, coalesce(w.campaign, '') AS campaign,
    r.marketing_on, r.sales_on, c.day, c.week, c.month,
    h.marketing_first IS NOT NULL AND h.sales_first IS NOT NULL
        AND (h.marketing_first <> h.sales_first OR h.marketing_last <> h.sales_last) AS is_told_twice,
    CASE
        WHEN r.marketing_on IS NULL THEN 'only_sales'
        WHEN r.sales_on IS NULL THEN 'only_marketing'
        ELSE 'both'
    END AS told_by,
    CASE
        WHEN r.marketing_on = r.sales_on THEN ''
        WHEN last_day(r.marketing_on) = last_day(r.sales_on) THEN CASE WHEN r.thing = 'handed_over' THEN '' ELSE 'other_day' END
        WHEN r.marketing_on IS NOT NULL AND r.sales_on IS NOT NULL THEN 'other_month'
        WHEN w.is_aside THEN 'set_aside'
        WHEN w.lead_id IS NULL THEN 'unknown_lead'
        WHEN r.marketing_on > u.sales_uploaded_on OR r.sales_on > u.marketing_uploaded_on THEN 'not_uploaded_yet'
        WHEN p.is_proposed THEN 'perhaps_duplicate'
        WHEN r.thing = 'won' AND x.lost_on IS NOT NULL THEN 'lost_there'
        WHEN r.thing = 'won' AND x.opened_on IS NOT NULL THEN 'still_open'
        WHEN r.thing = 'handed_over' AND r.sales_on IS NULL THEN 'never_taken_up'
        WHEN r.thing = 'handed_over' THEN 'never_handed_over'
        ELSE 'no_trace'
    END AS reason
FROM (
    SELECT t.thing, t.lead_id,
        min(CASE WHEN t.side = 'marketing' THEN t.told_on END) AS marketing_on,
        min(CASE WHEN t.side = 'sales' THEN t.told_on END) AS sales_on
    FROM told_by_sides AS t
    WHERE t.thing <> 'lost'
    GROUP BY t.thing, t.lead_id
) AS r
JOIN (
    SELECT t.thing,
        min(CASE WHEN t.side = 'marketing' THEN t.first_system END) AS marketing_first,
        max(CASE WHEN t.side = 'marketing' THEN t.last_system END) AS marketing_last,
        min(CASE WHEN t.side = 'sales' THEN t.first_system END) AS sales_first,
        max(CASE WHEN t.side = 'sales' THEN t.last_system END) AS sales_last
    FROM told_by_sides AS t
    GROUP BY t.thing
) AS h ON h.thing = r.thing
JOIN calendar_days AS c ON c.day = coalesce(r.marketing_on, r.sales_on)
CROSS JOIN (
    SELECT max(CASE WHEN b.side = 'marketing' THEN b.uploaded_on END) AS marketing_uploaded_on,
        max(CASE WHEN b.side = 'sales' THEN b.uploaded_on END) AS sales_uploaded_on
    FROM tellers AS b
) AS u
LEFT JOIN every_lead AS w ON w.lead_id = r.lead_id
LEFT JOIN duplicate_leads AS p ON p.lead_id = r.lead_id
LEFT JOIN (
    SELECT t.lead_id, min(CASE WHEN t.thing = 'lost' THEN t.told_on END) AS lost_on,
        min(CASE WHEN t.thing = 'opportunity' THEN t.told_on END) AS opened_on
    FROM told_by_sides AS t
    WHERE t.side = 'sales'
    GROUP BY t.lead_id
) AS x ON x.lead_id = r.lead_id
