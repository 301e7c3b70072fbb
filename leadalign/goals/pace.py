"""Are we on course for this month's goal? What should be done by now, and what each remaining work day must bring."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from leadalign.work_calendar import DAY, Calendar, days_of

FEWEST_MONTHS = 6  # with fewer, a month's usual shape is guesswork
NO_TIME = 1e-9  # work days; less is rounding


@dataclass(frozen=True)
class Pace:
    """How far a goal is: `index` 1 is on course; `expected` by now; what a work day must bring and has brought so far.

    None stands for "no such number": no index before the month starts, nothing required once it is closed.
    """

    index: float | None
    expected: float
    required_per_day: float | None
    so_far_per_day: float | None
    state: Literal["not_started", "open", "closed"]


def pace(done: float, target: float, elapsed: float, total: float, fraction: float | None = None) -> Pace | None:
    """Where a goal stands after `elapsed` of `total` work days (day equivalents); None for a month without work days.

    `fraction` is the part of the goal usually reached by now (`fraction_done`); without it work days count alike.
    A goal of 0 has no index. What is needed never falls below 0.
    """
    if total <= NO_TIME:
        return None
    elapsed = min(max(elapsed, 0.0), total)
    fraction = elapsed / total if fraction is None else fraction
    expected = target * fraction
    started, left = elapsed > NO_TIME and fraction > 0, total - elapsed
    return Pace(
        index=done / expected if started and expected > 0 else None,
        expected=expected,
        required_per_day=max(0.0, target - done) / left if left > NO_TIME else None,
        so_far_per_day=done / elapsed if elapsed > NO_TIME else None,
        state="closed" if left <= NO_TIME else "open" if started else "not_started",
    )


def month_pace(
    calendar: Calendar, month: date, now: date | datetime, done: float, target: float, shares: Sequence[float] = ()
) -> Pace | None:
    """Where a month's goal stands at a moment, on the company's calendar; `shares` as from `intramonth_shares`."""
    days = {day: calendar.work_fraction(day) for day in days_of(month) if calendar.work_fraction(day) > 0}
    now = calendar.instant_of(now)
    worked = {day: calendar.work_time(day, min(now, calendar.start_of(day + DAY))) for day in days}
    days_done = sum(worked[day] / days[day] for day in days)
    fraction = fraction_done(list(days.values()), days_done, shares)
    return pace(done, target, sum(worked.values()), sum(days.values()), fraction)


def intramonth_shares(history: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """How busy each work day of a month usually is, counted from the month's end (first entry: its last work day).

    `history`: for each past month its counts by work day, first to last. 1 is a day like any other, 2 a day with
    twice its part. Averages shares, so that a strong month does not outweigh a weak one; months in which nothing
    happened say nothing. All 1 with fewer than 6 months.
    """
    months = [month for month in history if sum(month) > 0]
    longest = max((len(month) for month in history), default=0)
    if len(months) < FEWEST_MONTHS:
        return (1.0,) * longest
    shares = [[count * len(month) / sum(month) for count in reversed(month)] for month in months]
    longest = max(map(len, shares))
    return tuple(statistics.fmean(month[day] for month in shares if len(month) > day) for day in range(longest))


def fraction_done(work_fractions: Sequence[float], days_done: float, shares: Sequence[float] = ()) -> float | None:
    """The part of a month's goal that is usually reached when `days_done` of its work days are over.

    `work_fractions`: for each work day of the month, first to last, how much of a day it is (1, or .5 for half a day).
    `days_done` may end within a day. `shares` as from `intramonth_shares`; days further from the end than any known
    count as the furthest one. None for a month without work days.
    """
    count = len(work_fractions)
    busy = [shares[min(count - 1 - day, len(shares) - 1)] if shares else 1.0 for day in range(count)]
    weights = [fraction * share for fraction, share in zip(work_fractions, busy, strict=True)]
    whole = sum(weights)
    if whole <= 0:
        return None
    return sum(weight * min(max(days_done - day, 0.0), 1.0) for day, weight in enumerate(weights)) / whole
