-- One row per hand-over of a lead to sales, with its class at that moment and what sales answered.
SELECT
    h.lead_id, h.cycle_no, h.rep_id,
    coalesce(p.name, h.rep_id, '') AS rep,
    coalesce(p.team, '') AS team,
    c.day, c.week, c.month, l.source, l.campaign,
    h.readiness, h.version,
    CASE
        WHEN h.accepted_no <= coalesce(h.rejected_no, h.accepted_no) THEN 'accepted'
        WHEN h.rejected_no IS NOT NULL THEN 'rejected'
        ELSE 'pending'
    END AS answer
FROM hand_over_cycles AS h
JOIN leads AS l ON l.lead_id = h.lead_id
JOIN calendar_days AS c ON c.day = h.handed_off_on
LEFT JOIN people AS p ON p.person_id = h.rep_id
