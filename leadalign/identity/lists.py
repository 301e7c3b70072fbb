"""What was decided and can be taken back: leads that were merged, and leads that are set aside or wait for a word."""

from dataclasses import dataclass
from datetime import datetime

from leadalign import facts
from leadalign.measure import Frame, viewpoint
from leadalign.store import Database


@dataclass(frozen=True)
class Aside:
    """A lead that is set aside (`counts` is false) or listed, by which rule or word, on what evidence, since when."""

    lead_id: str
    name: str | None
    company: str | None
    email: str | None
    reason: str
    evidence: str | None
    since: datetime
    said_by: str
    counts: bool


@dataclass(frozen=True)
class Merged:
    """A lead that was merged, and the one it is part of now, with their names, when and by whom."""

    lead_id: str
    into_id: str
    name: str | None
    into_name: str | None
    merged_at: datetime
    said_by: str


def aside_list(db: Database) -> list[Aside]:
    """The leads set aside, then those listed that nobody has judged yet; the latest first."""
    found = db.rows(
        "SELECT l.lead_id, l.name, l.company, l.email, w.reason, w.evidence, w.since, w.recorded_by, "
        f"w.event = 'listed' AS counts FROM {_relation(db, 'aside_words')} AS w "
        f"JOIN {_relation(db, 'every_lead')} AS l ON l.lead_id = w.lead_id "
        "WHERE w.event <> 'released' ORDER BY counts, w.since DESC, l.lead_id"
    )
    return [Aside(*row) for row in found]


def merged_pairs(db: Database) -> list[Merged]:
    """The merges that stand, the latest first."""
    found = db.rows(
        "SELECT m.lead_id, m.into_lead_id, d.name, s.name, m.merged_at, e.recorded_by "
        f"FROM {_relation(db, 'merges')} AS m "
        f"JOIN {_relation(db, 'every_lead')} AS d ON d.lead_id = m.lead_id "
        f"JOIN {_relation(db, 'every_lead')} AS s ON s.lead_id = m.into_lead_id "
        "JOIN live.stage_events AS e ON e.lead_id = m.lead_id AND e.event = 'merged' AND e.occurred_at = m.merged_at "
        "ORDER BY m.merged_at DESC, m.lead_id"
    )
    return [Merged(*row) for row in found]


def _relation(db: Database, name: str) -> str:
    return facts.table(db, name, viewpoint(db, Frame()))
