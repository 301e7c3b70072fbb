"""Leads as people look for them: the list, and one lead's whole story across both functions."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadalign import facts
from leadalign.ideal_lead.classes import judge_lead
from leadalign.ideal_lead.judging import Judgement
from leadalign.measure import Frame, viewpoint
from leadalign.store import Database

SEARCHED = ("lead_id", "name", "company", "email")


@dataclass(frozen=True)
class Step:
    """One thing that happened to a lead: when, what (a code), who, and what more is known of it."""

    at: datetime
    what: str
    who: str | None = None
    detail: dict[str, Any] | None = None


def find_leads(
    db: Database,
    *,
    text: str = "",
    where: Sequence[tuple[str, str]] = (),
    among: Sequence[str] | None = None,
    limit: int = 500,
) -> tuple[int, list[dict[str, Any]]]:
    """How many leads match, and the newest of them; `among` keeps to those IDs, `where` to columns at a value."""
    table = facts.table(db, "lead_book", viewpoint(db, Frame()))
    parts: list[str] = ["TRUE"]
    bound: dict[str, Any] = {}
    if text.strip():
        parts.append(" OR ".join(f"contains(lower({column}), $text)" for column in SEARCHED))
        bound["text"] = text.strip().lower()
    for number, (column, value) in enumerate(where):
        facts_columns = facts.columns(db, "lead_book", viewpoint(db, Frame()))
        if column in facts_columns:
            parts.append(f"{column} = $held_{number}")
            bound[f"held_{number}"] = value
    if among is not None:
        parts.append("list_contains($among, lead_id)")
        bound["among"] = list(among)
    condition = " AND ".join(f"({part})" for part in parts)
    count = db.rows(f"SELECT count(*) FROM {table} WHERE {condition}", bound)[0][0]
    return count, db.records(
        f"SELECT * FROM {table} WHERE {condition} ORDER BY created_at DESC, lead_id LIMIT {int(limit)}", bound
    )


def one_lead(db: Database, lead_id: str) -> dict[str, Any] | None:
    """The lead of that ID as the list shows it; None where there is none."""
    table = facts.table(db, "lead_book", viewpoint(db, Frame()))
    found = db.records(f"SELECT * FROM {table} WHERE lead_id = $lead", {"lead": lead_id})
    return found[0] if found else None


def story(db: Database, lead_id: str) -> list[Step]:
    """All that is known to have happened to the lead, the latest first."""
    steps = [*_stages(db, lead_id), *_activities(db, lead_id), *_ratings(db, lead_id)]
    steps += [*_values(db, lead_id), *_classes(db, lead_id)]
    return sorted(steps, key=lambda step: step.at, reverse=True)


def judgement_now(db: Database, lead_id: str) -> tuple[int, Judgement | None]:
    """The version in force and how it judges the lead, as known now."""
    return judge_lead(db, lead_id, viewpoint(db, Frame()).as_of)


def class_at_hand_over(db: Database, lead_id: str) -> str | None:
    """What the lead was when it was last handed over to sales; None where it never was."""
    found = db.rows(
        f"SELECT readiness FROM {_relation(db, 'hand_over_cycles')} WHERE lead_id = $lead "
        "ORDER BY cycle_no DESC LIMIT 1",
        {"lead": lead_id},
    )
    return found[0][0] if found else None


def ratings_of(db: Database, lead_id: str) -> list[dict[str, Any]]:
    """Every rating of the lead with who gave it, the latest first."""
    return db.records(
        f"SELECT r.rating, r.reasons, r.comment, r.rated_at, coalesce(p.name, r.rater_id) AS rater "
        f"FROM {_relation(db, 'ratings')} AS r LEFT JOIN {_relation(db, 'people')} AS p ON p.person_id = r.rater_id "
        "WHERE r.lead_id = $lead ORDER BY r.rated_at DESC",
        {"lead": lead_id},
    )


def _stages(db: Database, lead_id: str) -> list[Step]:
    found = db.records(
        "SELECT e.occurred_at, e.event, coalesce(p.name, e.actor_id) AS who, e.reason, e.amount, e.currency "
        f"FROM {_relation(db, 'stage_events')} AS e "
        f"LEFT JOIN {_relation(db, 'people')} AS p ON p.person_id = e.actor_id "
        "WHERE e.lead_id = $lead",
        {"lead": lead_id},
    )
    return [Step(row["occurred_at"], row["event"], row["who"], row) for row in found]


def _activities(db: Database, lead_id: str) -> list[Step]:
    found = db.records(
        "SELECT a.started_at, a.type, coalesce(p.name, a.person_id) AS who, a.minutes, a.outcome, a.subject "
        f"FROM {_relation(db, 'activities')} AS a "
        f"LEFT JOIN {_relation(db, 'people')} AS p ON p.person_id = a.person_id "
        "WHERE a.lead_id = $lead",
        {"lead": lead_id},
    )
    return [Step(row["started_at"], "activity", row["who"], row) for row in found]


def _ratings(db: Database, lead_id: str) -> list[Step]:
    return [Step(row["rated_at"], "rating", row["rater"], row) for row in ratings_of(db, lead_id)]


def _values(db: Database, lead_id: str) -> list[Step]:
    """What was learned of the lead after its creation."""
    found = db.records(
        f"SELECT x.attr, x.value, x.observed_at FROM {_relation(db, 'attribute_events')} AS x "
        f"JOIN {_relation(db, 'leads')} AS l ON l.lead_id = x.lead_id "
        "WHERE x.lead_id = $lead AND NOT x.assumed AND x.observed_at > l.created_at",
        {"lead": lead_id},
    )
    return [
        Step(row["observed_at"], "value", None, row | {"value": json.loads(row["value"] or "null")}) for row in found
    ]


def _classes(db: Database, lead_id: str) -> list[Step]:
    found = db.records(
        f"SELECT valid_from, readiness, version FROM {_relation(db, 'lead_classes')} WHERE lead_id = $lead "
        "AND valid_from <= $now ORDER BY valid_from",
        {"lead": lead_id, "now": viewpoint(db, Frame()).as_of},
    )
    steps, before = [], None
    for row in found:
        if row["readiness"] != before:
            steps.append(Step(row["valid_from"], "class", None, row))
        before = row["readiness"]
    return steps


def _relation(db: Database, name: str) -> str:
    return facts.table(db, name, viewpoint(db, Frame()))
