"""Hand-overs that had their time: the score that a lead had when sales got it, and whether it was won in time."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from leadalign.measure import Frame, check_columns, rows, viewpoint
from leadalign.settings import settings
from leadalign.store import Database

FACT = "judged_hand_overs"
FEWEST_CLOSED, FEWEST_WON, FEWEST_NOT_WON = 40, 10, 10
"""With fewer there are counts and no verdict (methods.md M2.4)."""
ALL_ROWS = 100_000_000


@dataclass(frozen=True)
class Case:
    """One hand-over: when, in which cell and with which score by what was known then, and was it won in time."""

    lead_id: str
    at: datetime
    month: date
    version: int
    cells: str
    score: float
    won: bool


@dataclass(frozen=True)
class Cases:
    """The hand-overs of a slice that were followed for `days`; how many are younger, and how many nobody judged."""

    cases: tuple[Case, ...]
    days: int
    young: int
    unjudged: int

    @property
    def won(self) -> list[bool]:
        """Which were won in time."""
        return [case.won for case in self.cases]

    @property
    def scores(self) -> list[float]:
        """The scores at hand-over."""
        return [case.score for case in self.cases]

    @property
    def are_few(self) -> bool:
        """Whether there are too few for a verdict."""
        return are_few(self.won)

    def counts(self) -> dict[str, Any]:
        """What stands beside every figure and, where there are too few, in its place."""
        versions = sorted({case.version for case in self.cases})
        return {
            "closed": len(self.cases), "won": sum(self.won), "not_won": len(self.cases) - sum(self.won),
            "horizon_days": self.days, "too_young": self.young, "not_judged": self.unjudged, "versions": versions,
        }  # fmt: skip


def are_few(won: Sequence[bool]) -> bool:
    """Whether so many outcomes allow no verdict."""
    return len(won) < FEWEST_CLOSED or sum(won) < FEWEST_WON or len(won) - sum(won) < FEWEST_NOT_WON


def hand_overs(
    db: Database, frame: Frame, by: tuple[str, ...], name: str
) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    """The rows of the fact for each slice, in the order of the slices; one empty slice where nothing is sliced."""
    check_columns(db, FACT, by, frame, name)
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows(db, FACT, frame, limit=ALL_ROWS):
        found[tuple(row[column] for column in by)].append(row)
    if not by and not found:
        found[()] = []
    return {key: found[key] for key in sorted(found)}


def followed(db: Database, frame: Frame, found: Sequence[Mapping[str, Any]], horizon: int | None) -> Cases:
    """Those of the rows that were handed over at least `horizon` days before the frame's instant."""
    days = horizon or settings().maturity_days
    last = viewpoint(db, frame).as_of - timedelta(days=days)
    grown = [row for row in found if row["handed_off_at"] <= last]
    judged = [_case(row, days) for row in grown if row["value_lo"] is not None]
    return Cases(tuple(judged), days, len(found) - len(grown), len(grown) - len(judged))


def _case(row: Mapping[str, Any], days: int) -> Case:
    in_time = row["won_at"] is not None and row["won_at"] <= row["handed_off_at"] + timedelta(days=days)
    return Case(
        row["lead_id"], row["handed_off_at"], row["month"], row["version"], row["cells"], score_of(row), in_time
    )


def score_of(row: Mapping[str, Any]) -> float:
    """Points on both axes; what nobody knew counts half, and a lead that a must-have shuts out is below all others."""
    if row["route"] == "UNFIT":
        return -math.inf
    return float(row["value_lo"] + row["value_hi"] + row["ready_lo"] + row["ready_hi"]) / 2
