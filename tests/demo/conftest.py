"""The demo company as its files tell it, read with nothing but the csv module: tables, and leads put together again."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from leadalign.demo import mess
from leadalign.demo.company import write_demo
from leadalign.demo.definitions import WASTE, route
from leadalign.demo.workdays import ZONE

UNTIL = date(2026, 11, 22)
MINUTES = {"Call": 10, "Meeting": 60, "Demo": 60, "Email": 5}
NUMBERS = ("number_of_employees", "timeline_days", "engagements_30d")
COLUMNS = {
    "number_of_employees": "Number of Employees",
    "industry": "Industry",
    "country_region": "Country/Region",
    "seniority": "Seniority",
    "budget_confirmed": "Budget Confirmed",
    "timeline_days": "Timeline (days)",
    "engagements_30d": "Engagements (30d)",
}
Row = dict[str, str]


@dataclass(frozen=True)
class Files:
    """The folder and its tables; title lines and footers are taken off the way a person would."""

    folder: Path

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def rows(self, name: str) -> list[Row]:
        table = max(self.text(name).split("\n\n"), key=len)
        return list(csv.DictReader(io.StringIO(table)))

    def definition(self, version: int) -> dict[str, Any]:
        return json.loads(self.text(f"definition_v{version}.json"))


@dataclass
class Activity:
    rep: str
    started: datetime
    minutes: float
    logged: bool


@dataclass
class Told:
    """One lead, as the files together tell it."""

    source: str
    created: datetime
    attributes: dict[str, Any]
    won_on: datetime | None = None
    opened: datetime | None = None
    facts: list[tuple[datetime, datetime, str, Any]] = field(default_factory=list)
    events: list[tuple[datetime, str]] = field(default_factory=list)
    work: list[Activity] = field(default_factory=list)
    ratings: list[int] = field(default_factory=list)

    def known(self, moment: datetime) -> dict[str, Any]:
        told = sorted(fact for fact in self.facts if fact[1] <= moment)
        return self.attributes | {attr: value for _, _, attr, value in told}

    def when(self, event: str) -> list[datetime]:
        return sorted(moment for moment, name in self.events if name == event)


@dataclass
class Company:
    leads: dict[str, Told]
    definitions: list[dict[str, Any]]
    people: dict[str, str]

    def route(self, lead: Told, moment: datetime) -> str:
        turn = datetime.fromisoformat(self.definitions[1]["effective_from"])
        return route(self.definitions[moment >= turn], lead.known(moment))

    def is_waste(self, lead: Told, activity: Activity) -> bool:
        in_pipeline = lead.opened is not None and lead.opened <= activity.started
        return not in_pipeline and self.route(lead, activity.started) in WASTE


def value_of(attr: str, text: str) -> Any:
    if text == "":
        return None
    if attr == "budget_confirmed":
        return text == "true"
    return int(text) if attr in NUMBERS else text


def stamp(shape: str) -> Callable[[str], datetime]:
    return lambda text: datetime.strptime(text, shape).replace(tzinfo=ZONE)


from_hubspot, salesforce_day, salesforce_minute = stamp("%Y-%m-%d %H:%M"), stamp("%d/%m/%Y"), stamp("%d/%m/%Y %H:%M")


def from_utc(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def leads_of(files: Files) -> dict[str, Told]:
    leads = {}
    for row in files.rows("hubspot_contacts.csv"):
        facts = {attr: value_of(attr, row[column]) for attr, column in COLUMNS.items()}
        lead = leads[row["Record ID"]] = Told(row["Original Source"].strip(), from_hubspot(row["Create Date"]), facts)
        if row["Became a Sales Qualified Lead Date"]:
            lead.events.append((from_hubspot(row["Became a Sales Qualified Lead Date"]), "handed_off"))
    return leads


def add_events(files: Files, leads: dict[str, Told]) -> None:
    for row in files.rows("stage_events.csv"):
        leads[row["lead_id"]].events.append((from_utc(row["occurred_at"]), row["event"]))
    for row in files.rows("attribute_events.csv"):
        clocks = from_utc(row["observed_at"]), from_utc(row["recorded_at"])
        leads[row["lead_id"]].facts.append((*clocks, row["attr"], value_of(row["attr"], row["value"])))
    for row in files.rows("ratings.csv"):
        leads[row["lead_id"]].ratings.append(int(row["rating"]))


def add_sales(files: Files, leads: dict[str, Told], people: dict[str, str]) -> None:
    for row in files.rows("salesforce_opportunities.csv"):
        lead = leads[row["Lead ID"]]
        lead.opened = salesforce_day(row["Created Date"])
        lead.won_on = salesforce_day(row["Close Date"]) if row["Stage"] == "Closed Won" else None
    for row in {row["Activity ID"]: row for row in files.rows("salesforce_tasks.csv")}.values():
        seconds, lead_id = row["Call Duration (sec)"], row["Lead ID"]
        if lead_id == mess.UNKNOWN_LEAD or seconds == "180000":
            continue
        minutes = int(seconds) / 60 if seconds else MINUTES[row["Task Type"]]
        work = Activity(people[row["Assigned"]], salesforce_minute(row["Date"]), minutes, bool(seconds))
        leads[lead_id].work.append(work)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, until=UNTIL)
    return Files(folder)


@pytest.fixture(scope="session", params=[7, 1, 2, 3])
def company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The company of several seeds: what is planted does not hang on one."""
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, seed=request.param, until=UNTIL)
    return read_company(Files(folder))


@pytest.fixture(scope="session")
def default_company(files: Files) -> Company:
    return read_company(files)


def read_company(files: Files) -> Company:
    leads = leads_of(files)
    people = {row["name"]: row["person_id"] for row in files.rows("people.csv")}
    add_events(files, leads)
    add_sales(files, leads, people)
    return Company(leads, [files.definition(1), files.definition(2)], people)
