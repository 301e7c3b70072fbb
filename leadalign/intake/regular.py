"""A proof, on the bytes of a large text, that the rows between its head and its tail are plain rows of one width."""

import io
from dataclasses import dataclass
from typing import Any

import numpy as np

from leadalign.intake.dialect import Dialect
from leadalign.intake.lines import is_clean
from leadalign.intake.table import LONGEST_CELL

HEAD, TAIL = 300, 450
"""Rows at both ends that the careful reader looks at: titles, the header, notes, totals, legal lines."""
LINE_END, RETURN = 10, 13
Bytes = np.ndarray[Any, np.dtype[np.uint8]]
Places = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Middle:
    """The plain rows of a text: its two ends apart, the bytes between them, and the line on which each row begins."""

    ends: str
    head_lines: int
    lines: Places
    next_line: int
    data: memoryview
    width: int
    dialect: Dialect
    wrapped: bool

    def line(self, of_ends: int) -> int:
        """The line in the file of a line of the two ends put together."""
        return of_ends if of_ends <= self.head_lines else of_ends - self.head_lines - 1 + self.next_line


def plain_middle(text: str, dialect: Dialect) -> Middle | None:
    """The rows between the ends, where it is proven that no rule of reading but splitting at separators touches them.

    Every quote opens a cell, closes one or is doubled, and all lines end alike. Whether all rows are as wide as the
    first is left to whoever splits them.
    """
    if not (_simple(text, dialect) and _one_line_end(text)):
        return None
    content = text.encode()
    data = np.frombuffer(content, np.uint8)
    inside = _inside_quotes(data, text, dialect)
    if inside is None:
        return None
    every_end = np.flatnonzero(data == LINE_END)
    row_ends = every_end if inside is _NONE else every_end[inside[every_end] == 0]
    starts, stops = _rows(row_ends, len(data))
    if len(starts) <= HEAD + TAIL or int((stops - starts).max()) > LONGEST_CELL:
        return None
    first, after = int(starts[HEAD]), int(starts[-TAIL])
    width = _width(content[first : int(stops[HEAD])], dialect)
    lines = np.arange(HEAD, len(starts) - TAIL + 1) + 1
    if len(every_end) > len(row_ends):
        lines = np.searchsorted(every_end, starts[HEAD : len(starts) - TAIL + 1]) + 1
    return Middle(
        (content[:first] + content[after:]).decode(), int(lines[0]) - 1, lines[:-1], int(lines[-1]),
        memoryview(content)[first:after], width, dialect, len(every_end) > len(row_ends),
    )  # fmt: skip


_NONE: Bytes = np.empty(0, np.uint8)
"""Stands for the marks of a text that has no quotes."""


def _simple(text: str, dialect: Dialect) -> bool:
    """Whether the text is written with single marks and holds nothing that the careful reader refuses."""
    marks = dialect.delimiter + dialect.quote
    usual = dialect == Dialect(dialect.delimiter, dialect.quote) and len(marks) == 2 and marks.isascii()
    return usual and "\0" not in text and is_clean(text)


def _one_line_end(text: str) -> bool:
    """Whether all lines end in LF, or all in CR LF."""
    returns = text.count("\r")
    return returns == 0 or returns == text.count("\n") == text.count("\r\n")


def _inside_quotes(data: Bytes, text: str, dialect: Dialect) -> Bytes | None:
    """1 for each byte within a quoted cell, else 0; None where a quote stands anywhere but at a cell's two ends."""
    if dialect.quote not in text:
        return _NONE
    is_quote = data == ord(dialect.quote)
    quotes = np.flatnonzero(is_quote)
    if len(quotes) % 2:
        return None
    opening, closing = quotes[::2], quotes[1::2]
    before = np.where(opening > 0, data[opening - 1], LINE_END)
    after = np.where(closing < len(data) - 1, data[np.minimum(closing + 1, len(data) - 1)], LINE_END)
    marks = [ord(dialect.delimiter), LINE_END, ord(dialect.quote)]
    if not (np.isin(before, marks).all() and np.isin(after, [*marks, RETURN]).all()):
        return None
    return np.bitwise_xor.accumulate(is_quote.view(np.uint8))


def _rows(row_ends: Places, size: int) -> tuple[Places, Places]:
    """Where each row begins and ends; a text without a line end at its end has one row more."""
    starts = np.concatenate([[0], row_ends + 1])
    stops = np.concatenate([row_ends, [size]])
    return (starts[:-1], stops[:-1]) if starts[-1] == size else (starts, stops)


def _width(row: bytes, dialect: Dialect) -> int:
    """How many cells a row has."""
    return len(next(dialect.reader(io.StringIO(row.decode(), newline="")), []))
