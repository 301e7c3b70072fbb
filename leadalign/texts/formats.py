"""Numbers, money and dates as a reader of each language writes them; in Hebrew every number is isolated."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent

from leadalign.texts import say

LEFT_TO_RIGHT, RIGHT_TO_LEFT, FIRST_STRONG, END = "\u2066", "\u2067", "\u2068", "\u2069"


@cache
def locale(language: str) -> Locale:
    """Where the language is spoken as our readers do: English with day before month, Hebrew of Israel."""
    return Locale.parse({"en": "en_GB", "he": "he_IL"}[language])


def isolate(text: str, language: str) -> str:
    """`text` that keeps its own left-to-right order inside a Hebrew sentence, so that -1.2 does not turn into 1.2-."""
    return f"{LEFT_TO_RIGHT}{text}{END}" if language == "he" else text


def apart(text: str) -> str:
    """A name in whatever script, kept from turning the words around it."""
    return f"{FIRST_STRONG}{text}{END}"


def sentence(text: str, language: str) -> str:
    """`text` as a whole in its language's direction, for places that always run from the left, such as a chart."""
    return f"{RIGHT_TO_LEFT}{text}{END}" if language == "he" else text


def number(x: float, language: str, digits: int = 0) -> str:
    """1234.5 as "1,235", or with as many decimals as asked."""
    return isolate(format_decimal(x, format=_decimals(digits), locale=locale(language)), language)


def percent(x: float, language: str, digits: int = 0) -> str:
    """A share between 0 and 1 as "27%"; a small one keeps a decimal so that it does not read as nothing."""
    digits = max(digits, 1) if 0 < abs(x) < 0.01 else digits
    return isolate(format_percent(x, format=_decimals(digits) + "%", locale=locale(language)), language)


def minutes_as_hours(minutes: float, language: str) -> str:
    """Minutes as hours: "1,340 h"; below ten hours with one decimal."""
    hours = minutes / 60
    return say("ui.formats.hours", language, hours=number(hours, language, 1 if abs(hours) < 10 else 0))


def money(x: float, currency: str, language: str) -> str:
    """An amount in whole units of its currency: "₪1,234"."""
    text = format_currency(x, currency, locale=locale(language), currency_digits=False, format="¤#,##0;-¤#,##0")
    return isolate(text, language)


def day(d: date, language: str, year: bool = True) -> str:
    """A date as people say it: "8 Nov 2026", "8 בנוב׳ 2026"."""
    pattern = {"en": "d MMM", "he": "d בMMM"}[language] + (" y" if year else "")
    return format_date(d, format=pattern, locale=locale(language))


def month(d: date, language: str) -> str:
    """A month by its name and year: "November 2026"."""
    return format_date(d, format="LLLL y", locale=locale(language))


def short_month(d: date, language: str) -> str:
    """A month for the foot of a chart: "Nov"."""
    return format_date(d, format="LLL", locale=locale(language))


def moment(t: datetime, zone: str, language: str) -> str:
    """An instant in the company's zone: "Sun 8 Nov 2026, 06:00"."""
    pattern = {"en": "EEE d MMM y, HH:mm", "he": "EEEE, d בMMM y, HH:mm"}[language]
    return format_datetime(t.astimezone(ZoneInfo(zone)), format=pattern, locale=locale(language))


def in_unit(x: float, unit: str, language: str, currency: str = "ILS") -> str:
    """A value in the unit of its metric, as text."""
    if unit == "share":
        return percent(x, language)
    if unit == "minutes":
        return minutes_as_hours(x, language)
    if unit == "days":
        return _days(x, language)
    if unit == "money":
        return money(x, currency, language)
    return number(x, language, 1 if unit == "rating" else (0 if float(x).is_integer() else 1))


def _days(x: float, language: str) -> str:
    """A length of time in days; below one day in hours."""
    if x < 1:
        return minutes_as_hours(x * 24 * 60, language)
    if x == 1:
        return say("ui.formats.one_day", language)
    return say("ui.formats.days", language, days=number(x, language, 0 if x >= 10 or float(x).is_integer() else 1))


def _decimals(digits: int) -> str:
    """The pattern of a number with so many decimals."""
    return "#,##0" + ("." + "0" * digits if digits else "")
