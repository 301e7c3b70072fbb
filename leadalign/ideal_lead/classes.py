"""Every lead's class at every moment, computed from what the store knows."""

from collections.abc import Iterable
from datetime import datetime

from leadalign.ideal_lead.definition import Definition, Schedule, readable
from leadalign.ideal_lead.intervals import Mode, class_at
from leadalign.ideal_lead.judging import Judgement
from leadalign.ideal_lead.lead_classes import make_classes
from leadalign.ideal_lead.marks import TABLES as TOLD
from leadalign.ideal_lead.told import histories
from leadalign.problems import Refusal
from leadalign.store import Database

TABLES = (*TOLD, "definition_versions")


def schedule(db: Database) -> Schedule:
    """The signed versions, each from its date but never before it was recorded; before them the CRM's own status."""
    found = db.rows("SELECT rules, recorded_at FROM live.definition_versions ORDER BY effective_from, version")
    versions = [(readable(rules), recorded_at) for rules, recorded_at in found]
    return Schedule(
        d.model_copy(update={"effective_from": max(d.effective_from, recorded_at), "effective_to": None})
        for d, recorded_at in versions
        if d is not None
    )


def check_mode(db: Database, mode: str) -> None:
    """Raises Refusal where `mode` is none, or imposes a version that is not there."""
    try:
        imposed = Mode.of(mode).imposed
    except ValueError:
        imposed = -1
    if imposed is None:
        return
    versions = {0, *(each.version for each in schedule(db).signed)}
    if imposed not in versions:
        raise Refusal("unknown_mode", mode=mode, versions=", ".join(map(str, sorted(versions))))


def class_table(db: Database, mode: str, as_of: datetime, table: str) -> None:
    """Makes `table`: one row per lead and interval of unchanged class; half-open, the last one until the far date."""
    check_mode(db, mode)
    make_classes(db, schedule(db), mode, as_of, table)


def judge_lead(db: Database, lead_id: str, at: datetime, mode: str = "known") -> tuple[int, Judgement | None]:
    """A lead's class at a moment with its explanation, and the version that judged; nothing before its creation."""
    check_mode(db, mode)
    versions = schedule(db)
    leads = histories(db.rows, versions.attributes, bool(versions.touch_types), None, [lead_id])
    if lead_id not in leads:
        raise Refusal("unknown_lead", lead=lead_id)
    version = Mode.of(mode).definition(versions, at).version
    return version, class_at(leads[lead_id], versions, at, mode, leads)


def judge_moments(
    db: Database, moments: Iterable[tuple[str, datetime]], definition: Definition
) -> list[Judgement | None]:
    """Leads by one definition, each by what was known at its moment; nothing before its creation."""
    asked = list(moments)
    ids = {lead_id for lead_id, _ in asked}
    leads = histories(db.rows, definition.attributes(), bool(definition.touch_types()), None, ids)
    alone, imposed = Schedule([definition]), f"what-if:{definition.version}"
    return [class_at(leads[lead_id], alone, at, imposed, leads) if lead_id in leads else None for lead_id, at in asked]
