"""The figures that a page asks for, each read once until the data change; shared by cards, charts and headlines."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from leadalign import figures as reckoned
from leadalign.figures import Figure, Frame
from leadalign.ideal_lead.classes import schedule
from leadalign.metrics import metrics
from leadalign.settings import settings
from leadalign.stats.control import Limits, xmr
from leadalign.ui.company import calendar, last_day
from leadalign.ui.memory import remembered

BASELINE_WEEKS = 26
SHORTEST = timedelta(weeks=13)


@remembered
def cut_figures(db: Any, metric: str, frame: Frame, by: tuple[str, ...]) -> tuple[Figure, ...]:
    """The metric for each group of `by`."""
    return tuple(reckoned.figures(db, metric, ripe(metric, frame), by))


def one_figure(metric: str, frame: Frame) -> Figure:
    """The metric as a whole."""
    return cut_figures(metric, frame, ())[0]


@remembered
def weekly(db: Any, metric: str, frame: Frame) -> tuple[tuple[Figure, ...], Limits | None]:
    """The metric week by week, finished weeks only, and the limits within which it moves by itself.

    The limits come from half a year of weeks up to the period's end, so that a short period has them too.
    """
    end = _this_week(frame)
    weeks = tuple(reckoned.figures(db, metric, frame.between(end - timedelta(weeks=BASELINE_WEEKS), end), ("week",)))
    since = max((day for day, _ in changes_of(metric, weeks)), default=date.min)
    limits = xmr([week.value for week in weeks if week.by["week"] >= since])
    shown = tuple(week for week in weeks if frame.start is None or week.by["week"] >= min(frame.start, end - SHORTEST))
    return shown, limits


def changes_of(metric: str, weeks: Sequence[Figure]) -> list[tuple[date, int]]:
    """The days within these weeks from which another version judged, where the metric rests on the judgement."""
    if not weeks or "readiness" not in metrics()[metric].part:
        return []
    first, end = weeks[0].by["week"], weeks[-1].by["week"] + timedelta(days=7)
    return [(day, version) for day, version in versions() if first <= day < end]


@remembered
def versions(db: Any) -> tuple[tuple[date, int], ...]:
    """From which day each version of the definition judges."""
    signed = schedule(db)
    return tuple((calendar().day_of(at), signed.in_force(at).version) for at in signed.boundaries())


def _this_week(frame: Frame) -> date:
    """The first day of the week that is not finished at the period's end."""
    return calendar().week_of(frame.end or last_day() + timedelta(days=1))


@remembered
def leads_of(db: Any, metric: str, frame: Frame, by: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The leads behind a figure, or behind one of its groups."""
    return tuple(reckoned.leads_behind(db, metric, ripe(metric, frame).at(**dict(by))))


def ripe(metric: str, frame: Frame) -> Frame:
    """The frame that a metric can answer: a year of leads that had their time, where young ones have not."""
    grown = last_day() + timedelta(days=1) - timedelta(days=settings().maturity_days)
    if "young_leads" not in metrics()[metric].bias or frame.start is None or (frame.end and frame.end <= grown):
        return frame
    return frame.between(grown - timedelta(days=365), grown)
