"""Facts as tables: derived from the log for one viewpoint, kept until something they rest on is written to."""

import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from leadalign.facts.given import GIVEN, Viewpoint
from leadalign.problems import Refusal
from leadalign.store import Database

__all__ = ["Viewpoint", "columns", "names", "sql", "table"]

HERE = Path(__file__).parent
MENTIONS = re.compile(r"\b(?:FROM|JOIN)\s+([a-z_0-9]+(?:\.[a-z_0-9]+)?)", re.IGNORECASE)
KEPT = 160


@dataclass
class Shelf:
    """The tables derived in one database: by name, viewpoint and the versions of what they rest on."""

    tables: OrderedDict[tuple[str, Viewpoint, int], str]
    lock: threading.RLock
    built: int = 0


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
        key = (name, view, db.version(_log_tables(name)))
        if key not in shelf.tables:
            shelf.tables[key] = _build(db, shelf, name, view)
            _clear(db, shelf)
        shelf.tables.move_to_end(key)
        return shelf.tables[key]


def columns(db: Database, name: str, view: Viewpoint) -> tuple[str, ...]:
    """The columns of a fact: what its metrics can be sliced by."""
    return tuple(row[0] for row in db.rows(f"SELECT column_name FROM (DESCRIBE {table(db, name, view)})"))


def _shelf(db: Database) -> Shelf:
    with db.lock:
        if not hasattr(db, "derived_shelf"):
            db.derived_shelf = Shelf(OrderedDict(), threading.RLock())  # type: ignore[attr-defined]
        return db.derived_shelf  # type: ignore[attr-defined]


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
        db.engine.run(f"DROP TABLE IF EXISTS {shelf.tables.popitem(last=False)[1]}")


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


def check(name: str) -> None:
    """Raises Refusal where there is no such fact."""
    if name not in names():
        raise Refusal("unknown_metric", metric=name, hint=", ".join(names()))
