"""What an unmapped column holds, by all its cells: text stays text unless every cell is a number or a yes/no."""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

from leadalign.intake.amounts import read_amounts, read_flags
from leadalign.intake.dates import BY_RULE, ISO, NUMBERS, WORDS_DAY_FIRST, WORDS_MONTH_FIRST, ZONE_BY_RULE
from leadalign.intake.patterns import TEXT, all_match, cells_of, each_value, is_ascii, matches, needs_no_strip

NUMBER = r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?"
FLAG = r"(?i)(?:true|false|yes|no|כן|לא|אמת|שקר|נכון|לא נכון|[✓✔☑✅✗✘❌☐]\ufe0f?)$"
MONEY = r"[-(]?(?:R?\$|[€£₪])\s?[\d.,]+[KkMm]?\)?"
KINDS = {
    "number": (f"(?:{NUMBER})$",),
    "flag": (FLAG,),
    "money": (f"(?:{MONEY})$",),
    "date": (f"{BY_RULE}{ZONE_BY_RULE}?$", ISO, NUMBERS, WORDS_DAY_FIRST, WORDS_MONTH_FIRST),
}
ALIKE = str.maketrans({**dict.fromkeys("“”„‟״", '"'), **dict.fromkeys("’‘‚׳´`", "'"), **dict.fromkeys("–—−־‑", "-")})
"""Marks that people type for one another: the Hebrew gershayim for a quotation mark, the maqaf for a hyphen."""
WITH_CONTROLS = r"[^\x00-\x1f]*[\x00-\x1f]"
FIRST = 200
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
PIPELINE = re.compile(r"\s\([^()]*pipeline\)$", re.IGNORECASE)
"""HubSpot writes `Closed won (Sales Pipeline)` where there are several pipelines."""


def kind_of(cells: pd.Series) -> str:
    """`number`, `flag`, `money`, `date` or `text`: what every filled cell is; `007` and long ids are text."""
    filled = cells.dropna()
    first = filled.head(FIRST).str.strip()
    for name, patterns in KINDS.items():
        if len(first) and all_match(first, *patterns) and _all_of_kind(filled, patterns):
            return name
    return "text"


def _all_of_kind(filled: pd.Series, patterns: tuple[str, ...]) -> bool:
    return all_match(filled, *patterns) or all_match(filled.str.strip(), *patterns)


def typed(cells: pd.Series) -> pd.Series:
    """The cells as JSON text (a number, true/false or a string); missing where blank."""
    kind = kind_of(cells)
    if kind == "number":
        return each_value(cells, _number)
    if kind == "flag":
        flags, _ = read_flags(cells)
        return flags.map({True: "true", False: "false"}, na_action="ignore").astype("str")
    if kind == "money":
        amounts = read_amounts(cells)
        if not amounts.open:
            return amounts.numbers.map(_number, na_action="ignore").astype("str")
    return json_text(cells)


def json_text(cells: pd.Series) -> pd.Series:
    """Texts as JSON strings; quotes and backslashes are escaped at once, texts with controls one by one."""
    cells = cells.astype("str")
    escaped = cells.str.replace("\\", "\\\\", regex=False).str.replace('"', '\\"', regex=False)
    odd = matches(cells, WITH_CONTROLS)
    quoted = '"' + escaped + '"'
    return quoted.where(~odd, each_value(cells.where(odd), as_json)) if odd.any() else quoted


def _number(value: object) -> str:
    number = float(value)  # type: ignore[arg-type]
    return str(int(number)) if number.is_integer() else repr(number)


def as_json(value: object) -> str:
    """One value as JSON text."""
    return json.dumps(value, ensure_ascii=False)


def clean_text(cells: pd.Series) -> pd.Series:
    """Text without surrounding blanks; a blank cell is missing."""
    if cells.dtype == TEXT and needs_no_strip(cells_of(cells)):
        return cells
    stripped = cells.str.strip()
    return stripped.where(stripped != "")


def clean_key(cells: pd.Series) -> pd.Series:
    """An identifier without the invisible marks that right-to-left typing leaves in it."""
    if not is_ascii(cells) and cells.str.contains(INVISIBLE.pattern, regex=True).any():
        cells = cells.str.replace(INVISIBLE, "", regex=True)
    return clean_text(cells)


@lru_cache(maxsize=8192)
def same_header(header: str) -> str:
    """A header as it is compared: marks, case, blanks, quotes and dashes, a star or colon behind are no matter."""
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", header)).translate(ALIKE).replace("''", '"')
    return re.sub(r"\s+", " ", plain).strip().rstrip("*:").strip().casefold()


def same_word(value: str) -> str:
    """A value as it is looked up in a map of meanings: written alike as headers are."""
    return same_header(value)


def meant(values: pd.Series, meanings: Mapping[str, str]) -> pd.Series:
    """What each value means by a map of meanings, however it is written; missing where the map says nothing."""
    known = {same_word(word): meaning for word, meaning in meanings.items()}
    return each_value(
        values, lambda value: known.get(same_word(value)) or known.get(same_word(PIPELINE.sub("", value)))
    )


def attribute_name(header: str) -> str:
    """A header as the name of an attribute: `Lead Status` is `lead_status`; letters of any script stay."""
    name = re.sub(r"\W+", "_", same_header(header)).strip("_")
    return name or "column"


def long_salesforce_id(cells: pd.Series) -> pd.Series:
    """15-character Salesforce ids with the three that make them safe to compare without case; others as they are."""
    return each_value(cells, _long_id)


def _long_id(value: str) -> str:
    if len(value) != 15 or not value.isascii() or not value.isalnum():
        return value
    checks = ""
    for start in (0, 5, 10):
        bits = sum(1 << place for place, letter in enumerate(value[start : start + 5]) if letter.isupper())
        checks += "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits]
    return value + checks
