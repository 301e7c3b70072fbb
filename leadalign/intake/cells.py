"""What one cell looks like: a number, an amount, a date or a time, or words as in a header."""

import re

from leadalign.intake.dates import MONTH_NAMES

DATA_LIKE = re.compile(r"[-+$₪€£(]?\d[\d.,:/ T()%-]*([AP]M|Z|K|M)?$", re.IGNORECASE)
WORD_DATE = re.compile(r"(?:\d{1,2}[ .-]+)?([^\W\d_]{3,9})\.?,?[ -]+\d{1,2}(?:\d{2}|,? +\d{4})(?:,? +\d.*)?$")


def looks_like_data(cell: str) -> bool:
    """Whether a filled cell is a number, an amount, a date (`8 Dec 2022`) or a time."""
    if DATA_LIKE.match(cell):
        return True
    date = WORD_DATE.match(cell)
    return bool(date) and date[1].casefold() in MONTH_NAMES  # type: ignore[index]
