"""What facts rest on besides the log: viewpoint, calendar, types of activity, words and marks, every lead's class."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

import pyarrow as pa

from leadalign.facts.sides import sides, step_things, tellers
from leadalign.ideal_lead.classes import TABLES as CLASS_TABLES
from leadalign.ideal_lead.classes import class_table
from leadalign.intake import addresses
from leadalign.settings import settings
from leadalign.store import Database
from leadalign.work_calendar import Calendar

FIRST_DAY, LAST_DAY = date(2005, 1, 1), date(2040, 12, 31)
NOT_SALES_TIME = ("automated_email", "internal_meeting")


@dataclass(frozen=True)
class Viewpoint:
    """From when, and by which facts and definition, one looks: as of an instant; known, hindsight or what-if:N."""

    as_of: datetime
    mode: str = "known"


ANYWHERE = Viewpoint(datetime(1970, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Given:
    """A relation that no SQL can tell: how to make it, and the tables of the log that it changes with."""

    build: Callable[[Database, Viewpoint, str], None]
    rests_on: tuple[str, ...] = ()
    seen_from: Callable[[Viewpoint], Viewpoint] = lambda view: ANYWHERE
    """As much of the viewpoint as it depends on."""


def calendar() -> Calendar:
    """The company's business calendar, by its settings."""
    s = settings()
    return Calendar(
        zone=s.zone, work_days=s.work_days, holidays_country=s.holidays_country, half_day_fraction=s.half_day_fraction,
        day_overrides=s.day_overrides, week_start=s.week_start,
    )  # fmt: skip


def _viewpoint(db: Database, view: Viewpoint, name: str) -> None:
    s = settings()
    db.engine.run(
        f"CREATE TABLE {name} AS SELECT CAST($as_of AS TIMESTAMPTZ) AS as_of, $mode AS mode, $zone AS zone, "
        "CAST($allowance AS DOUBLE) AS allowance_minutes, CAST($rating_days AS INTEGER) AS rating_work_days, "
        "CAST($today AS DATE) AS today, CAST($daily AS DOUBLE) AS daily_work_minutes",
        {
            "as_of": view.as_of,
            "today": calendar().day_of(view.as_of),
            "daily": s.daily_work_minutes,
            "mode": view.mode,
            "zone": s.zone,
            "allowance": s.allowance_minutes,
            "rating_days": s.rating_work_days,
        },
    )


def _calendar_days(db: Database, view: Viewpoint, name: str) -> None:
    _store(db, name, _days())


@cache
def _days() -> pa.Table:
    """The calendar as a table; the same for every database of this process."""
    columns = list(zip(*calendar().rows(FIRST_DAY, LAST_DAY), strict=True))
    return pa.table(
        dict(zip(("day", "week", "month", "work_fraction", "work_day_no"), map(list, columns), strict=True))
    )


def _activity_types(db: Database, view: Viewpoint, name: str) -> None:
    minutes = settings().default_minutes
    types = [*minutes, *NOT_SALES_TIME]
    _store(
        db,
        name,
        {
            "type": types,
            "minutes": [minutes.get(t) for t in types],
            "is_sales_time": [t not in NOT_SALES_TIME for t in types],
        },
    )


def _lead_classes(db: Database, view: Viewpoint, name: str) -> None:
    class_table(db, view.mode, view.as_of, name)


def _address_words(db: Database, view: Viewpoint, name: str) -> None:
    competitors = {"competitor": tuple(domain.lower() for domain in settings().competitor_domains)}
    rows = [(word, kind) for kind, found in {**addresses.words(), **competitors}.items() for word in found]
    _store(db, name, {"word": [word for word, _ in rows], "kind": [kind for _, kind in rows]})


def _key_marks(db: Database, view: Viewpoint, name: str) -> None:
    marks, letters = addresses.folded()
    around = addresses.INVISIBLE + addresses.VOWELS + addresses.BETWEEN + addresses.WITHIN + addresses.BLANKS
    _store(db, name, {
        "marks": [marks], "letters": [letters], "blanks": [addresses.BLANKS], "unseen": [addresses.INVISIBLE],
        "around_digits": [around],
    })  # fmt: skip


def _tellers(db: Database, view: Viewpoint, name: str) -> None:
    rows = [{**row, "uploaded_on": calendar().day_of(row.pop("uploaded_at"))} for row in tellers(db)]
    kinds = {"batch_id": pa.string(), "system": pa.string(), "side": pa.string(), "uploaded_on": pa.date32()}
    _store(db, name, pa.table({key: pa.array([row[key] for row in rows], kind) for key, kind in kinds.items()}))


def _store(db: Database, name: str, content: pa.Table | dict[str, list[object]]) -> None:
    rows = (
        content if isinstance(content, pa.Table) else pa.table({key: list(values) for key, values in content.items()})
    )
    with db.engine.transaction() as writer, writer.given("given_rows", rows):
        writer.run(f"CREATE TABLE {name} AS SELECT * FROM given_rows")


def _seen_by_classes(view: Viewpoint) -> Viewpoint:
    """What was known at a moment depends on no later instant; hindsight does."""
    return view if view.mode == "hindsight" else Viewpoint(ANYWHERE.as_of, view.mode)


GIVEN = {
    "viewpoint": Given(_viewpoint, seen_from=lambda view: view),
    "calendar_days": Given(_calendar_days),
    "activity_types": Given(_activity_types),
    "address_words": Given(_address_words),
    "key_marks": Given(_key_marks),
    "sides": Given(lambda db, view, name: _store(db, name, sides())),
    "step_things": Given(lambda db, view, name: _store(db, name, step_things())),
    "tellers": Given(_tellers, ("batches",)),
    "lead_classes": Given(_lead_classes, CLASS_TABLES, _seen_by_classes),
}
