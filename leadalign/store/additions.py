"""What each upload added, counted from the log itself: leads that were new, leads that changed, other facts."""

from typing import Any

from leadalign.store.database import Database

NEW_AND_CHANGED = """
WITH new_leads AS (SELECT batch_id, lead_id FROM log.leads WHERE batch_id IS NOT NULL),
told AS (
    SELECT batch_id, lead_id FROM log.attribute_events WHERE batch_id IS NOT NULL
    UNION SELECT batch_id, lead_id FROM log.stage_events WHERE batch_id IS NOT NULL)
SELECT batch_id, count(*) FILTER (WHERE new_leads.lead_id IS NOT NULL) AS new_leads,
    count(*) FILTER (WHERE new_leads.lead_id IS NULL) AS changed_leads
FROM (SELECT * FROM told UNION SELECT * FROM new_leads) AS every
LEFT JOIN new_leads USING (batch_id, lead_id) GROUP BY batch_id
"""


def what_uploads_added(db: Database) -> dict[str, dict[str, int]]:
    """For each upload: how many leads it brought, and of how many known ones it told something new."""
    return {
        row["batch_id"]: {"new": row["new_leads"], "changed": row["changed_leads"]}
        for row in db.records(NEW_AND_CHANGED)
    }


def savers(db: Database) -> dict[str, dict[str, Any]]:
    """For each mapping that a person saved: who saved it last, and when."""
    found = db.records(
        "SELECT name, max(recorded_at) AS saved_at, arg_max(recorded_by, event_order) AS saved_by "
        "FROM log.saved_formats GROUP BY name"
    )
    return {row["name"]: row for row in found}
