"""A metric, sliced and filtered: the only place where a page's query runs."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Any

from leadalign import facts
from leadalign.ideal_lead.classes import check_mode
from leadalign.metrics import Metric, metric
from leadalign.problems import Refusal
from leadalign.store import Database

FILTER = re.compile(r"FILTER \(WHERE (.*)\)$", re.DOTALL)


@dataclass(frozen=True)
class Frame:
    """What one looks at: the instant and mode of knowing, a period [start, end), and columns held at a value."""

    as_of: datetime | None = None
    mode: str = "known"
    start: date | None = None
    end: date | None = None
    where: tuple[tuple[str, str], ...] = ()

    def at(self, **held: Any) -> "Frame":
        """The same frame with more columns held at a value."""
        return replace(self, where=(*self.where, *((name, _as_text(value)) for name, value in held.items())))

    def between(self, start: date | None, end: date | None) -> "Frame":
        """The same frame over another period."""
        return replace(self, start=start, end=end)


@dataclass(frozen=True)
class Measured:
    """One slice of a measurement: its part and whole, and how many rows and leads it rests on."""

    by: tuple[Any, ...]
    part: float | None
    whole: float | None
    rows: int
    leads: int


def measure(db: Database, name: str, frame: Frame, by: tuple[str, ...] = ()) -> list[Measured]:
    """`name` for each slice of `by`, in the order of the slices; sums are not divided yet."""
    asked = metric(name)
    sql, bound = query(db, name, frame, by)
    width = len(by)
    return [
        Measured(
            row[:width],
            _number(row[width]),
            _number(row[width + 1]) if asked.whole else None,
            row[width + 2],
            row[width + 3],
        )
        for row in db.rows(sql, bound)
    ]


def query(db: Database, name: str, frame: Frame, by: tuple[str, ...] = ()) -> tuple[str, dict[str, Any]]:
    """The SQL that measures `name`, and the values bound in it: what "how is this computed" shows."""
    asked = metric(name)
    source, condition, bound = _source(db, asked, frame, by)
    columns = "".join(f"{column}, " for column in by)
    whole = f"CAST({asked.whole} AS DOUBLE)" if asked.whole else "CAST(NULL AS DOUBLE)"
    grouped = f"\nGROUP BY {', '.join(by)}\nORDER BY {', '.join(by)}" if by else ""
    return (
        f"SELECT {columns}CAST({asked.part} AS DOUBLE) AS part,\n  {whole} AS whole, "
        f"count(*) AS fact_rows, count(DISTINCT lead_id) FILTER (WHERE {_counted(asked)}) AS leads\n"
        f"FROM {source}\nWHERE {condition}{grouped}",
        bound,
    )


def leads_behind(db: Database, name: str, frame: Frame, limit: int = 100_000) -> list[str]:
    """The leads that a figure's part counts (its whole, where the part is no choice of rows)."""
    asked = metric(name)
    source, condition, bound = _source(db, asked, frame, ())
    where = f"{condition} AND {_counted(asked)} AND lead_id IS NOT NULL"  # a deal won may have no known lead
    sql = f"SELECT DISTINCT lead_id FROM {source} WHERE {where} ORDER BY lead_id"
    return [row[0] for row in db.rows(f"{sql} LIMIT {int(limit)}", bound)]


def values(db: Database, fact: str, column: str, frame: Frame) -> list[Any]:
    """The values that a column of a fact takes, in order: what a filter offers."""
    where, bound = _condition(replace(frame, where=()))
    check_columns(db, fact, (column,), frame)
    return [
        row[0]
        for row in db.rows(f"SELECT DISTINCT {column} FROM {_table(db, fact, frame)} WHERE {where} ORDER BY 1", bound)
    ]


def rows(db: Database, fact: str, frame: Frame, order: str = "", limit: int = 1000) -> list[dict[str, Any]]:
    """Rows of a fact as they are, for lists and stories; `order` is a column, newest or largest first."""
    check_columns(db, fact, (*(name for name, _ in frame.where), *((order,) if order else ())), frame)
    where, bound = _condition(frame, dated="day" in facts.columns(db, fact, viewpoint(db, frame)))
    by = f" ORDER BY {order} DESC NULLS LAST" if order else ""
    return db.records(f"SELECT * FROM {_table(db, fact, frame)} WHERE {where}{by} LIMIT {int(limit)}", bound)


def viewpoint(db: Database, frame: Frame) -> facts.Viewpoint:
    """From when one looks: the instant asked for, else the last one that the database knows of."""
    return facts.Viewpoint(frame.as_of or db.changed_at or datetime(1970, 1, 1, tzinfo=UTC), frame.mode)


def _source(db: Database, asked: Metric, frame: Frame, by: tuple[str, ...]) -> tuple[str, str, dict[str, Any]]:
    """The fact's table, and the condition with its values; names that the fact does not have are refused."""
    check_mode(db, frame.mode)
    check_columns(db, asked.over, (*by, *(name for name, _ in frame.where)), frame, asked.name)
    condition, bound = _condition(frame)
    return _table(db, asked.over, frame), condition, bound


def _table(db: Database, fact: str, frame: Frame) -> str:
    return facts.table(db, fact, viewpoint(db, frame))


def check_columns(db: Database, fact: str, asked: tuple[str, ...], frame: Frame, name: str | None = None) -> None:
    """Raises Refusal, with the nearest name, where the fact has no such column."""
    there = facts.columns(db, fact, viewpoint(db, frame))
    for column in asked:
        if column not in there:
            near = get_close_matches(column, there, n=1)
            raise Refusal(
                "unknown_column", metric=name or fact, column=column, hint=near[0] + "?" if near else ", ".join(there)
            )


def _condition(frame: Frame, dated: bool = True) -> tuple[str, dict[str, Any]]:
    parts: list[str] = ["TRUE"]
    bound: dict[str, Any] = {}
    if frame.start and dated:
        parts.append("day >= $start")
        bound["start"] = frame.start
    if frame.end and dated:
        parts.append("day < $end")
        bound["end"] = frame.end
    for number, (column, value) in enumerate(frame.where):
        parts.append(f"CAST({column} AS VARCHAR) = $held_{number}")
        bound[f"held_{number}"] = value
    return " AND ".join(parts), bound


def _counted(asked: Metric) -> str:
    """The rows that the metric names or its part chooses; those of the whole where the part is no choice of rows."""
    if asked.behind:
        return f"({asked.behind}) AND lead_id <> ''"
    chosen = FILTER.search(asked.part) or FILTER.search(asked.whole or "")
    return f"({chosen.group(1)}) AND lead_id <> ''" if chosen else "lead_id <> ''"


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
