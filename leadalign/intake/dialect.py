"""Which separator, quote and escape a text is written with, found by trying them on its first lines."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 60_000
SEPARATOR_LINE = re.compile(r"sep=(.)\r*\n?", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """How cells are separated, quoted and escaped."""

    delimiter: str = ","
    quote: str = '"'
    escape: str | None = None
    spaced: bool = False

    def reader(self, lines: Iterable[str]) -> Any:
        """Python's csv reader of these lines; strict, so that a stray quote is told and not swallowed."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            escapechar=self.escape,
            doublequote=self.escape is None,
            skipinitialspace=self.spaced,
            strict=True,
        )


def sniff(text: str) -> Dialect:
    """The dialect under which most of the first rows have the same number of cells, more than one."""
    sample = _sample(text)
    quotes = ['"'] + (["'"] if re.search(r"(^|[,;\t|])'", sample, re.MULTILINE) else [])
    escapes = [None] + (["\\"] if re.search(r"\\[\"']", sample) else [])
    spaced = [False] + ([True] if re.search(r"[,;|] [\"']", sample) else [])
    tried = [Dialect(*parts) for parts in product(DELIMITERS, quotes, escapes, spaced)]
    best = max(tried, key=lambda dialect: _regularity(sample, dialect))
    return best if _regularity(sample, best)[0] > 0 else Dialect()


def declared(text: str) -> str | None:
    """The separator that Excel's own first line `sep=;` declares."""
    found = SEPARATOR_LINE.match(text)
    return found.group(1) if found else None


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    end = text.rfind("\n", 0, SAMPLE)
    return text[: end + 1] if end > 0 else text[:SAMPLE]


def _regularity(sample: str, dialect: Dialect) -> tuple[float, int, int]:
    """(share of rows with the commonest width, where that is above one; quoted cells closed; that width)."""
    widths: Counter[int] = Counter()
    reader = dialect.reader(io.StringIO(sample, newline=""))
    faults = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error:
            faults += 1
            continue
        if any(row):
            widths[len(row)] += 1
    wide = {width: rows for width, rows in widths.items() if width > 1}
    if not wide:
        return (0.0, 0, 0)
    width, rows = max(wide.items(), key=lambda item: (item[1] * (item[0] - 1) ** 0.5, item[0]))
    return (round(rows / (widths.total() + faults), 2), -faults, width)
