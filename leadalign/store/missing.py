"""Leads and deals that an export showed before and shows no more: counted, taken for gone where a person says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow

from leadalign.store.database import Database, now

CHANGES = Path(__file__).parent / "changes"
KINDS = {"leads": "disqualified", "deals": "lost"}
"""The exports that must show what they showed, and the step that a record takes when it is gone."""
FULL_EXPORT = 0.8
"""An export that still shows this share of what it showed before looks whole; others were filtered, or are parts."""
EXAMPLES = 5


@dataclass(frozen=True)
class Shown:
    """The records that a file shows, by ID, and whether a person said that those it lacks are gone."""

    ids: Sequence[str]
    others_are_gone: bool = False


@dataclass(frozen=True)
class Missing:
    """Records that a whole export must show and this one does not: how many, of how many known, some of them."""

    count: int
    whole: int
    examples: tuple[str, ...]


def missing_records(
    db: Database, kind: str, format_name: str, ids: Sequence[str], at: datetime | None
) -> Missing | None:
    """What an export that looks whole lacks; None where it lacks nothing, or does not look whole."""
    if kind not in KINDS or not db.rows("SELECT 1 FROM live.batches WHERE format = ? LIMIT 1", [format_name]):
        return None
    bound = {"format": format_name, "uploaded_at": at or now()}
    with db.engine.looking() as reader, reader.given("shown", _table(ids)):
        whole, shown, count, names = reader.run(
            "SELECT count(*), count(*) FILTER (WHERE is_shown), count(*) FILTER (WHERE is_open AND NOT is_shown), "
            "list(coalesce(name, record_id) ORDER BY record_id) FILTER (WHERE is_open AND NOT is_shown) "
            f"FROM ({_sql(f'missing_{kind}')})", bound
        )[0]  # fmt: skip
    looks_whole = whole and shown >= FULL_EXPORT * whole
    return Missing(count, whole, tuple(names[:EXAMPLES])) if looks_whole and count else None


def tell_of_missing(writer: Any, kind: str, shown: Shown, bound: dict[str, Any]) -> tuple[int, int]:
    """(back, gone): what was taken for gone and is shown again stands as before; what is gone now takes its last step.

    Before the batch itself is written: what it brings is not what it lacks.
    """
    bound = {**bound, "kind": kind, "event": KINDS[kind]}
    with writer.given("shown", _table(shown.ids)):
        back = _written(writer, _sql("back"), bound)
        if not shown.others_are_gone:
            return back, 0
        _written(writer, f"CREATE OR REPLACE TEMP TABLE missing AS {_sql(f'missing_{kind}')}", bound)
        return back, _written(writer, _sql("gone"), bound)


def _written(writer: Any, sql: str, bound: dict[str, Any]) -> int:
    """How many rows a statement wrote, with those of the values bound that it names."""
    return int(writer.run(sql, {name: value for name, value in bound.items() if f"${name}" in sql})[0][0])


def _sql(name: str) -> str:
    return (CHANGES / f"{name}.sql").read_text(encoding="utf-8")


def _table(ids: Sequence[str]) -> Any:
    """The IDs as a table, some of them twice."""
    return pyarrow.table({"id": pyarrow.array(ids, pyarrow.string())})
