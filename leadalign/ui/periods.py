"""The stretches of time that a page can show, counted back from the last day that the data know of."""

from datetime import date, timedelta

from leadalign.work_calendar import Calendar

PERIODS = ("4w", "13w", "month", "last_month", "12m", "all", "dates")
DEFAULT = "13w"


def month_of(day: date, back: int = 0) -> date:
    """The first day of the month that lies `back` months before that of `day`."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def stretch(period: str, last_day: date, calendar: Calendar) -> tuple[date | None, date | None]:
    """The first day of the period and the first day after it; None where it has no end."""
    after = last_day + timedelta(days=1)
    if period in ("4w", "13w"):
        return calendar.week_of(last_day) - timedelta(weeks=int(period[:-1]) - 1), after
    if period == "last_month":
        return month_of(last_day, 1), month_of(last_day)
    if period == "month":
        return month_of(last_day), after
    if period == "12m":
        return month_of(last_day, 11), after
    return None, None
