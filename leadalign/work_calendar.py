"""The company's calendar: which day a moment belongs to, which days are worked, and how much work time lies between."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = timedelta(days=1)


class CalendarDay(NamedTuple):
    """One row of the store's calendar: a day, its week and month, how much of it is worked, work days so far."""

    day: date
    week: date
    month: date
    work_fraction: float
    work_day_no: int


@dataclass(frozen=True)
class Calendar:
    """The business calendar of one company; `holidays_country` is None for a company that works through holidays.

    Days off are those of the `holidays` package: its public days are off, its optional ones (in Israel Hol Hamoed,
    Purim, Remembrance Day ...) are half days. It knows no eves: those, and the company's own days, are
    `day_overrides`, the part of the day that is worked (0 to 1), which win over everything.
    """

    zone: str = "Asia/Jerusalem"
    work_days: Sequence[str] = ("sunday", "monday", "tuesday", "wednesday", "thursday")
    holidays_country: str | None = "IL"
    half_day_fraction: float = 0.5
    day_overrides: Mapping[date, float] = field(default_factory=dict)
    week_start: str = "sunday"

    def day_of(self, instant: datetime) -> date:
        """The day in the company's zone that a moment belongs to: 31 January 22:30 UTC is 1 February in Jerusalem."""
        return instant.astimezone(self._zone).date()

    def start_of(self, day: date) -> datetime:
        """The first moment of a day, in UTC."""
        return datetime.combine(day, time(), self._zone).astimezone(UTC)

    def instant_of(self, moment: date | datetime) -> datetime:
        """A moment in UTC (a date is its first one): differences are real time then, also when the clock changes."""
        return moment.astimezone(UTC) if isinstance(moment, datetime) else self.start_of(moment)

    def week_of(self, day: date) -> date:
        """The first day of the week that a day belongs to."""
        return day - timedelta(days=(day.weekday() - WEEKDAYS.index(self.week_start)) % 7)

    def work_fraction(self, day: date) -> float:
        """How much of a day is worked, from 0 (a day off) to 1."""
        if day in self.day_overrides:
            return self.day_overrides[day]
        if WEEKDAYS[day.weekday()] not in self.work_days or day in _holidays(self.holidays_country, "public", day.year):
            return 0.0
        half = _holidays(self.holidays_country, "optional half_day", day.year)
        return self.half_day_fraction if day in half else 1.0

    def work_days_in(self, month: date) -> int:
        """The number of days in a month on which anybody works; half a day is a work day too."""
        return sum(self.work_fraction(day) > 0 for day in days_of(month))

    def work_time(self, start: date | datetime, end: date | datetime) -> float:
        """The work between two moments (a date is its first moment), in day equivalents: a half day counts .5.

        Of a day begun or ended in the middle, the part of its hours in between; days of 23 and 25 hours are whole
        days. 0 when `end` is not after `start`.
        """
        start, end = self.instant_of(start), self.instant_of(end)
        if end <= start:
            return 0.0
        first, last = self.day_of(start), self.day_of(end)
        whole = sum(map(self.work_fraction, days_between(first, last)))
        return whole - self._part(first, start) + self._part(last, end)

    def rows(self, first: date, last: date) -> list[CalendarDay]:
        """All days from `first` to `last`, both included, with the number of work days from `first` to each."""
        number, rows = 0, []
        for day in days_between(first, last + DAY):
            fraction = self.work_fraction(day)
            number += fraction > 0
            rows.append(CalendarDay(day, self.week_of(day), day.replace(day=1), fraction, number))
        return rows

    def _part(self, day: date, until: datetime) -> float:
        """The work of a day up to a moment in it."""
        begin, end = self.start_of(day), self.start_of(day + DAY)
        return self.work_fraction(day) * ((until - begin) / (end - begin))

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


def days_of(month: date) -> Iterator[date]:
    """All days of the month that a day belongs to."""
    first = month.replace(day=1)
    return days_between(first, (first + 31 * DAY).replace(day=1))


def days_between(first: date, end: date) -> Iterator[date]:
    """All days from `first` up to, but without, `end`."""
    return (first + number * DAY for number in range((end - first).days))


@cache
def _holidays(country: str | None, categories: str, year: int) -> frozenset[date]:
    """A country's days of these categories; none where the package knows no such category.

    Year by year and frozen, because the package's own object fills itself while it is read: two sessions that ask
    at the same time would not see the same days.
    """
    if not country:
        return frozenset()
    import holidays

    known = getattr(holidays, country).supported_categories
    wanted = [category for category in categories.split() if category in known]
    return frozenset(holidays.country_holidays(country, years=year, categories=wanted)) if wanted else frozenset()
