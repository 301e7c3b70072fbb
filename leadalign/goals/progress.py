"""How far each shared goal is this month: what was agreed, what is done, what should be done by now."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from leadalign.facts.given import calendar
from leadalign.figures import Figure, Frame, figure
from leadalign.goals.pace import Pace, pace
from leadalign.measure import rows, viewpoint
from leadalign.settings import settings
from leadalign.store import Database
from leadalign.work_calendar import days_of

MOST_MONTHS = 36


@dataclass(frozen=True)
class Goal:
    """What was promised for a month: so many of a metric; `agreed` where people wrote it down, not the settings."""

    goal_id: str
    metric: str
    owner: str
    month: date
    target: float
    agreed: bool
    part_of: str | None = None


@dataclass(frozen=True)
class Progress:
    """A goal, what is done towards it, and how that compares with the month's work days so far."""

    goal: Goal
    done: Figure
    pace: Pace | None
    days_gone: float
    days: float


def goals_of(db: Database, frame: Frame, month: date) -> list[Goal]:
    """The goals of a month: the total with its two parts, then the others; the settings' where none were agreed."""
    at = Frame(frame.as_of, frame.mode).at(month=month)
    found: list[Goal] = []
    for row in sorted(rows(db, "goals", at), key=lambda row: str(row["goal_id"])):
        total = Goal(row["goal_id"], row["metric"], row["owner"], month, row["target"], agreed=True)
        found += [total, *_parts(total, row["floor_metric"], row["floor_target"])]
    return found or _goals_by_default(month)


def progress(db: Database, frame: Frame, month: date) -> list[Progress]:
    """Each goal of a month against what is done and the pace, as known at the frame's instant."""
    as_of = viewpoint(db, frame).as_of
    gone, days = _work_days(month, as_of)
    return [_progress(db, frame, goal, gone, days) for goal in goals_of(db, frame, month)]


def pace_figures(db: Database, frame: Frame) -> list[Figure]:
    """`goal_pace` of each goal: done against what the calendar expects by now; 1 is on course. For each month asked."""
    return [_pace_figure(each) for month in months(db, frame) for each in progress(db, frame, month)]


def months(db: Database, frame: Frame) -> list[date]:
    """The months of the frame's period; the one of its instant where it has none."""
    as_of = viewpoint(db, frame).as_of
    last = calendar().day_of(as_of)
    first = (frame.start or last).replace(day=1)
    if frame.end:
        last = frame.end - timedelta(days=1)
    found: list[date] = []
    while first <= last and len(found) < MOST_MONTHS:
        found.append(first)
        first = next_month(first)
    return found


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def _parts(total: Goal, floor_metric: str | None, floor: float | None) -> list[Goal]:
    """The floor within a total, and what is left for nurturing: 50 leads of which 10 sales-ready leave 40."""
    if floor_metric is None or floor is None:
        return []
    part = replace(
        total, goal_id=f"{total.goal_id}/{floor_metric}", metric=floor_metric, target=floor, part_of=total.goal_id
    )
    rest = replace(
        part, goal_id=f"{total.goal_id}/nurtured_leads", metric="nurtured_leads", target=total.target - floor
    )
    return [part, rest]


def _goals_by_default(month: date) -> list[Goal]:
    """The goals of the settings: an example until the two functions agree on their own."""
    s = settings()
    total = Goal("leads", "leads_created", "marketing", month, s.leads_goal, agreed=False)
    parts = _parts(total, "sales_ready_leads", s.sales_ready_goal)
    nurtured = replace(parts[1], target=s.nurtured_goal)
    return [total, parts[0], nurtured, Goal("deals", "deals_won", "shared", month, s.deals_goal, agreed=False)]


def _work_days(month: date, as_of: datetime) -> tuple[float, float]:
    """Work days of the month that are over at the instant, and all of them, half days as halves."""
    company = calendar()
    days = sum(company.work_fraction(day) for day in days_of(month))
    return company.work_time(month, min(as_of, company.start_of(next_month(month)))), days


def _progress(db: Database, frame: Frame, goal: Goal, gone: float, days: float) -> Progress:
    within = Frame(frame.as_of, frame.mode, goal.month, next_month(goal.month), frame.where)
    done = figure(db, goal.metric, within)
    return Progress(goal, done, pace(done.value or 0, goal.target, gone, days), gone, days)


def _pace_figure(found: Progress) -> Figure:
    at = found.pace
    return replace(
        found.done,
        metric="goal_pace",
        by={"goal": found.goal.goal_id, "metric": found.goal.metric, "month": found.goal.month},
        value=at.index if at else None,
        part=found.done.value,
        whole=found.goal.target,
        low=None,
        high=None,
        level=None,
        method="business_calendar",
        unit="ratio",
        note=None if at and at.index is not None else at.state if at else "no_data",
        extra={
            "work_days_gone": found.days_gone,
            "work_days": found.days,
            "agreed": found.goal.agreed,
            "expected": at and at.expected,
            "required_per_day": at and at.required_per_day,
            "so_far_per_day": at and at.so_far_per_day,
        },
    )
