-- One row per hand-over to sales, with the points of the definition then in force and those nobody could tell.
SELECT k.lead_id, k.cycle_no, k.day, k.week, k.month, k.source, k.campaign, k.system, k.version, k.points, k.unknown_points, k.unknown
FROM known_points AS k
WHERE k.moment = 'handed_over'
