"""One figure: what measure found and what statistics says of it; what page, pack and command line all print."""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from leadalign.measure import Frame, Measured, leads_behind, measure, viewpoint
from leadalign.metrics import Metric, computed, metric
from leadalign.stats.groups import GroupShare, shrunken_shares
from leadalign.stats.intervals import Interval, garwood, mean_interval, wilson
from leadalign.stats.ratio import ratio
from leadalign.store import Database

__all__ = ["Figure", "Frame", "computed_figure", "figure", "figures", "leads_behind"]

FEWEST_REPS = 4
FEWEST_GROUPS = 3
SURELY_BEST = 0.95
FEWEST_CASES = 5
FEWEST_TO_RANK = 20


@dataclass(frozen=True)
class Figure:
    """One number with all that it needs: part, whole, interval, how it was made, as of when, of which period."""

    metric: str
    by: dict[str, Any]
    value: float | None
    part: float | None
    whole: float | None
    low: float | None
    high: float | None
    level: float | None
    method: str | None
    n: int
    unit: str
    as_of: datetime
    mode: str
    start: date | None
    end: date | None
    note: str | None = None
    leads: int = 0
    se: float | None = None
    clusters: int | None = None
    best: bool | None = None
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Estimate:
    """What statistics says of one slice: its value, its interval, and a note where that needs one."""

    value: float | None
    interval: Interval | None = None
    note: str | None = None
    se: float | None = None
    clusters: int | None = None
    best: bool | None = None


def figures(db: Database, name: str, frame: Frame, by: tuple[str, ...] = ()) -> list[Figure]:
    """`name` for each slice of `by`, each with its interval; one figure where nothing is sliced."""
    asked = metric(name)
    found = measure(db, name, frame, by)
    estimates = _estimates(db, asked, frame, by, found)
    as_of = viewpoint(db, frame).as_of
    return [_figure(asked, frame, by, row, estimate, as_of) for row, estimate in zip(found, estimates, strict=True)]


def figure(db: Database, name: str, frame: Frame) -> Figure:
    """`name` over the whole frame."""
    return figures(db, name, frame)[0]


def computed_figure(
    db: Database, name: str, frame: Frame, by: dict[str, Any], value: float | None, interval: Interval | None = None,
    **more: Any,
) -> Figure:  # fmt: skip
    """A figure that statistics made from rows; it has an interval only where it has a value."""
    value = None if value is None or not math.isfinite(value) else value
    interval = interval if value is not None else None
    low, high = (interval.low, interval.high) if interval else (None, None)
    level, method = (interval.level, interval.method) if interval else (None, None)
    standing = {"part": None, "whole": None, "n": 0, "note": None} | more
    return Figure(
        metric=name, by=by, value=value, low=low, high=high, level=level, method=method, unit=computed()[name].unit,
        as_of=viewpoint(db, frame).as_of, mode=frame.mode, start=frame.start, end=frame.end, **standing,
    )  # fmt: skip


def _figure(
    asked: Metric, frame: Frame, by: tuple[str, ...], row: Measured, found: Estimate, as_of: datetime
) -> Figure:
    interval = found.interval
    return Figure(
        metric=asked.name,
        by=dict(zip(by, row.by, strict=True)),
        value=found.value,
        part=row.part,
        whole=row.whole,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        level=interval.level if interval else None,
        method=interval.method if interval else None,
        n=_cases(asked, row),
        unit=asked.unit,
        as_of=as_of,
        mode=frame.mode,
        start=frame.start,
        end=frame.end,
        note=found.note,
        leads=row.leads,
        se=found.se,
        clusters=found.clusters,
        best=found.best,
    )


def _cases(asked: Metric, row: Measured) -> int:
    """How many cases a figure rests on: its whole where it counts, else the rows of its fact."""
    if asked.unit == "count":
        return int(row.part or 0)
    return int(row.whole or 0) if asked.counts or asked.unit == "rating" else row.rows


def _compared(by: tuple[str, ...]) -> bool:
    """Whether slices are groups that stand side by side: weeks and months are not, each speaks for itself."""
    return bool(by) and not {"day", "week", "month"} & set(by)


def _estimates(db: Database, asked: Metric, frame: Frame, by: tuple[str, ...], found: list[Measured]) -> list[Estimate]:
    if asked.is_bound:
        return [_bound(row) for row in found]
    if asked.unit == "share" and asked.counts:
        return _proportions(asked, found) if _compared(by) else [_proportion(row) for row in found]
    if asked.unit == "share":
        return _ratios(db, asked, frame, by, found)
    if asked.unit == "rating":
        return _means(db, asked, frame, by, found)
    return [_sum(asked, row) for row in found]


def _bound(row: Measured) -> Estimate:
    return Estimate((row.part or 0) / row.whole, note="lower_bound") if row.whole else Estimate(None, note="no_data")


def _sum(asked: Metric, row: Measured) -> Estimate:
    if not row.rows or (asked.unit == "days" and row.part is None):
        return Estimate(None, note="no_data")
    interval = garwood(row.part or 0) if asked.unit == "count" and asked.over != "work_days" else None
    return Estimate(row.part or 0.0, interval)


def _proportion(row: Measured) -> Estimate:
    if not row.whole:
        return Estimate(None, note="no_data")
    few = "few_cases" if row.whole < FEWEST_CASES else None
    return Estimate((row.part or 0) / row.whole, wilson(row.part or 0, row.whole), few)


def _proportions(asked: Metric, found: list[Measured]) -> list[Estimate]:
    """Many groups borrow strength from each other; where there are too few, each stands alone."""
    counted = [row for row in found if row.whole]
    if len(counted) < FEWEST_GROUPS:
        return [_proportion(row) for row in found]
    group = _shrunken(asked, counted)
    if not group:
        return [_proportion(row) for row in found]
    best = _surely_best(asked, counted)
    return [_among_others(group.get(row.by), row, row.by == best) for row in found]


def _shrunken(asked: Metric, counted: list[Measured]) -> dict[Any, GroupShare]:
    """Each group's likely share; empty where too few groups say anything about how much groups differ."""
    better = "lower" if asked.better == "lower" else "higher"
    found = shrunken_shares([row.part or 0 for row in counted], [row.whole or 0 for row in counted], better=better)
    return {row.by: group for row, group in zip(counted, found, strict=True) if group} if found else {}


def _surely_best(asked: Metric, counted: list[Measured]) -> Any:
    """The group better than all others of some size; a blank or a handful of cases is no rival and no winner."""
    rivals = [row for row in counted if (row.whole or 0) >= FEWEST_TO_RANK and "" not in row.by]
    return next((by for by, group in _shrunken(asked, rivals).items() if group.p_best >= SURELY_BEST), None)


def _among_others(group: GroupShare | None, row: Measured, is_best: bool) -> Estimate:
    if group is None:
        return Estimate(None, note="no_data")
    few = "few_cases" if (row.whole or 0) < FEWEST_CASES else None
    return Estimate(group.mean, Interval(group.low, group.high, 0.95, "full_bayes"), few, best=is_best)


def _ratios(db: Database, asked: Metric, frame: Frame, by: tuple[str, ...], found: list[Measured]) -> list[Estimate]:
    """Minutes of one rep hang together: the interval is by rep, by lead where there are too few reps."""
    reps = _clusters(db, asked, frame, by, asked.clusters or "lead_id")
    enough = {key for key, clusters in reps.items() if len(clusters) >= FEWEST_REPS}
    leads = _clusters(db, asked, frame, by, "lead_id") if any(row.by not in enough for row in found) else {}
    return [_ratio(row, reps[row.by] if row.by in enough else leads.get(row.by, []), row.by in enough) for row in found]


def _clusters(
    db: Database, asked: Metric, frame: Frame, by: tuple[str, ...], cluster: str
) -> dict[Any, list[Measured]]:
    """The measurement of each slice, split by what hangs together."""
    split: dict[Any, list[Measured]] = defaultdict(list)
    for row in measure(db, asked.name, frame, (*by, f"{cluster}") if cluster not in by else by):
        if row.whole:
            split[row.by[: len(by)]].append(row)
    return split


def _ratio(row: Measured, clusters: list[Measured], by_rep: bool) -> Estimate:
    if not row.whole:
        return Estimate(None, note="no_data")
    value = (row.part or 0) / row.whole
    found = ratio([each.part or 0 for each in clusters], [each.whole or 0 for each in clusters])
    if found is None or found.interval is None:
        return Estimate(value, note="one_cluster", clusters=len(clusters))
    note = None if by_rep else "these_reps_only"
    return Estimate(value, found.interval, note, found.se, len(clusters))


def _means(db: Database, asked: Metric, frame: Frame, by: tuple[str, ...], found: list[Measured]) -> list[Estimate]:
    leads = _clusters(db, asked, frame, by, "lead_id")
    return [_mean(row, leads.get(row.by, [])) for row in found]


def _mean(row: Measured, leads: list[Measured]) -> Estimate:
    if not row.whole:
        return Estimate(None, note="no_data")
    few = "few_cases" if row.whole < FEWEST_CASES else None
    interval = mean_interval([(lead.part or 0) / lead.whole for lead in leads if lead.whole])
    return Estimate((row.part or 0) / row.whole, interval, few)
