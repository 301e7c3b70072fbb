"""Every lead's class at every moment, computed from what the store knows."""

import json
from collections import defaultdict
from datetime import datetime
from typing import Any

import pyarrow as pa

from leadalign.ideal_lead.definition import Definition, Schedule
from leadalign.ideal_lead.intervals import Mode, class_at, class_intervals
from leadalign.ideal_lead.judging import READINESS, Judgement
from leadalign.ideal_lead.known import AttributeEvent, LeadHistory, Merge
from leadalign.problems import Refusal
from leadalign.store import Database

TABLES = ("leads", "attribute_events", "stage_events", "definition_versions")
NUMBERS = ("version", "value_lo", "value_hi", "ready_lo", "ready_hi", "points", "unknown_points")


def schedule(db: Database) -> Schedule:
    """The signed versions, each from its date but never before it was recorded; before them the CRM's own status."""
    found = db.rows("SELECT rules, recorded_at FROM live.definition_versions ORDER BY effective_from, version")
    versions = [(Definition.from_json(rules), recorded_at) for rules, recorded_at in found]
    return Schedule(
        d.model_copy(update={"effective_from": max(d.effective_from, recorded_at), "effective_to": None})
        for d, recorded_at in versions
    )


def check_mode(db: Database, mode: str) -> None:
    """Raises Refusal where `mode` is none, or imposes a version that is not there."""
    try:
        imposed = Mode.of(mode).imposed
    except ValueError:
        imposed = -1
    if imposed is None:
        return
    versions = {0, *(row[0] for row in db.rows("SELECT version FROM live.definition_versions"))}
    if imposed not in versions:
        raise Refusal("unknown_mode", mode=mode, versions=", ".join(map(str, sorted(versions))))


def histories(db: Database, recorded_until: datetime | None = None) -> dict[str, LeadHistory]:
    """What happened to each lead that can decide its class, as recorded until then."""
    events, merges = _attribute_events(db, recorded_until), _merges(db, recorded_until)
    return {
        lead_id: LeadHistory(lead_id, created_at, tuple(events[lead_id]), (), tuple(merges[lead_id]))
        for lead_id, created_at in db.rows("SELECT lead_id, min(created_at) FROM live.leads GROUP BY lead_id")
    }


def class_table(db: Database, mode: str, as_of: datetime) -> pa.Table:
    """One row per lead and interval of unchanged class; half-open, the last one until the far date."""
    check_mode(db, mode)
    leads, versions = histories(db, as_of if mode == "hindsight" else None), schedule(db)
    rows = [
        (lead_id, *each) for lead_id, lead in leads.items() for each in class_intervals(lead, versions, mode, leads)
    ]
    columns = list(zip(*rows, strict=True)) if rows else [()] * 11
    names = (
        "lead_id",
        "valid_from",
        "valid_to",
        "version",
        "route",
        "cells",
        "value_lo",
        "value_hi",
        "ready_lo",
        "ready_hi",
        "unknown",
    )
    found: dict[str, Any] = dict(zip(names, columns, strict=True))
    found["readiness"] = [READINESS[route] for route in found["route"]]
    weights = _weights(versions)
    found["points"] = [sum(weights[version].values()) for version in found["version"]]
    found["unknown_points"] = [
        sum(weights[version][criterion] for criterion in unknown)
        for version, unknown in zip(found["version"], found["unknown"], strict=True)
    ]
    for several in ("cells", "unknown"):
        found[several] = ["|".join(each) for each in found[several]]
    return pa.table({name: pa.array(found[name], _arrow_type(name)) for name in found})


def judge_lead(db: Database, lead_id: str, at: datetime, mode: str = "known") -> tuple[int, Judgement | None]:
    """A lead's class at a moment with its explanation, and the version that judged; nothing before its creation."""
    check_mode(db, mode)
    leads, versions = histories(db), schedule(db)
    if lead_id not in leads:
        raise Refusal("unknown_lead", lead=lead_id)
    version = Mode.of(mode).definition(versions, at).version
    return version, class_at(leads[lead_id], versions, at, mode, leads)


def _weights(versions: Schedule) -> dict[int, dict[str, int]]:
    """For each version what each criterion moves a score by; a must moves none, it opens or shuts the door."""
    return {
        each.version: {criterion.id: abs(criterion.points) for criterion in each.criteria}
        for each in (versions.unsigned, *versions.signed)
    }


def _arrow_type(name: str) -> pa.DataType:
    if name in ("valid_from", "valid_to"):
        return pa.timestamp("us", tz="UTC")
    return pa.int32() if name in NUMBERS else pa.string()


def _attribute_events(db: Database, until: datetime | None) -> dict[str, list[AttributeEvent]]:
    """The attribute events of each lead, only of attributes that a definition asks for."""
    asked = sorted(schedule(db).attributes)
    found: dict[str, list[AttributeEvent]] = defaultdict(list)
    for lead_id, event_id, attr, value, observed_at, recorded_at in db.rows(
        "SELECT lead_id, event_id, attr, value, observed_at, recorded_at FROM live.attribute_events "
        "WHERE list_contains($asked, attr) AND ($until IS NULL OR recorded_at <= $until) ORDER BY event_order",
        {"asked": asked, "until": until},
    ):
        found[lead_id].append(
            AttributeEvent(event_id, attr, None if value is None else json.loads(value), observed_at, recorded_at)
        )
    return found


def _merges(db: Database, until: datetime | None) -> dict[str, list[Merge]]:
    found: dict[str, list[Merge]] = defaultdict(list)
    for lead_id, *merge in db.rows(
        "SELECT m.lead_id, m.occurred_at, regexp_replace(m.reason, '^dup_of:', ''), m.recorded_at, min(u.recorded_at) "
        "FROM live.stage_events AS m LEFT JOIN live.stage_events AS u "
        "ON u.voids_event_id = m.event_id AND ($until IS NULL OR u.recorded_at <= $until) "
        "WHERE m.event = 'merged' AND m.reason LIKE 'dup_of:%' AND ($until IS NULL OR m.recorded_at <= $until) "
        "GROUP BY m.event_id, m.lead_id, m.occurred_at, m.reason, m.recorded_at",
        {"until": until},
    ):
        found[lead_id].append(Merge(*merge))
    return found
