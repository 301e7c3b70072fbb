"""Which separator, quote and escape a text is written with, found by trying them on its first lines."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from leadalign.intake.separators import rare_separators

DELIMITERS = (",", ";", "\t", "|")
LONG_DELIMITERS = ("~|~", "|~|", "||", "::", ";;", "~~", "@@", "##", "^^", "$$", "\\t")
RARE_DELIMITERS = ("^", "~", "\x01", "\x1f", "\x1e", " ")
STAND_IN = "\ue000"
"""Takes the place of a separator of several characters while Python's reader, which knows only one, is at work."""
SAMPLE = 60_000
SEPARATOR_LINE = re.compile(r"sep=(.)\r*\n?", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """How cells are separated, quoted and escaped."""

    delimiter: str = ","
    quote: str = '"'
    escape: str | None = None
    spaced: bool = False
    loose: bool = False
    """Whether blanks stand between a closing quote and the separator."""

    def reader(self, lines: Iterable[str]) -> Any:
        """Python's csv reader of these lines; strict, so that a stray quote is told and not swallowed."""
        long = len(self.delimiter) > 1
        return csv.reader(
            (self._readable(line) for line in lines) if long or self.escape or self.loose else lines,
            delimiter=STAND_IN if long else self.delimiter,
            quotechar=self.quote,
            escapechar=self.escape,
            # Without it, Python swallows what stands between a closing quote and the separator.
            doublequote=True,
            skipinitialspace=self.spaced,
            strict=True,
        )

    def restored(self, cells: list[str]) -> list[str]:
        """Cells in which a long separator stood inside quotes, as they were written."""
        if len(self.delimiter) == 1:
            return cells
        return [cell.replace(STAND_IN, self.delimiter) for cell in cells]

    def _readable(self, line: str) -> str:
        """A line with short separators, and escapes only where one can be needed (`C:\\new` keeps its mark)."""
        if self.escape and self.escape in line:
            mark = re.escape(self.escape)
            needy = re.escape(self.escape + self.quote + self.delimiter[0])
            line = re.sub(f"({mark}[{needy}])|{mark}", lambda found: found[1] or 2 * (self.escape or ""), line)
        if self.loose:
            line = re.sub(rf"{self.quote}[ \t]+(?={re.escape(self.delimiter)})", self.quote, line)
        return line if len(self.delimiter) == 1 else line.replace(self.delimiter, STAND_IN)


def sniff(text: str) -> Dialect:
    """The dialect under which most of the first rows have the same number of cells, more than one."""
    sample = _without_comments(_sample(text))
    head = next((line for line in sample.splitlines() if line.strip()), "")
    best, share = _best(sample, DELIMITERS)
    best, share = _rarer(sample, head, best, share)
    if not share and _is_spaced(sample, head):
        best, share = _best(sample, (" ",))
    if share and not best.spaced and _always_spaced(sample, best):
        best = replace(best, spaced=True)
    if best.quote == "'" and '""' in sample and not re.search('(?<!")"(?!")', sample):
        best = replace(best, escape='"')
    if '"' not in sample and len(best.delimiter) == 1 and _single_quoted(sample, best.delimiter):
        best = replace(best, quote="'")
    return best if share > 0 else Dialect()


def _rarer(sample: str, head: str, best: Dialect, share: float) -> tuple[Dialect, float]:
    """The dialect with a separator of several characters, or a rare one, where it fits better than a common one."""
    rare = rare_separators(sample)
    long = tuple(dict.fromkeys(mark for mark in LONG_DELIMITERS + rare if len(mark) > 1 and mark in head))
    if long:
        other, regular = _best(sample, long)
        if regular >= max(share, 0.9) and best.delimiter not in head.replace(other.delimiter, ""):
            return other, regular
    if share < 0.5 and best.delimiter not in head:
        single = (*RARE_DELIMITERS[:-1], *(mark for mark in rare if len(mark) == 1))
        other, regular = _best(sample, (*single, *(" " * (head.count(" ") > 2 and "  " not in head))))
        return (other, regular) if regular else (best, share)
    return best, share


def _is_spaced(sample: str, head: str) -> bool:
    """Whether blanks part the cells of a short header: rows that are numbered, one cell longer than it."""
    lines = [line for line in sample.splitlines() if line.strip()]
    numbered = [line.split()[0].strip('"') for line in lines[1:]]
    return head.count(" ") > 0 and "  " not in head and len(lines) > 2 and numbered in _counts(len(numbered))


def _counts(length: int) -> list[list[str]]:
    return [[str(number) for number in range(first, first + length)] for first in (0, 1)]


def _single_quoted(sample: str, delimiter: str) -> bool:
    """Whether the same columns stand in single quotes in every line."""
    lines = [line for line in sample.splitlines()[:50] if line.strip()]
    shapes = {
        tuple(len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in map(str.strip, line.split(delimiter)))
        for line in lines
    }
    quoted = [any(shape) for shape in shapes]
    return len(lines) > 1 and len(shapes) <= 2 and sum(quoted) == 1 and (len(shapes) == 1 or not _quoted_head(lines[0]))


def _quoted_head(line: str) -> bool:
    return "'" in line


def _without_comments(sample: str) -> str:
    """The sample without comment lines (`# so`, `, so`), where the lines that remain show another separator."""
    kept = re.sub(r"^#[^,;\t|\r\n]*[\r\n]+", "", sample, flags=re.MULTILINE)
    kept = kept if re.search(r"[,;\t|]", kept) else sample
    without = re.sub(r"^, [^,;\t|\r\n]*([\r\n]+|\Z)", "", kept, flags=re.MULTILINE)
    return without if "," not in without and re.search(r"[;\t|]", without) else kept


def _best(sample: str, delimiters: tuple[str, ...]) -> tuple[Dialect, float]:
    """The dialect with one of these separators that splits the sample most evenly, and the share of rows it fits."""
    quotes = ['"'] + (["'"] if re.search(r"(^|[,;\t|^~])'", sample, re.MULTILINE) else [])
    escapes = [None] + (["\\"] if re.search(r"\\[\"',;\t|]", sample) else []) + (["\0"] if '\0"' in sample else [])
    spaced = [False] + ([True] if re.search(r"[,;|] [\"']", sample) else [])
    loose = [False] + ([True] if re.search(r"[\"'] +[,;\t|]", sample) else [])
    tried = [Dialect(*parts) for parts in product(delimiters, quotes, escapes, spaced, loose)]
    judged = [(_regularity(sample, dialect), dialect) for dialect in tried]
    if not judged:
        return Dialect(), 0.0
    regularity, best = max(judged, key=lambda pair: pair[0])
    return best, regularity[0]


def _always_spaced(sample: str, dialect: Dialect) -> bool:
    """Whether the separator is really two characters: a blank follows it everywhere."""
    after = re.escape(dialect.delimiter) + "([^\\r\\n])"
    seen = re.findall(after, sample[:5000])
    return dialect.delimiter in ",;|" and len(seen) > 1 and all(mark == " " for mark in seen)


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
