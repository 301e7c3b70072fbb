"""Facts as tables: derived from the log for one viewpoint, kept until something they rest on is written to."""

import re
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

from leadalign.facts.given import GIVEN, Viewpoint
from leadalign.store import Database

__all__ = ["Viewpoint", "columns", "names", "sql", "table"]

HERE = Path(__file__).parent
MENTIONS = re.compile(r"\b(?:FROM|JOIN)\s+([a-z_0-9]+(?:\.[a-z_0-9]+)?)", re.IGNORECASE)
ASKS_NOW = re.compile(r"v\.as_of >=|v\.today")
KEPT = 160


SECOND_CLOCK = {
    "stage_events": "occurred_at", "attribute_events": "observed_at", "activities": "started_at", "ratings": "rated_at"
}  # fmt: skip
"""Besides when it was recorded: when a row of that table was true."""


@dataclass
class Shelf:
    """The tables derived in one database: by name, viewpoint and the versions of what they rest on."""

    tables: OrderedDict[tuple[str, Viewpoint, int], str]
    columns: dict[str, tuple[str, ...]]
    latest: dict[tuple[str, int], datetime | None]
    lock: threading.RLock
    built: int = 0


_shelves: WeakKeyDictionary[Database, Shelf] = WeakKeyDictionary()


def names() -> tuple[str, ...]:
    """The facts that a metric may be measured over."""
    return tuple(sorted(path.stem for path in HERE.glob("*.sql")))


@cache
def sql(name: str) -> str:
    """The text of a fact or of what it rests on, as analysts read it."""
    for path in (HERE / f"{name}.sql", HERE / "known" / f"{name}.sql"):
        if path.exists():
            return path.read_text(encoding="utf-8")
    raise KeyError(name)


def table(db: Database, name: str, view: Viewpoint) -> str:
    """The name of a table that holds fact `name` seen from `view`; built now if it is missing or out of date."""
    shelf = _shelf(db)
    with shelf.lock:
        view = _as_far_as_it_matters(db, shelf, name, view)
        key = (name, view, db.version(_log_tables(name)))
        if key not in shelf.tables:
            shelf.tables[key] = _build(db, shelf, name, view)
            _clear(db, shelf)
        shelf.tables.move_to_end(key)
        return shelf.tables[key]


def columns(db: Database, name: str, view: Viewpoint) -> tuple[str, ...]:
    """The columns of a fact: what its metrics can be sliced by."""
    found, shelf = table(db, name, view), _shelf(db)
    if found not in shelf.columns:
        shelf.columns[found] = tuple(row[0] for row in db.rows(f"SELECT column_name FROM (DESCRIBE {found})"))
    return shelf.columns[found]


def _shelf(db: Database) -> Shelf:
    with db.lock:
        if db not in _shelves:
            _shelves[db] = Shelf(OrderedDict(), {}, {}, threading.RLock())
        return _shelves[db]


def _as_far_as_it_matters(db: Database, shelf: Shelf, name: str, view: Viewpoint) -> Viewpoint:
    """The viewpoint, brought back to the last thing that a relation can know of: later ones see the same.

    So a rating typed now makes no activity be judged again. A relation that asks what holds at the instant itself
    (and not only what was known by then) keeps it.
    """
    if name in GIVEN:
        return GIVEN[name].seen_from(view)
    if any(ASKS_NOW.search(sql(each)) for each in (name, *_foundations(name)) if each not in GIVEN):
        return view
    latest = [_latest(db, shelf, each) for each in _log_tables(name)]
    known = max((each for each in latest if each), default=view.as_of)
    return replace(view, as_of=min(view.as_of, known))


def _latest(db: Database, shelf: Shelf, log_table: str) -> datetime | None:
    """The last instant that a table of the log speaks of."""
    key = (log_table, db.version([log_table]))
    if key not in shelf.latest:
        clocks = [clock for clock in ("recorded_at", SECOND_CLOCK.get(log_table)) if clock]
        greatest = f"greatest({', '.join(clocks)})" if len(clocks) > 1 else clocks[0]
        shelf.latest[key] = db.rows(f"SELECT max({greatest}) FROM live.{log_table}")[0][0]
    return shelf.latest[key]


def _build(db: Database, shelf: Shelf, name: str, view: Viewpoint) -> str:
    """Derives one table, its foundations first."""
    shelf.built += 1
    built = f"derived.{name}_{shelf.built}"
    if name in GIVEN:
        GIVEN[name].build(db, view, built)
        return built
    bases = {base: table(db, base, view) for base in _foundations(name)}
    known = ", ".join(f"{base} AS (SELECT * FROM {where})" for base, where in bases.items())
    db.engine.run(f"CREATE TABLE {built} AS {'WITH ' + known if known else ''} SELECT * FROM (\n{sql(name)}\n) AS fact")
    return built


def _clear(db: Database, shelf: Shelf) -> None:
    """Drops the tables that nobody asked for longest."""
    while len(shelf.tables) > KEPT:
        dropped = shelf.tables.popitem(last=False)[1]
        shelf.columns.pop(dropped, None)
        db.engine.run(f"DROP TABLE IF EXISTS {dropped}")


@cache
def _foundations(name: str) -> tuple[str, ...]:
    """The relations, given or derived, that a relation's SQL reads directly."""
    text = re.sub(r"--[^\n]*", "", sql(name))
    return tuple(sorted({word for word in MENTIONS.findall(text) if "." not in word and _exists(word)}))


@cache
def _log_tables(name: str) -> tuple[str, ...]:
    """All the tables of the log that a relation rests on, however deep."""
    if name in GIVEN:
        return GIVEN[name].rests_on
    text = re.sub(r"--[^\n]*", "", sql(name))
    direct = {word.removeprefix("live.") for word in MENTIONS.findall(text) if word.startswith("live.")}
    return tuple(sorted(direct.union(*(_log_tables(base) for base in _foundations(name)))))


def _exists(name: str) -> bool:
    try:
        return name in GIVEN or bool(sql(name))
    except KeyError:
        return False
