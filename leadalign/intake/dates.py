"""Dates and times of a whole column: the column proves the order of day and month, or it is a question."""

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from leadalign.intake.patterns import cells_of, extract, matches, numbers

Order = Literal["dmy", "mdy", "ymd"]
MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "jan january ינואר", "feb february פברואר", "mar march מרץ מרס", "apr april אפריל", "may מאי",
            "jun june יוני", "jul july יולי", "aug august אוגוסט", "sep sept september ספטמבר",
            "oct october אוקטובר", "nov november נובמבר", "dec december דצמבר",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
CLOCK = (
    r"(?:(?:[T,]\s*|\s+,?\s*)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$"
)
ISO = r"^(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + CLOCK
NUMBERS = r"^(?P<one>\d{1,2})(?P<mark>[-/. ])(?P<two>\d{1,2})[-/. ](?P<three>\d{4}|\d{2})" + CLOCK
DAY_NAME = r"^(?:[A-Za-z]{3,9}\.?,?\s+)??"
WORDS_DAY_FIRST = (
    DAY_NAME + r"(?P<day>\d{1,2})[\s\-.]*(?:of\s+)?ב?(?P<word>[^\W\d_]{3,9})[.,]?[\s\-,]*(?P<year>\d{4})" + CLOCK
)
WORDS_MONTH_FIRST = (
    DAY_NAME + r"(?P<word>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})" + CLOCK
)
BY_RULE = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?"
DAY_BY_RULE, ZONE_BY_RULE = r"\d{4}-\d{2}-\d{2}", r"(?:Z|[+-][01]\d:?[0-5]\d)"
"""The ways to write a moment that Arrow reads by itself, and just as the patterns above do."""
MONTH_ONLY = r"^(?P<year>\d{4})-(?P<month>\d{1,2})$"
SERIAL_DAYS = (20_000, 80_000)
"""Excel counts days from 30 December 1899; these are the years 1954 to 2119."""
PLAUSIBLE_YEARS = (1970, 2099)
EPOCH_SECONDS = (300_000_000, 4_102_444_800)


@dataclass
class Dates:
    """A column as UTC instants (NaT where nothing could be read), and what was found out on the way."""

    instants: pd.Series
    unreadable: pd.Series
    order: Order | None = None
    possible: tuple[Order, ...] = ()
    numbered: bool = False
    notes: dict[str, pd.Series] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether the order of day and month is a question: several orders fit, or none fits all cells."""
        return self.numbered and self.order is None


def read_dates(cells: pd.Series, zone: str, order: Order | None = None) -> Dates:
    """A column of text as UTC instants; naive times and bare dates are in `zone`; `order` is a person's answer."""
    text = cells.str.strip()
    waiting = text.notna() & (text != "")
    found = Dates(pd.Series(pd.NaT, index=cells.index, dtype="datetime64[us, UTC]"), waiting)
    _read_by_rule(text, zone, found)
    if found.unreadable.any():
        _take(found, _from_parts(text, ISO, found.unreadable, zone, found))
    for pattern in (WORDS_DAY_FIRST, WORDS_MONTH_FIRST, MONTH_ONLY):
        if found.unreadable.any():
            _take(found, _from_parts(text, pattern, found.unreadable, zone, found))
    if found.unreadable.any():
        _read_numbers(text, zone, order, found)
    if found.unreadable.any():
        _read_counts(text, zone, found)
    _drop_implausible(found)
    return found


def _read_by_rule(text: pd.Series, zone: str, found: Dates) -> None:
    """`2026-01-05T08:00:00Z` and its kin, all at once; a column with a 30 February among them is read part by part."""
    for pattern, kind in ((f"{BY_RULE}{ZONE_BY_RULE}$", pa.timestamp("us", "UTC")), (f"{BY_RULE}$", pa.timestamp("us")),
                          (f"{DAY_BY_RULE}$", pa.timestamp("us"))):  # fmt: skip
        fitting = matches(text, pattern) if found.unreadable.any() else found.unreadable
        if not fitting.any():
            continue
        some = text if fitting.all() else text[fitting]
        try:
            moments = pd.Series(pc.cast(cells_of(some), kind).to_pandas(), dtype=None).set_axis(some.index)
        except pa.ArrowInvalid:
            continue
        _take(found, (moments if kind.tz else _localised(moments, zone, found)).reindex(text.index))


def _drop_implausible(found: Dates) -> None:
    """The year 2999 or 26 is a slip of the hand, and would stretch every chart and clock."""
    first, last = (pd.Timestamp(f"{year}-01-01", tz="UTC") for year in (PLAUSIBLE_YEARS[0], PLAUSIBLE_YEARS[1] + 1))
    wrong = (found.instants < first) | (found.instants >= last)
    if wrong.any():
        found.instants = found.instants.where(~wrong)
        found.unreadable = found.unreadable | wrong


def _take(found: Dates, instants: pd.Series) -> None:
    read = instants.notna()
    if read.all():
        found.instants, found.unreadable = instants.astype("datetime64[us, UTC]"), ~read
    elif read.any():
        found.instants = found.instants.where(~read, instants)
        found.unreadable = found.unreadable & ~read


def _from_parts(text: pd.Series, pattern: str, wanted: pd.Series, zone: str, found: Dates) -> pd.Series:
    wanted = wanted & matches(text, pattern)
    parts = extract(text[wanted], pattern)
    if "word" in parts:
        parts["month"] = parts["word"].str.lower().map(MONTH_NAMES)
    if "day" not in parts:
        parts["day"] = parts["month"].where(parts["month"].isna(), "1")
    return _instants(parts, zone, found).reindex(text.index)


def _read_numbers(text: pd.Series, zone: str, order: Order | None, found: Dates) -> None:
    """`03/04/2026`: the order under which every cell is a day of the calendar, where there is just one."""
    wanted = found.unreadable & matches(text, NUMBERS)
    parts = extract(text[wanted], NUMBERS)
    if parts.empty:
        return
    found.numbered = True
    fitting = {way: _ordered(parts, way) for way in _ways(parts)}
    whole = {way: _calendar(ordered).notna() for way, ordered in fitting.items()}
    found.possible = tuple(way for way, fits in whole.items() if fits.all())
    if order is None and len(found.possible) == 1:
        order = found.possible[0]
    if order is None and not found.possible:
        order = _nearly(whole)
        found.possible = () if order is None else (order,)
    found.order = order
    if order is not None:
        _take(found, _instants(_ordered(parts, order), zone, found).reindex(text.index))


def _nearly(whole: dict[Order, pd.Series]) -> Order | None:
    """The only order that any cell proves, when the cells that do not fit it fit no order at all (30 February)."""
    anywhere = pd.concat(whole.values(), axis=1).any(axis=1)
    complete: list[Order] = [way for way, fits in whole.items() if (fits == anywhere).all()]
    return complete[0] if len(complete) == 1 else None


def _ways(parts: pd.DataFrame) -> tuple[Order, ...]:
    short_years = parts["three"].str.len().eq(2).all() and not parts["mark"].eq("/").any()
    return ("dmy", "mdy", "ymd") if short_years else ("dmy", "mdy")


def _ordered(parts: pd.DataFrame, order: Order) -> pd.DataFrame:
    names = {"dmy": ("day", "month", "year"), "mdy": ("month", "day", "year"), "ymd": ("year", "month", "day")}[order]
    ordered = parts.rename(columns=dict(zip(("one", "two", "three"), names, strict=True)))
    years = numbers(ordered["year"])
    ordered["year"] = years.where(years > 99, years + 2000 - 100 * (years > 69))
    return ordered


def _calendar(parts: pd.DataFrame) -> pd.Series:
    """Midnights of these days, NaT for a day that no calendar has."""
    numbers = parts[["year", "month", "day"]].apply(_number)
    return pd.to_datetime(numbers, errors="coerce").astype("datetime64[us]")


def _instants(parts: pd.DataFrame, zone: str, found: Dates) -> pd.Series:
    parts = parts[parts["year"].notna() & parts["month"].notna()]
    if parts.empty:
        return pd.Series(pd.NaT, index=parts.index, dtype="datetime64[us, UTC]")
    days = _calendar(parts)
    local = days + _clock(parts)
    own_zone = parts["zone"].notna() if "zone" in parts else pd.Series(False, index=parts.index)
    instants = _localised(local.where(~own_zone), zone, found)
    if own_zone.any():
        instants = instants.where(~own_zone, (local - _offsets(parts["zone"])).dt.tz_localize("UTC"))
    return instants


def _number(digits: pd.Series) -> pd.Series:
    """Digits as numbers; what is a number already stays."""
    return numbers(digits) if digits.dtype == "str" else pd.to_numeric(digits)


def _clock(parts: pd.DataFrame) -> pd.Series:
    if "hour" not in parts:
        return pd.Series(pd.Timedelta(0), index=parts.index)
    hour, minute, second = (_number(parts[name]).fillna(0) for name in ("hour", "minute", "second"))
    half = parts["half"].str.lower().str[0]
    hour = hour.where(~(half.eq("p").fillna(False) & (hour < 12)), hour + 12)
    hour = hour.where(~(half.eq("a").fillna(False) & (hour == 12)), 0)
    seconds = hour * 3600 + minute * 60 + second
    seconds = seconds.where((hour < 24) & (minute < 60) & (second < 60))
    micros = _number(parts["fraction"].str[:6].str.pad(6, "right", "0")).fillna(0)
    return pd.to_timedelta(seconds * 1_000_000 + micros, unit="us")


def _offsets(zones: pd.Series) -> pd.Series:
    digits = zones.str.replace(":", "").where(zones.str.match(r"[+-]"), "+0000").str.pad(5, "right", "0")
    minutes = pd.to_numeric(digits.str[1:3]) * 60 + pd.to_numeric(digits.str[3:5])
    return pd.to_timedelta(minutes.where(digits.str[0] != "-", -minutes), unit="min")


def _localised(local: pd.Series, zone: str, found: Dates) -> pd.Series:
    """Wall-clock times as instants; a repeated hour of the clock change is its first, a skipped one is moved on."""
    first = local.dt.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
    second = local.dt.tz_localize(zone, ambiguous=False, nonexistent="NaT")
    doubtful = local.notna() & ~(first == second)
    if doubtful.any():
        before = [found.notes["clock_change"]] if "clock_change" in found.notes else []
        found.notes["clock_change"] = pd.concat([*before, doubtful[doubtful]]).sort_index()
    return first.dt.tz_convert("UTC").astype("datetime64[us, UTC]")


def _read_counts(text: pd.Series, zone: str, found: Dates) -> None:
    """Excel's day numbers and Unix seconds or milliseconds, where all that is left in the column are such numbers."""
    left = text[found.unreadable]
    if not left.str.fullmatch(r"\d{5}(\.\d+)?|\d{9,10}|\d{12,13}").all():
        return
    numbers = pd.to_numeric(left)
    if numbers.between(*SERIAL_DAYS).all():
        local = pd.Timestamp("1899-12-30") + pd.to_timedelta((numbers * 86_400).round(), unit="s")
        _take(found, _localised(local.astype("datetime64[us]"), zone, found).reindex(text.index))
        found.notes["excel_dates"] = left
        return
    for scale, name in ((1, "epoch_seconds"), (1000, "epoch_milliseconds")):
        if (numbers / scale).between(*EPOCH_SECONDS).all():
            instants = pd.to_datetime((numbers * (1_000_000 // scale)).astype("int64"), unit="us", utc=True)
            _take(found, instants.reindex(text.index))
            found.notes[name] = left
