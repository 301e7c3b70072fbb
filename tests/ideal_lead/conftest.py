"""The tiny world of the measurement specification, as lead histories and a schedule of its two definitions."""

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest

from leadalign.ideal_lead.definition import Definition, Schedule
from leadalign.ideal_lead.known import LeadHistory

FIXTURE = Path(__file__).parents[3] / "shared" / "fixture"
ATTRIBUTES = ["country", "employees", "industry", "seniority", "budget", "timeline_days", "engagements_30d"]


def rows(name):
    with (FIXTURE / name).open(newline="") as file:
        return list(csv.DictReader(file))


def typed(text):
    """Numbers and flags as JSON has them; anything else is text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def moment(text):
    return datetime.fromisoformat(text)


def initial_events(lead):
    created = moment(lead["created_at"])
    return [
        (f"{lead['lead_id']}/{attr}", attr, typed(lead[attr]), created, created) for attr in ATTRIBUTES if lead[attr]
    ]


def later_events(lead_id):
    return [
        (row["event_id"], row["attr"], typed(row["value"]), moment(row["observed_at"]), moment(row["recorded_at"]))
        for row in rows("attribute_events.csv")
        if row["lead_id"] == lead_id
    ]


def merges(lead_id):
    return [
        (moment(row["occurred_at"]), row["reason"].removeprefix("dup_of:"), moment(row["recorded_at"]))
        for row in rows("stage_events.csv")
        if row["lead_id"] == lead_id and row["event"] == "merged"
    ]


@pytest.fixture(scope="session")
def versions():
    """The two signed definitions by their number."""
    return {n: Definition.from_json((FIXTURE / f"definition_v{n}.json").read_text()) for n in (1, 2)}


@pytest.fixture(scope="session")
def schedule(versions):
    return Schedule(versions.values())


@pytest.fixture(scope="session")
def leads():
    """Every lead of the fixture by its id."""
    return {
        lead["lead_id"]: LeadHistory(
            lead["lead_id"],
            moment(lead["created_at"]),
            tuple(initial_events(lead) + later_events(lead["lead_id"])),
            merges=tuple(merges(lead["lead_id"])),
        )
        for lead in rows("leads.csv")
    }
