"""An invented company of any size, written straight into the store's log: the same rows for the same size each time."""

from pathlib import Path

from leadalign.store import open_database

REPS, SOURCES, ACTIVITIES_A_LEAD = 12, 8, 10

# hash() gives the same numbers on every machine; each word in it makes another series of them.
LEADS = f"""
INSERT INTO log.leads (lead_id, system, created_at, source, recorded_at, recorded_by)
SELECT 'lead-' || i, 'bench', born, 'source-' || hash(i, 'source') % {SOURCES}, born, 'bench'
FROM (
    SELECT i, TIMESTAMPTZ '2024-01-01 00:00:00+00' + to_seconds(hash(i, 'born') % 51840000) AS born
    FROM range($leads) AS r(i)
)
"""
STATES = """
INSERT INTO log.attribute_events (event_id, lead_id, attr, value, observed_at, assumed, recorded_at, recorded_by)
SELECT lead_id || '/' || k, lead_id, 'crm_readiness', '"' || state || '"', seen, FALSE, seen, 'bench'
FROM (
    SELECT lead_id, k, ['unready', 'ready', 'unfit'][CAST(1 + hash(lead_id, k) % 3 AS BIGINT)] AS state,
        created_at + to_seconds(k * 1728000 + hash(lead_id, k, 'seen') % 1728000) AS seen
    FROM log.leads, range(3) AS r(k)
)
"""
ACTIVITIES = f"""
INSERT INTO log.activities (activity_id, lead_id, person_id, type, started_at, minutes, recorded_at, recorded_by)
SELECT
    'activity-' || i, lead_id, 'rep-' || hash(i, 'rep') % {REPS}, 'call', began, 5 + hash(i, 'minutes') % 55,
    began, 'bench'
FROM (
    SELECT i, lead_id, created_at + to_seconds(hash(i, 'began') % 10368000) AS began
    FROM range($activities) AS r(i) JOIN log.leads ON lead_id = 'lead-' || hash(i, 'lead') % $leads
)
"""
PEOPLE = f"""
INSERT INTO log.people (person_id, name, function, role, recorded_at, recorded_by)
SELECT 'rep-' || i, 'Rep ' || i, 'sales', 'sales', TIMESTAMPTZ '2024-01-01 00:00:00+00', 'bench'
FROM range({REPS}) AS r(i)
"""
UPLOAD = """
INSERT INTO log.batches
    (batch_id, uploaded_at, file_name, sha256, format, kind, rows_read, rows_refused, events_added, report, content,
    recorded_at, recorded_by)
SELECT
    'bench', uploaded, 'bench', '', 'bench', 'activities', $activities, 0, $activities, '{}', ''::BLOB,
    uploaded, 'bench'
FROM (SELECT TIMESTAMPTZ '2026-06-01 00:00:00+00' AS uploaded)
"""


def write_world(path: Path, activities: int) -> None:
    """A new database with so many activities, on a tenth as many leads whose readiness changed three times each."""
    db, leads = open_database(path), max(1, activities // ACTIVITIES_A_LEAD)
    with db.writing("people", "leads", "attribute_events", "activities", "batches") as writer:
        writer.run(PEOPLE)
        writer.run(LEADS, {"leads": leads})
        writer.run(STATES)
        writer.run(ACTIVITIES, {"activities": activities, "leads": leads})
        writer.run(UPLOAD, {"activities": activities})
    db.close()
