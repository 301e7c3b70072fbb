"""Marketing's count against sales' count of the same thing: the two lists of leads, and why they differ."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from leadalign import facts
from leadalign.measure import Frame, viewpoint
from leadalign.store import Database

THINGS = ("created", "handed_over", "opportunity", "won")
State = Literal["two_sides", "one_side", "nothing"]
Row = dict[str, Any]


@dataclass(frozen=True)
class Reconciliation:
    """Two lists of the same thing: `marketing` = `both` + those only there, `sales` = `both` + those only there."""

    thing: str
    state: State
    marketing: int = 0
    sales: int = 0
    both: int = 0
    only_marketing: tuple[Row, ...] = ()
    only_sales: tuple[Row, ...] = ()
    moved: tuple[Row, ...] = ()
    """In both lists, but on another day."""

    def reasons(self, part: str) -> Counter[str]:
        """How often each reason stands behind what one list lacks."""
        return Counter(row["reason"] for row in getattr(self, part))


def reconciliation(db: Database, frame: Frame, thing: str) -> Reconciliation:
    """The two lists of `thing` in the frame's period: each lead by the day that the list's own system tells."""
    table = facts.table(db, "reconciled", viewpoint(db, replace(frame, where=())))
    rows = db.records(f"SELECT * FROM {table} WHERE thing = $thing ORDER BY day, lead_id", {"thing": thing})
    if not rows or not rows[0]["is_told_twice"]:
        return Reconciliation(thing, "one_side" if rows else "nothing")
    here = [(row, _within(row["marketing_on"], frame), _within(row["sales_on"], frame)) for row in rows]
    both = [row for row, ours, theirs in here if ours and theirs]
    only_marketing = tuple(_with_reason(row) for row, ours, theirs in here if ours and not theirs)
    only_sales = tuple(_with_reason(row) for row, ours, theirs in here if theirs and not ours)
    return Reconciliation(
        thing, "two_sides", len(both) + len(only_marketing), len(both) + len(only_sales), len(both),
        only_marketing, only_sales, tuple(row for row in both if row["reason"]),
    )  # fmt: skip


def _with_reason(row: Row) -> Row:
    """The row of a lead that only one list has in this period; the other may have it just before or after."""
    return row | {"reason": row["reason"] or "other_day"}


def _within(day: date | None, frame: Frame) -> bool:
    """Whether a list's own day lies in the period."""
    return day is not None and (frame.start is None or day >= frame.start) and (frame.end is None or day < frame.end)
