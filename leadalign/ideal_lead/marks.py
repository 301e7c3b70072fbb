"""How far in the log something was read, and which leads may be judged otherwise since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadalign.ideal_lead.film import Run

TABLES = ("leads", "attribute_events", "stage_events", "activities")
REACHED = "SELECT coalesce(max(event_order), 0) FROM (" + " UNION ALL ".join(
    f"SELECT max(event_order) AS event_order FROM log.{table}" for table in TABLES
)


@dataclass(frozen=True)
class Mark:
    """A place in the log: the last row, how many there were, what was undone; in hindsight also until when one saw."""

    last: int
    rows: int
    undone: frozenset[str]
    until: datetime | None

    @classmethod
    def here(cls, run: Run, until: datetime | None) -> Mark:
        """The end of the log as it is."""
        last = run(f"{REACHED})")[0][0]
        return cls(last, _rows_until(run, last), frozenset(row[0] for row in run(UNDONE)), until)

    def still_stands(self, run: Run) -> bool:
        """Whether the log up to here is what it was; a database that was emptied has another one."""
        return _rows_until(run, self.last) == self.rows


UNDONE = "SELECT batch_id FROM log.batch_undos"


def _rows_until(run: Run, last: int) -> int:
    counted = " UNION ALL ".join(
        f"SELECT count(*) AS n FROM log.{table} WHERE event_order <= $last" for table in TABLES
    )
    return int(run(f"SELECT sum(n) FROM ({counted})", {"last": last})[0][0])


def find_changed(run: Run, old: Mark, new: Mark, touches: bool) -> int:
    """Makes `changed`: the leads of which anything was told or taken back between two marks; gives their number.

    With a lead come those that were merged into it, at once or by others; where a thing moves from one lead to
    another, both.
    """
    since, bound = _since(old, new)
    stages = f"SELECT * FROM log.stage_events WHERE (event = 'merged' OR voids_event_id IS NOT NULL) AND {since}"
    parts = [
        f"SELECT lead_id FROM log.leads WHERE {since}",
        f"SELECT lead_id FROM log.attribute_events WHERE {since}",
        f"SELECT lead_id FROM ({stages})",
        f"SELECT lead_id FROM log.stage_events WHERE event_id IN (SELECT voids_event_id FROM ({stages}))",
    ]
    if touches:
        told = f"SELECT activity_id FROM log.activities WHERE {since}"
        parts.append(f"SELECT lead_id FROM log.activities WHERE lead_id IS NOT NULL AND activity_id IN ({told})")
    merges = (
        "SELECT lead_id, regexp_replace(reason, '^dup_of:', '') AS into_id FROM log.stage_events WHERE event = 'merged'"
    )
    merged = "SELECT m.lead_id FROM merges AS m JOIN found ON found.lead_id = m.into_id"
    run(
        f"CREATE OR REPLACE TEMP TABLE changed AS WITH RECURSIVE merges AS ({merges}), "
        f"found AS ({' UNION '.join(parts)} UNION {merged}) SELECT lead_id FROM found",
        bound,
    )
    return int(run("SELECT count(*) FROM changed")[0][0])


def _since(old: Mark, new: Mark) -> tuple[str, dict[str, Any]]:
    """SQL of what was appended or undone between two marks, or came into sight by looking until another moment."""
    conditions: list[str] = ["event_order > $last"]
    bound: dict[str, Any] = {"last": old.last}
    if undone := sorted(old.undone ^ new.undone):
        conditions.append("list_contains($undone, batch_id)")
        bound["undone"] = undone
    if old.until != new.until and old.until and new.until:
        conditions.append("(recorded_at > $seen_from AND recorded_at <= $seen_to)")
        bound["seen_from"], bound["seen_to"] = sorted((old.until, new.until))
    return f"({' OR '.join(conditions)})", bound
