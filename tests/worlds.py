"""Small worlds to test in: a few leads and what happened to them, written straight into a real database in memory."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd

from leadalign.ideal_lead.definition import Definition
from leadalign.store import Database, Upload, commit, open_database
from leadalign.store.people import COMMAND_LINE

START = datetime(2026, 1, 4, 6, tzinfo=UTC)
"""A Sunday morning, 08:00 in Jerusalem."""


def hours(number: float) -> datetime:
    """So many hours after the world began."""
    return START + timedelta(hours=number)


@dataclass
class World:
    """Leads, their steps, values, activities and ratings, each at so many hours after the world began."""

    leads: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    values: list[dict[str, Any]] = field(default_factory=list)
    activities: list[dict[str, Any]] = field(default_factory=list)
    ratings: list[dict[str, Any]] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)

    def lead(self, lead_id: str, at: float = 0, source: str | None = "Webinar", **known: Any) -> "World":
        """A lead created then; what is known of it is known from its creation."""
        self.leads.append({"lead_id": lead_id, "system": "native", "created_at": hours(at), "source": source})
        for attr, value in known.items():
            self.value(lead_id, attr, value, at)
        return self

    def value(self, lead_id: str, attr: str, value: Any, at: float, recorded: float | None = None) -> "World":
        """A value observed then, and recorded then or later."""
        row = {"lead_id": lead_id, "attr": attr, "value": json.dumps(value), "observed_at": hours(at), "source": "form"}
        recorded_at = hours(at if recorded is None else recorded)
        self.values.append({**row, "recorded_at": recorded_at, "event_id": f"v{len(self.values)}"})
        return self

    def step(self, lead_id: str, event: str, at: float, recorded: float | None = None, **more: Any) -> "World":
        """A step of the lead's story."""
        row = {"event_id": f"s{len(self.steps)}", "lead_id": lead_id, "event": event, "occurred_at": hours(at)}
        self.steps.append({**row, "recorded_at": hours(at if recorded is None else recorded), **more})
        return self

    def activity(
        self,
        lead_id: str | None,
        at: float,
        minutes: float | None = 30,
        rep: str = "r1",
        type: str = "call",
        recorded: float | None = None,
    ) -> "World":
        """A sales activity that began then."""
        row = {
            "activity_id": f"a{len(self.activities)}",
            "lead_id": lead_id,
            "person_id": rep,
            "type": type,
            "minutes": minutes,
        }
        self.activities.append(
            {**row, "started_at": hours(at), "recorded_at": hours(at if recorded is None else recorded)}
        )
        return self

    def rating(self, lead_id: str, rating: int, at: float, rater: str = "r1") -> "World":
        """A rating by sales."""
        row = {"rating_id": f"q{len(self.ratings)}", "lead_id": lead_id, "rater_id": rater, "rating": rating}
        self.ratings.append({**row, "rated_at": hours(at), "recorded_at": hours(at)})
        return self

    def person(self, person_id: str, function: str, **more: Any) -> "World":
        """Somebody who works here."""
        self.people.append({"person_id": person_id, "function": function, **more})
        return self

    def database(self) -> Database:
        """The world in a database in memory."""
        return self.into(open_database(None))

    def into(self, db: Database, at: datetime | None = None, system: str = "") -> Database:
        """The world added to a database as one upload, from the CRM `system` if one is named."""
        tables = {
            "leads": self.leads, "stages": self.steps, "attributes": self.values, "activities": self.activities,
            "ratings": self.ratings, "people": self.people, "definitions": [_row(each) for each in self.definitions],
        }  # fmt: skip
        records = {name: pd.DataFrame(rows) for name, rows in tables.items() if rows}
        commit(db, COMMAND_LINE, upload(records, at or hours(10_000), system or "world", system))
        return db


def upload(records: dict[str, pd.DataFrame], at: datetime, format_name: str = "world", system: str = "") -> Upload:
    """Rows as an upload of some format."""
    return Upload(
        file_name="world.csv",
        content=b"",
        sha256="",
        format_name=format_name,
        format_toml=f'system = "{system}"' if system else "",
        kind="leads",
        records=records,
        report={"rows": 0, "refused": []},
        uploaded_at=at,
    )


def _row(each: Definition) -> dict[str, Any]:
    return {
        "definition_id": each.definition_id,
        "version": each.version,
        "effective_from": each.effective_from,
        "effective_to": each.effective_to,
        "signed_marketing": each.agreed_by["marketing"],
        "signed_sales": each.agreed_by["sales"],
        "rules": each.model_dump_json(),
        "sha256": each.sha(),
    }
