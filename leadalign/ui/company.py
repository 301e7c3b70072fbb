"""The company whose data the pages show: its one database, its calendar, its names, its definition in force."""

import threading
from datetime import UTC, date, datetime
from typing import Any

from leadalign import store
from leadalign.facts.given import calendar as business_calendar
from leadalign.ideal_lead.classes import schedule
from leadalign.measure import Frame, rows, values
from leadalign.store import Actor, Database
from leadalign.texts import formats, has, say
from leadalign.ui.memory import database, remembered

FACT_OF = {"source": "created_leads", "campaign": "created_leads", "rep": "sales_activities"}
WORDED = {"origin": "ui.origins", "readiness": "ui.readiness", "type": "ui.activity_types", "state": "ui.states"}

calendar = business_calendar
_replacing = threading.Lock()


def today() -> date:
    """The last day that the data know of, in the company's zone; today where there are none."""
    return calendar().day_of(changed_at() or datetime.now(UTC))


@remembered
def last_day(db: Database) -> date:
    """The last day on which anything happened: periods are counted back from it."""
    found = [row[0]["day"] for fact in ("milestones", "sales_activities") if (row := rows(db, fact, Frame(), "day", 1))]
    return max(found, default=today())


def changed_at() -> datetime | None:
    """The instant up to which the database knows the company."""
    return database().changed_at


def has_data() -> bool:
    """Whether anything was taken in that still counts."""
    return changed_at() is not None


@remembered
def names_of(db: Database, column: str) -> tuple[tuple[str, str], ...]:
    """The values that can be chosen of a column, each with its name."""
    found = [str(value) for value in values(db, FACT_OF[column], column, Frame()) if value not in (None, "")]
    return tuple((value, value) for value in found)


def name_of_group(column: str, key: Any, language: str) -> str:
    """The name of one value of a column, for a reader; a blank one says so."""
    if key in (None, "", "None"):
        return say("ui.figure.blank", language)
    worded = f"{WORDED.get(column, '')}.{key}"
    if has(worded):
        return say(worded, language)
    return formats.day(date.fromisoformat(str(key)), language) if column in ("week", "day") else str(key)


@remembered
def definition_in_words(db: Database, language: str) -> str:
    """By which definition leads are judged now."""
    in_force = schedule(db).in_force(db.changed_at or datetime.now(UTC))
    if in_force.version == 0:
        return say("ui.definition.unsigned", language)
    since = formats.day(calendar().day_of(in_force.effective_from), language)
    return say("ui.definition.signed", language, version=in_force.version, since=since)


@remembered
def definition_in_short(db: Database, language: str) -> str:
    """The same for a card: the version, or that there is none yet, and as known when."""
    in_force = schedule(db).in_force(db.changed_at or datetime.now(UTC))
    key = "short_signed" if in_force.version else "short_unsigned"
    known = formats.day(calendar().day_of(db.changed_at or datetime.now(UTC)), language, year=False)
    return say(f"ui.definition.{key}", language, version=in_force.version, known=known)


@remembered
def is_demo(db: Database) -> bool:
    """Whether the pages show the demo company."""
    return store.is_demo(db)


def replace_demo(who: Actor) -> None:
    """Takes the demo company out of every page."""
    with _replacing:
        store.start_with_own_data(database(), who)
