"""How long it takes to judge all leads by a new version of the definition, beside a plain SELECT over the same columns.

An invented company's leads are written straight into the store's log: six attributes each, the budget of a quarter of
them learned later. Then: every lead judged from nothing; by a version that comes into force; by one that is only tried;
and once more after one thing was learned of one lead.
"""

import argparse
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.machine import floor, load, peak_megabytes, print_table, seconds
from leadalign.ideal_lead.definition import Definition, Schedule
from leadalign.ideal_lead.lead_classes import make_classes
from leadalign.store import Database, open_database

BEGIN, CHANGE, NOW = (datetime(2025, month, 1, tzinfo=UTC) for month in (1, 7, 12))
LEADS = """
INSERT INTO log.leads (lead_id, system, created_at, recorded_at, recorded_by)
SELECT 'lead-' || i, 'bench', born, born, 'bench'
FROM (SELECT i, $begin::TIMESTAMPTZ + to_seconds(hash(i, 'born') % 31536000) AS born FROM range($leads) AS r(i))
"""
VALUES = """
INSERT INTO log.attribute_events (event_id, lead_id, attr, value, observed_at, assumed, recorded_at, recorded_by)
SELECT lead_id || '/' || attr, lead_id, attr,
    CASE attr
        WHEN 'employees' THEN CAST(hash(lead_id, 1) % 500 AS TEXT)
        WHEN 'budget' THEN CASE WHEN hash(lead_id, 2) % 3 > 0 THEN CAST(hash(lead_id, 2) % 90000 AS TEXT) END
        WHEN 'country' THEN '"' || ['IL', 'US', 'DE', 'FR'][CAST(1 + hash(lead_id, 3) % 4 AS BIGINT)] || '"'
        WHEN 'seniority' THEN '"' || ['c', 'vp', 'manager', 'staff'][CAST(1 + hash(lead_id, 4) % 4 AS BIGINT)] || '"'
        WHEN 'demo' THEN CASE WHEN hash(lead_id, 5) % 2 = 0 THEN 'true' ELSE 'false' END
        ELSE '"' || ['now', 'later'][CAST(1 + hash(lead_id, 6) % 2 AS BIGINT)] || '"' END,
    created_at, FALSE, created_at, 'bench'
FROM log.leads, (SELECT unnest(['employees', 'budget', 'country', 'seniority', 'demo', 'timeline']) AS attr)
"""
LATER = """
INSERT INTO log.attribute_events (event_id, lead_id, attr, value, observed_at, assumed, recorded_at, recorded_by)
SELECT lead_id || '/later', lead_id, 'budget', CAST(hash(lead_id, 7) % 90000 AS TEXT),
    created_at + INTERVAL 5 DAY, FALSE, created_at + INTERVAL 6 DAY, 'bench'
FROM log.leads WHERE hash(lead_id, 8) % 4 = 0
"""
ONE_MORE = """
INSERT INTO log.attribute_events (event_id, lead_id, attr, value, observed_at, assumed, recorded_at, recorded_by)
SELECT 'one-more', min(lead_id), 'budget', '50000', $now, FALSE, $now, 'bench' FROM log.leads
"""
PLAIN = """
SELECT attr, count(*), max(lead_id), max(value), max(observed_at), max(recorded_at) FROM live.attribute_events
GROUP BY attr
UNION ALL SELECT 'created', count(*), max(lead_id), NULL, max(created_at), NULL FROM live.leads
"""
CRITERIA: tuple[tuple[str, str, int, dict[str, Any]], ...] = (
    ("must", "value", 0, {"op": "in", "attr": "country", "values": ["IL", "US", "DE"]}),
    ("points", "value", 40, {"op": "cmp", "attr": "employees", "cmp": ">=", "value": 50}),
    ("points", "value", 30, {"op": "in", "attr": "seniority", "values": ["c", "vp"]}),
    ("points", "value", 10, {"op": "exists", "attr": "budget"}),
    ("points", "readiness", 40, {"op": "cmp", "attr": "budget", "cmp": ">=", "value": 20000}),
    ("points", "readiness", 30, {"op": "cmp", "attr": "timeline", "cmp": "==", "value": "now"}),
    ("points", "readiness", 30, {"op": "cmp", "attr": "demo", "cmp": "==", "value": True}),
)


Step = tuple[str, float, float]


def definition(version: int, begins: datetime, cut: int = 50) -> Definition:
    """A version with seven criteria over six attributes."""
    return Definition.model_validate({
        "definition_id": "bench", "version": version, "effective_from": begins, "effective_to": None,
        "agreed_by": {"marketing": "m", "sales": "s"},
        "value_bands": [("A", cut), ("B", 10), ("C", 0)], "readiness_bands": [("1", 50), ("2", 0)],
        "routes": {"A1": "SRL", "B1": "SRL", "A2": "NURTURE", "*": "LOW"},
        "criteria": [
            {"id": f"c{place}", "kind": kind, "dimension": axis, "points": points, "expr": rule}
            for place, (kind, axis, points, rule) in enumerate(CRITERIA)
        ],
    })  # fmt: skip


def write_leads(db: Database, leads: int) -> None:
    """So many leads and what was learned of them."""
    with db.writing("leads", "attribute_events") as writer:
        writer.run(LEADS, {"begin": BEGIN, "leads": leads})
        writer.run(VALUES)
        writer.run(LATER)


def measured(db: Database) -> list[Step]:
    """Each step with its seconds, in their order."""
    first, second, third = definition(1, BEGIN), definition(2, CHANGE, 60), definition(3, CHANGE, 40)
    db.rows(PLAIN)
    found = [_timed("a plain SELECT over the same columns", partial(db.rows, PLAIN))]
    steps: tuple[tuple[str, Schedule, str], ...] = (
        ("all leads judged by one version, from nothing", Schedule([first]), "known"),
        ("by a new version, in force from a day on", Schedule([first, second]), "known"),
        ("by a new version at all times (what-if)", Schedule([first, second, third]), "what-if:3"),
    )
    for number, (name, versions, mode) in enumerate(steps):
        found.append(_timed(name, _judging(db, versions, mode, number)))
    with db.writing("attribute_events") as writer:
        writer.run(ONE_MORE, {"now": NOW + timedelta(days=1)})
    return [*found, _timed("once more after one value of one lead", _judging(db, steps[1][1], "known", 9))]


def _timed(name: str, work: Callable[[], object]) -> Step:
    """What it took on the clock, and of the processor: the latter counts no other programs."""
    before = time.process_time()
    passed = seconds(work)
    return name, passed, time.process_time() - before


def _judging(db: Database, versions: Schedule, mode: str, number: int) -> Callable[[], None]:
    return partial(make_classes, db, versions, mode, NOW, f"derived.classes_{number}")


def main() -> None:
    """Measures, and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.judging", description=__doc__)
    parser.add_argument("--leads", type=int, default=1_000_000, help="how many leads (1000000)")
    parser.add_argument("--threads", type=int, default=2, help="cores to use (2)")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        db = open_database(Path(folder) / "bench.duckdb", threads=asked.threads)
        write_leads(db, asked.leads)
        found = measured(db)
        intervals = db.rows("SELECT count(*), count(DISTINCT route) FROM derived.classes_1")[0]
        db.close()
    plain, plain_work = found[0][1:]
    print_table(
        f"{asked.leads:,} leads, {asked.threads} cores: {intervals[0]:,} intervals of {intervals[1]} routes; peak "
        f"{peak_megabytes(os.getpid()):,.0f} MB; a fixed count {floor():.2f} s, programs waiting {load()}",
        ("step", "seconds", "times the plain SELECT", "seconds of work, all cores", "times the plain SELECT"),
        [
            (name, f"{passed:.2f}", f"{passed / plain:.1f}", f"{work:.2f}", f"{work / plain_work:.1f}")
            for name, passed, work in found
        ],
    )


if __name__ == "__main__":
    main()
