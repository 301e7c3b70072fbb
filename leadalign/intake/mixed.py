"""Columns that write numbers or dates in two ways: a question, for what a person takes for one kind is two."""

from itertools import islice

import pandas as pd

from leadalign.intake.amounts import AMOUNT, mixes_marks
from leadalign.intake.dates import ISO, NUMBERS, read_dates
from leadalign.intake.findings import Findings
from leadalign.intake.patterns import extract, matches

EXAMPLES = 5


def ask_mixed(frame: pd.DataFrame, targets: dict[str, str], findings: Findings) -> None:
    """Asks about each column that no typed field of ours has read and that mixes decimal marks or date forms."""
    for column in frame.columns:
        if targets.get(column, "attributes").startswith("attributes"):
            _ask(str(column), frame[column].dropna(), findings)


def _ask(column: str, cells: pd.Series, findings: Findings) -> None:
    seen = cells.head(50).str.strip()
    if seen.empty or not seen.str.contains(r"\d", regex=True).all():
        return
    seen = pd.Series(cells.str.strip().unique(), dtype="str")
    code = "mixed_decimals" if _decimals(seen) else "mixed_dates" if _dates(seen) else None
    if code:
        findings.ask(code, column, count=len(cells), examples=list(islice(seen, EXAMPLES)))


def _decimals(seen: pd.Series) -> bool:
    if not (seen.str.contains(",", regex=False).any() and seen.str.contains(".", regex=False).any()):
        return False
    digits = extract(seen, AMOUNT)["digits"]
    return bool(digits.notna().all()) and mixes_marks(digits)


def _dates(seen: pd.Series) -> bool:
    """Whether dates with the day and month in an open or in two orders stand beside each other or beside ISO dates."""
    numbers, iso = matches(seen, NUMBERS), matches(seen, ISO)
    if not numbers.any() or not (numbers | iso).all():
        return False
    dates = read_dates(seen, "UTC")
    return dates.open and bool(iso.any() or not dates.possible)
