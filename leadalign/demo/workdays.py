"""When people work and leads come in: Sunday to Thursday in Israel, the feasts, slow and busy months."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Jerusalem")
OPENS, CLOSES = time(8, 30), time(18, 30)
MONDAY, FRIDAY, SATURDAY = 0, 4, 5
LEADS_BY_MONTH = dict(enumerate((0.95, 1.0, 1.15, 0.95, 1.1, 1.1, 0.95, 0.55, 0.9, 0.9, 1.1, 1.1), start=1))
LEADS_BY_WEEKDAY = {FRIDAY: 0.2, SATURDAY: 0.1}
HEBREW_EPOCH = -1373427


def _elapsed_days(hebrew_year: int) -> int:
    """Days from the epoch to the new year by the mean moon, moved off the days on which it may not fall."""
    months = (235 * hebrew_year - 234) // 19
    days = 29 * months + (12084 + 13753 * months) // 25920
    return days + 1 if 3 * (days + 1) % 7 < 3 else days


@cache
def rosh_hashanah(year: int) -> date:
    """The first of Tishrei in the Gregorian `year` (the arithmetic of Dershowitz and Reingold)."""
    before, this, after = (_elapsed_days(year + 3761 + step) for step in (-1, 0, 1))
    if after - this == 356:
        this += 2
    elif this - before == 382:
        this += 1
    return date.fromordinal(HEBREW_EPOCH + this)


@cache
def days_off(year: int) -> dict[date, float]:
    """How much of a day is worked on the feasts of `year`: nothing, or half on the days between two feast days."""
    tishrei, passover = rosh_hashanah(year), rosh_hashanah(year) - timedelta(163)
    half = [tishrei + timedelta(n) for n in range(15, 21)] + [passover + timedelta(n) for n in range(1, 6)]
    free = [tishrei + timedelta(n) for n in (0, 1, 9, 14, 21)] + [passover + timedelta(n) for n in (0, 6, 50)]
    free.append(_independence_day(passover + timedelta(20)))
    return dict.fromkeys(half, 0.5) | dict.fromkeys(free, 0.0)


def _independence_day(fifth_of_iyar: date) -> date:
    """The feast moves away from the Sabbath and from the evening after it."""
    return fifth_of_iyar + timedelta({FRIDAY: -1, SATURDAY: -2, MONDAY: 1}.get(fifth_of_iyar.weekday(), 0))


def work_fraction(day: date) -> float:
    """The share of a working day that `day` is, from 0 to 1."""
    if day.weekday() in (FRIDAY, SATURDAY):
        return 0.0
    return days_off(day.year).get(day, 1.0)


def lead_weight(day: date) -> float:
    """How many leads `day` draws beside an ordinary working day."""
    weight = LEADS_BY_MONTH[day.month] * LEADS_BY_WEEKDAY.get(day.weekday(), 1.0)
    in_feasts = timedelta(0) <= day - rosh_hashanah(day.year) <= timedelta(22)
    return weight * (0.6 if in_feasts else 1.0) * (0.3 + 0.7 * days_off(day.year).get(day, 1.0))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of `day` on the wall clock of the company."""
    return datetime.combine(day, time(hour, minute), ZONE)


def next_opening(moment: datetime) -> datetime:
    """`moment` itself if people are at work then, or the next time the office opens."""
    day = moment.date()
    if work_fraction(day) and moment.time() < CLOSES:
        return max(moment, datetime.combine(day, OPENS, ZONE))
    day += timedelta(1)
    while not work_fraction(day):
        day += timedelta(1)
    return datetime.combine(day, OPENS, ZONE)


def next_quarter_end(day: date) -> date:
    """The last day of the quarter that `day` lies in."""
    month = (day.month - 1) // 3 * 3 + 4
    return date(day.year + month // 13, (month - 1) % 12 + 1, 1) - timedelta(1)
