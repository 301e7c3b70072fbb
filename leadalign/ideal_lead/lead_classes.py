"""Every lead's class at every moment, as a table: judged by SQL, and anew only where something has changed."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakKeyDictionary

import pyarrow as pa

from leadalign.engines.duckdb import Writer
from leadalign.ideal_lead.definition import Schedule
from leadalign.ideal_lead.film import Film, shoot
from leadalign.ideal_lead.intervals import ClassInterval, Mode, class_intervals
from leadalign.ideal_lead.judged import (
    BEGIN,
    CLASS,
    Reign,
    class_columns,
    first_difference,
    from_moment,
    judge_film,
    reigns,
)
from leadalign.ideal_lead.known import FAR, Clock
from leadalign.ideal_lead.marks import Mark, find_changed
from leadalign.ideal_lead.told import histories, tell, tell_touches
from leadalign.store import Database

COLUMNS = f"lead_id, valid_from, valid_to, {CLASS}"
MOST_PATCHED = 0.5
"""A film of which more leads than this share were replaced is made anew: what is deleted from it is not given back."""


@dataclass
class KeptFilm:
    """A film of all leads, as far as the log was read, and how many of its leads were replaced."""

    film: Film
    mark: Mark
    leads: int
    patched: int = 0

    @property
    def table(self) -> str:
        """The table of its stretches."""
        return f"derived.film_{self.film.clock}"

    @property
    def odd(self) -> str:
        """The table of the leads that are not in it, for the engine judges them."""
        return f"derived.odd_{self.film.clock}"


@dataclass(frozen=True)
class KeptClasses:
    """A table of classes: where it lies, by whom it was judged, as far as the log was read."""

    table: str
    ruling: tuple[Reign, ...]
    mark: Mark


@dataclass
class Kept:
    """What is kept of a database from one judging to the next."""

    films: dict[Clock, KeptFilm] = field(default_factory=dict)
    classes: dict[str, KeptClasses] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_kept: WeakKeyDictionary[Database, Kept] = WeakKeyDictionary()


@dataclass(frozen=True)
class Asked:
    """One question to the judges: which versions, in which mode, seen until when."""

    versions: Schedule
    mode: str
    until: datetime | None

    @property
    def how(self) -> Mode:
        """The mode, understood."""
        return Mode.of(self.mode)

    @property
    def film(self) -> Film:
        """The film on which all these versions can be judged."""
        return Film.of((self.versions.unsigned, *self.versions.signed), self.how.clock)


def forget(db: Database) -> None:
    """Lets the next judging begin from nothing."""
    with db.lock:
        _kept.pop(db, None)


def make_classes(db: Database, versions: Schedule, mode: str, as_of: datetime, table: str) -> None:
    """Makes `table`: one row per lead and interval of unchanged class; half-open, the last one until the far date."""
    asked = Asked(versions, mode, as_of if mode == "hindsight" else None)
    with db.lock:
        kept = _kept.setdefault(db, Kept())
    with kept.lock:
        try:
            with db.engine.deriving() as writer:
                found = _make(writer, kept, asked, table)
        except BaseException:
            kept.films.clear()  # what was kept may speak of tables that were rolled back
            kept.classes.clear()
            raise
        kept.classes[mode] = found


def _make(writer: Writer, kept: Kept, asked: Asked, table: str) -> KeptClasses:
    mark = Mark.here(writer.run, asked.until)
    shown = _film_until(writer, kept, asked, mark)
    ruling = tuple(reigns(asked.versions, asked.how))
    before = kept.classes.get(asked.mode)
    since = first_difference(before.ruling, ruling) if before and _usable(writer, before) else BEGIN
    if since == BEGIN or before is None:
        _from_the_film(writer, shown, asked, ruling, table)
    else:
        find_changed(writer.run, before.mark, mark, touches=bool(shown.film.counts))
        _from_before(writer, before, shown, asked, ruling, since, table)
    return KeptClasses(table, ruling, mark)


def _usable(writer: Writer, before: KeptClasses) -> bool:
    name = before.table.removeprefix("derived.")
    there = "SELECT 1 FROM duckdb_tables() WHERE database_name = 'derived' AND table_name = $name"
    return bool(writer.run(there, {"name": name})) and before.mark.still_stands(writer.run)


def _film_until(writer: Writer, kept: Kept, asked: Asked, mark: Mark) -> KeptFilm:
    """The film of all leads as the log is now: what is kept of it, with the leads replaced that have changed."""
    shown = kept.films.get(asked.how.clock)
    if shown and shown.film.shows(asked.film) and shown.mark.still_stands(writer.run):
        changed = find_changed(writer.run, shown.mark, mark, touches=bool(shown.film.counts))
        if shown.patched + changed <= MOST_PATCHED * shown.leads:
            _patch(writer, shown, asked.until, changed)
            shown.mark, shown.patched = mark, shown.patched + changed
            return shown
    kept.films[asked.how.clock] = _shoot_all(writer, asked, mark)
    return kept.films[asked.how.clock]


def _shoot_all(writer: Writer, asked: Asked, mark: Mark) -> KeptFilm:
    tell(writer.run, asked.film, asked.until)
    shoot(writer.run, asked.film)
    leads = writer.run("SELECT count(*) FROM told_leads")[0][0]
    made = KeptFilm(asked.film, mark, leads)
    writer.run(f"CREATE OR REPLACE TABLE {made.table} AS SELECT * FROM film_new")
    writer.run(f"CREATE OR REPLACE TABLE {made.odd} AS SELECT * FROM told_odd")
    writer.run("DROP TABLE film_new")
    return made


def _patch(writer: Writer, shown: KeptFilm, until: datetime | None, changed: int) -> None:
    """Replaces the changed leads in a film."""
    if not changed:
        return
    tell(writer.run, shown.film, until, only="changed")
    shoot(writer.run, shown.film)
    for table, new in ((shown.table, "film_new"), (shown.odd, "told_odd")):
        writer.run(f"DELETE FROM {table} WHERE lead_id IN (SELECT lead_id FROM changed)")
        writer.run(f"INSERT INTO {table} SELECT * FROM {new}")


def _from_the_film(writer: Writer, shown: KeptFilm, asked: Asked, ruling: Sequence[Reign], table: str) -> None:
    """Judges all leads."""
    tell_touches(writer.run, shown.film, asked.until)
    classes = judge_film(writer.run, writer.given, shown.film, f"FROM {shown.table}", ruling)
    writer.run(f"CREATE TABLE {table} AS SELECT {COLUMNS} FROM ({classes})")
    _by_engine(writer, f"FROM {shown.odd}", asked, table)


def _from_before(
    writer: Writer,
    before: KeptClasses,
    shown: KeptFilm,
    asked: Asked,
    ruling: Sequence[Reign],
    since: datetime,
    table: str,
) -> None:
    """Judges the leads in `changed`, and all from the moment since which another version judges; keeps the rest."""
    if since < FAR:
        writer.run(f"INSERT INTO changed FROM {shown.odd} ANTI JOIN changed USING (lead_id)")
    writer.run(
        f"CREATE TABLE {table} AS SELECT {COLUMNS} FROM (SELECT * REPLACE (least(valid_to, $since) AS valid_to) "
        f"FROM {before.table} ANTI JOIN changed USING (lead_id) WHERE valid_from < $since)",
        {"since": since},
    )
    tell_touches(writer.run, shown.film, asked.until, only=None if since < FAR else "changed")
    anew = f"FROM {shown.table} SEMI JOIN changed USING (lead_id)"
    _add(writer, shown, anew, ruling, table)
    if since < FAR:
        others = f"FROM {shown.table} ANTI JOIN changed USING (lead_id)"
        _add(writer, shown, others, from_moment(ruling, since), table)
    _by_engine(writer, f"FROM {shown.odd} SEMI JOIN changed USING (lead_id)", asked, table)


def _add(writer: Writer, shown: KeptFilm, source: str, ruling: Sequence[Reign], table: str) -> None:
    classes = judge_film(writer.run, writer.given, shown.film, source, ruling)
    writer.run(f"INSERT INTO {table} SELECT {COLUMNS} FROM ({classes})")


def _by_engine(writer: Writer, source: str, asked: Asked, table: str) -> None:
    """Adds the classes of the leads that SQL does not judge."""
    odd = [row[0] for row in writer.run(f"SELECT lead_id {source}")]
    if not odd:
        return
    leads = histories(writer.run, asked.versions.attributes, bool(asked.versions.touch_types), asked.until, odd)
    found = [
        (each, interval)
        for each in odd
        if each in leads
        for interval in class_intervals(leads[each], asked.versions, asked.mode, leads)
    ]
    with writer.given("judged_by_engine", _table(found, asked.versions)):
        writer.run(f"INSERT INTO {table} SELECT {COLUMNS} FROM judged_by_engine")


def _table(found: Iterable[tuple[str, ClassInterval]], versions: Schedule) -> pa.Table:
    rows = list(found)
    return pa.table({
        "lead_id": pa.array([lead_id for lead_id, _ in rows], pa.string()),
        **{
            name: pa.array([getattr(each, name) for _, each in rows], pa.timestamp("us", tz="UTC"))
            for name in ("valid_from", "valid_to")
        },
        **class_columns([(versions.version(each.version), each) for _, each in rows]),
    })  # fmt: skip
