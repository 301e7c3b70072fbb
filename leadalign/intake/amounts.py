"""Amounts, durations and yes/no of a whole column; the column proves which mark is the decimal one, or it is asked."""

import re
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from leadalign.intake.patterns import all_match, each_value, extract, matches, numbers

Mark = Literal["point", "comma"]
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "₪": "ILS", "R$": "BRL", "ש״ח": "ILS", 'ש"ח': "ILS", "¥": "JPY"}
POINT_SYMBOLS = ("$", "£", "₪")
AMOUNT = (
    r"^(?P<open>\()?(?P<sign>[-+\u2212])?\s*(?P<before>[A-Z]{2,3}\s|R?\$|[€£₪¥])?\s*(?P<inner>[-+])?"
    r"(?P<digits>\d[\d.,' \u00a0\u202f]*?|[.,]\d+)(?P<power>[eE][-+]?\d+)?\s*(?P<scale>[KkMmBb])?"
    r"\s*(?P<after>[A-Z]{3}|R?\$|[€£₪¥]|ש[\"״']ח)?(?P<close>\))?$"
)
WHOLE, PLAIN = r"-?\d{1,15}$", r"-?\d+(?:\.\d+)?$"
POINT_STYLE = r"(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?"
COMMA_STYLE = r"(?:\d{1,3}(?:[.' ]\d{3})+|\d+)?(?:,\d*)?"
MINUTES = {"milliseconds": 1 / 60_000, "seconds": 1 / 60, "minutes": 1.0, "hours": 60.0, "clock": 1.0}
CLOCK = r"^(?:(?P<hours>\d+):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{2})$"
IN_WORDS = (
    r"(?i)^(?=\d)(?:(?P<hours>\d+(?:\.\d+)?)\s*h(?:ours?|rs?)?\b\.?\s*)?"
    r"(?:(?P<minutes>\d+(?:\.\d+)?)\s*m(?:in(?:ute)?s?)?\b\.?\s*)?(?:(?P<seconds>\d+)\s*s(?:ec(?:ond)?s?)?\b\.?)?$"
)
SCALES = {"k": 1e3, "m": 1e6, "b": 1e9}
TRUE_WORDS = ("true", "yes", "y", "1", "כן", "t", "done", "on", "אמת", "נכון", "✓", "✔", "☑", "✅")
FALSE_WORDS = ("false", "no", "n", "0", "לא", "f", "undone", "off", "שקר", "לא נכון", "✗", "✘", "❌", "☐")


@dataclass
class Amounts:
    """A column as numbers, what could not be read, which decimal mark was used, and the currencies that it names."""

    numbers: pd.Series
    unreadable: pd.Series
    mark: Mark | None
    open: bool
    currency: pd.Series


def read_amounts(cells: pd.Series, mark: Mark | None = None) -> Amounts:
    """A column of text as numbers: `$1,117.10K`, `22.700,00 €`, `(5)`; `mark` is a person's answer."""
    text = cells.str.strip()
    if all_match(text.dropna(), WHOLE):
        nowhere, unsaid = pd.Series(False, index=text.index), pd.Series(None, index=text.index, dtype="object")
        return Amounts(numbers(text), nowhere, mark or "point", False, unsaid)
    parts = extract(text, AMOUNT)
    digits = parts["digits"].str.replace(r"[\u00a0\u202f]", " ", regex=True)
    symbol = parts["before"].str.strip().fillna(parts["after"])
    currency = each_value(symbol, _currency)
    decided = mark or _proven_mark(digits, symbol)
    filled = text.notna() & (text != "")
    if decided is None:
        nothing = pd.Series(float("nan"), index=cells.index)
        return Amounts(nothing, filled, None, bool(digits.notna().any()), currency)
    amounts = _numbers(digits, decided) * _factors(parts)
    return Amounts(amounts, filled & amounts.isna(), decided, False, currency)


def _currency(symbol: str) -> str:
    return SYMBOLS.get(symbol, symbol)


def _proven_mark(digits: pd.Series, symbol: pd.Series) -> Mark | None:
    """The mark that every amount allows; where both do and mean different numbers, the symbol decides or nothing."""
    seen = digits[digits.notna()]
    if mixes_marks(seen):
        return None
    as_point, as_comma = _numbers(seen, "point"), _numbers(seen, "comma")
    if as_point.notna().all() and (as_comma.isna().any() or as_point.equals(as_comma)):
        return "point"
    if as_comma.notna().all() and as_point.isna().any():
        return "comma"
    both = as_point.notna().all() and as_comma.notna().all()
    pointed = symbol.reindex(seen.index).isin(POINT_SYMBOLS) | as_point.eq(as_comma)
    return "point" if both and pointed.all() else None


def mixes_marks(digits: pd.Series) -> bool:
    """Whether `5,5` stands beside `5.555` and no cell with both marks says which one parts the thousands."""
    comma, point = digits.str.contains(",", regex=False), digits.str.contains(".", regex=False)
    if not (comma.any() and point.any()) or (comma & point).any():
        return False
    return bool(digits.str.fullmatch(r"\d+[.,](?:\d{1,2}|\d{4,})").any())


def _numbers(digits: pd.Series, mark: Mark) -> pd.Series:
    fits = digits.str.fullmatch(POINT_STYLE if mark == "point" else COMMA_STYLE).fillna(False).astype(bool)
    thousands = "," if mark == "point" else r"[.' ]"
    plain = digits.str.replace(thousands, "", regex=True).str.replace(",", ".", regex=False)
    return pd.to_numeric(plain.where(fits), errors="coerce").astype("float64")


def _factors(parts: pd.DataFrame) -> pd.Series:
    scale = parts["scale"].str.lower().map(SCALES).astype("float64").fillna(1.0)
    power = 10.0 ** pd.to_numeric(parts["power"].str[1:]).astype("float64").fillna(0.0)
    negative = parts["open"].notna() | parts["sign"].isin(["-", "\u2212"]) | parts["inner"].eq("-")
    return scale * power * (1.0 - 2.0 * negative)


def read_minutes(cells: pd.Series, unit: str) -> tuple[pd.Series, pd.Series]:
    """(minutes, unreadable) of durations in `unit`, as 00:12:30 or 1h 5m; the unit `clock` reads 1:30 as 90 minutes."""
    text = cells.str.strip()
    minutes = numbers(text.where(matches(text, PLAIN))) * MINUTES[unit]
    written = text[text.notna() & minutes.isna()]
    if len(written):
        minutes = minutes.fillna(_written_minutes(written, unit).reindex(cells.index))
    return minutes, text.notna() & (text != "") & minutes.isna()


def _written_minutes(text: pd.Series, unit: str) -> pd.Series:
    """Minutes of hours, minutes and seconds that stand between colons or before their letters."""
    clock, words = (extract(text, pattern).apply(pd.to_numeric).astype("float64") for pattern in (CLOCK, IN_WORDS))
    if unit == "clock":
        of_two = clock["hours"].isna() & clock["minutes"].notna()
        clock["hours"] = clock["hours"].where(~of_two, clock["minutes"])
        clock["minutes"] = clock["minutes"].where(~of_two, clock["seconds"])
        clock["seconds"] = clock["seconds"].where(~of_two, 0.0)
    parts = clock.where(clock.notna().any(axis=1), words)
    sums = parts["hours"].fillna(0) * 60 + parts["minutes"].fillna(0) + parts["seconds"].fillna(0) / 60
    return sums.where(parts.notna().any(axis=1))


def unit_of(header: str) -> str:
    """The unit that a header names; minutes where it names none."""
    words = header.casefold()
    if "millisec" in words or re.search(r"\bms\b", words):
        return "milliseconds"
    if "hour" in words or "שעות" in words:
        return "hours"
    return "seconds" if "sec" in words or "שניות" in words else "minutes"


def read_flags(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """(True/False/missing, unreadable) of yes/no cells."""
    text = each_value(cells, lambda cell: cell.strip().rstrip("\ufe0f").casefold())
    flags = text.map(dict.fromkeys(TRUE_WORDS, True) | dict.fromkeys(FALSE_WORDS, False))
    return flags.astype("boolean"), text.notna() & (text != "") & flags.isna()
