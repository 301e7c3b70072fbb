"""Signal or noise: limits within which a weekly number moves when nothing has changed, and the points beyond."""

import itertools
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

BASELINE = 12  # fewer points make limits that flag by luck
RUN = 8
TO_LIMIT, TO_RANGE_LIMIT = 2.66, 3.268  # 3 / d2 and D4 for ranges of two


@dataclass(frozen=True)
class Limits:
    """Around `mean`, from `low` to `high`, moves are noise; `moving_range` is the usual step from week to week."""

    mean: float
    low: float
    high: float
    moving_range: float
    moving_range_high: float
    baseline: int


@dataclass(frozen=True)
class Signal:
    """The point at `index` is no noise, by `rule`: "outside" the limits, or the last of a "run" on one side."""

    index: int
    rule: str


def xmr(values: Sequence[float | None], baseline: int | None = None) -> Limits | None:
    """The limits that the first `baseline` points set (all of them when not given), to be frozen for later points.

    XmR chart (Wheeler): mean +- 2.66 times the mean moving range; weeks without a value (None, NaN) are skipped.
    None while it is too early (fewer than 12 points) or when nothing ever moved. The limits of a share may
    lie outside 0 to 1: cut them when drawing.
    """
    known = [value for value in values if _is_known(value)][:baseline]
    if len(known) < BASELINE:
        return None
    step = statistics.fmean(abs(b - a) for a, b in itertools.pairwise(known))
    if step == 0:
        return None
    mean, reach = statistics.fmean(known), TO_LIMIT * step
    return Limits(mean, mean - reach, mean + reach, step, TO_RANGE_LIMIT * step, len(known))


def signals(values: Sequence[float | None], limits: Limits | None) -> list[Signal]:
    """The points that luck does not explain: outside the limits, or the eighth and later in a row on one side."""
    found, run, side = [], 0, 0
    for index, value in enumerate(values):
        if limits is None or not _is_known(value):
            continue
        now = (value > limits.mean) - (value < limits.mean)
        run, side = (run + 1 if now == side else 1), now
        if not limits.low <= value <= limits.high:
            found.append(Signal(index, "outside"))
        elif side and run >= RUN:
            found.append(Signal(index, "run"))
    return found


def _is_known(value: float | None) -> TypeGuard[float]:
    """Was there a value that week?"""
    return value is not None and math.isfinite(value)
