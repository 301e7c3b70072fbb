"""The tiny world of the measurement specification, as lead histories and a schedule of its two definitions."""

import csv
import json
from datetime import datetime

import pytest

from leadalign.ideal_lead.definition import Definition, Schedule
from leadalign.ideal_lead.known import LeadHistory

ATTRIBUTES = ["country", "employees", "industry", "seniority", "budget", "timeline_days", "engagements_30d"]


def rows(shared, name):
    with (shared / "fixture" / name).open(newline="") as file:
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


def later_events(shared, lead_id):
    return [
        (row["event_id"], row["attr"], typed(row["value"]), moment(row["observed_at"]), moment(row["recorded_at"]))
        for row in rows(shared, "attribute_events.csv")
        if row["lead_id"] == lead_id
    ]


def merges(shared, lead_id):
    return [
        (moment(row["occurred_at"]), row["reason"].removeprefix("dup_of:"), moment(row["recorded_at"]))
        for row in rows(shared, "stage_events.csv")
        if row["lead_id"] == lead_id and row["event"] == "merged"
    ]


@pytest.fixture(scope="session")
def versions(shared):
    """The two signed definitions by their number."""
    return {n: Definition.from_json((shared / "fixture" / f"definition_v{n}.json").read_text()) for n in (1, 2)}


@pytest.fixture(scope="session")
def schedule(versions):
    return Schedule(versions.values())


@pytest.fixture(scope="session")
def leads(shared):
    """Every lead of the fixture by its id."""
    return {
        lead["lead_id"]: LeadHistory(
            lead["lead_id"],
            moment(lead["created_at"]),
            tuple(initial_events(lead) + later_events(shared, lead["lead_id"])),
            merges=tuple(merges(shared, lead["lead_id"])),
        )
        for lead in rows(shared, "leads.csv")
    }
