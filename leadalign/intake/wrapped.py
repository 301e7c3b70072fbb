"""Rows that a program wrote as one quoted cell each, and rows that a line end of another kind cut in two."""

import csv
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from leadalign.intake.dialect import Dialect, sniff
from leadalign.intake.findings import Findings
from leadalign.intake.rows import Row, Rows
from leadalign.intake.separators import COMMON


def unwrapped(rows: Rows, findings: Findings) -> Rows:
    """Rows that stand in one quoted cell each, split by what is written inside."""
    singles = [row for row in rows.rows if row.filled() == 1 and row.cells[0].strip()]
    if not singles:
        return rows
    widths = Counter(len(row.cells) for row in rows.rows if row.filled() > 1)
    if len(singles) * 2 < len(rows.rows):
        return _few_unwrapped(rows, singles, max(widths, key=lambda width: widths[width], default=0), findings)
    inner = sniff("\n".join(row.cells[0] for row in singles))
    split = {row.line: _inside(row.cells[0], inner) for row in singles}
    width = Counter(len(cells) for cells in split.values()).most_common(1)[0][0]
    whole = {line: cells for line, cells in split.items() if len(cells) == width}
    # `Dec 8, 2022` and `1,50` are cells with a comma, not rows.
    prose = inner.spaced and width < 3
    numbers = all(re.fullmatch(r"[-+$€₪\d.,\s]+", row.cells[0]) for row in singles[1:] or singles)
    strange = inner.delimiter not in COMMON or (bool(widths) and set(widths) != {width})
    if width < 2 or strange or prose or numbers or len(whole) * 2 < len(singles):
        return rows
    findings.repair("wrapped_rows", whole)
    return Rows([Row(row.line, whole.get(row.line, row.cells)) for row in rows.rows], inner)


def _few_unwrapped(rows: Rows, singles: list[Row], width: int, findings: Findings) -> Rows:
    """The same for a few wrapped rows in a table whose other rows are whole."""
    if width < 3:
        return rows
    split = {row.line: _inside(row.cells[0], rows.dialect) for row in singles if len(row.cells) == 1}
    whole = {line: cells for line, cells in split.items() if len(cells) == width and cells[0].strip()}
    findings.repair("wrapped_rows", whole)
    return replace(rows, rows=[Row(row.line, whole.get(row.line, row.cells)) for row in rows.rows]) if whole else rows


def _inside(cell: str, dialect: Dialect) -> list[str]:
    try:
        return dialect.restored(next(dialect.reader([cell]), [cell]))
    except csv.Error:
        return [cell]


def rejoined(rows: Rows, soft: dict[int, str], findings: Findings) -> Rows:
    """Two rows as one where the first ends in a line end unlike the others and only both make a whole row."""
    if not soft:
        return rows
    widths = Counter(len(row.cells) for row in rows.rows)
    width = max(widths, key=lambda one: (widths[one], one), default=0)
    seams = {
        second.line: first
        for first, second in pairwise(rows.rows)
        if second.line - 1 in soft and len(first.cells) + len(second.cells) - 1 == width
        and 0 < len(first.cells) < width > len(second.cells) > 0
    }  # fmt: skip
    heads = {first.line for first in seams.values()}
    kept = [row for row in rows.rows if row.line not in heads]
    kept = [_joined(seams[row.line], row, soft[row.line - 1]) if row.line in seams else row for row in kept]
    findings.repair("spilled_rows", sorted(seams), away=True)
    return replace(rows, rows=kept)


def _joined(first: Row, second: Row, end: str) -> Row:
    return Row(first.line, [*first.cells[:-1], first.cells[-1] + end + second.cells[0], *second.cells[1:]])
