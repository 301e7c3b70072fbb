"""A text as a table: its ends by the careful reader; what is proven plain between them is split all at once."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from leadalign.intake.findings import Findings
from leadalign.intake.header import Table, find_table
from leadalign.intake.patterns import ALPHANUMERIC, begins
from leadalign.intake.progress import Progress, unwatched
from leadalign.intake.regular import HEAD, Middle, Places, plain_middle
from leadalign.intake.table import Row, Rows, dialect_of, read_rows

LARGE = 4_000_000
"""Characters from which on the proof is worth its time."""
JUDGED_BY = 200
"""Rows below the header by which some rules judge a column (`data_columns`): all of them must be in the head."""
ABOVE, BELOW = 25, 225
"""Rows on both sides of the middle that must be plain too, for some rules look at 20 rows below a row, or 200 above."""
MOST = 0.6
"""The share of rows that must be as most are, so that the ends show the same majority as the whole."""
SAYS = r"[\pL\pN]"
"""What a cell has that says something, and neither is blank nor draws a line."""
HARMLESS = {
    "blank_rows", "title_rows", "footer_rows", "empty_columns", "header_rows", "separator_line", "repeated_header",
    "no_header", "same_header_again",
}  # fmt: skip
"""What may be found in the ends without saying anything of the rows between them."""


@dataclass(frozen=True)
class Split:
    """The rows of a text as the careful reader saw them, the table among them, and the middle that it did not see."""

    rows: Rows
    table: Table
    in_file: int
    """How many rows the file has, its header among them."""
    middle: Middle | None = None
    cells: pa.Table | None = None


def tabled(rows: Rows, known: Callable[[list[str]], bool], findings: Findings, wanted: int) -> Split:
    """Rows that are all at hand, and the table among them."""
    in_file = len(rows.rows) + len(findings.refused) + findings.rows_away()
    return Split(rows, find_table(rows.rows, known, findings, wanted), in_file)


def split(
    file: str, text: str, known: Callable[[list[str]], bool], findings: Findings, wanted: int = 1,
    progress: Progress = unwatched, large: int = LARGE,
) -> Split:  # fmt: skip
    """The rows and the table of a text; the same whether or not a part of it is read all at once."""
    middle = plain_middle(text, dialect_of(text)) if len(text) >= large and wanted == 1 else None
    in_bulk = _in_bulk(file, middle, known, findings, progress) if middle else None
    return in_bulk or tabled(read_rows(file, text, findings, progress), known, findings, wanted)


def _in_bulk(
    file: str, middle: Middle, known: Callable[[list[str]], bool], findings: Findings, progress: Progress
) -> Split | None:
    """The ends read with care and the middle all at once; None where what the ends need to know of it is not proven."""
    attempt = deepcopy(findings)
    rows = read_rows(file, middle.ends, attempt, progress, middle.dialect, middle.line)
    careful = tabled(rows, known, attempt, 1)
    if not _goes_through(middle, rows, careful.table, attempt, findings):
        return None
    progress("splitting", len(rows.rows), len(rows.rows) + len(middle.lines))
    cells = _cells(middle)
    if cells is None or not _plain(cells, _not_rows(rows, careful.table)):
        return None
    findings.repairs, findings.refused, findings.questions = attempt.repairs, attempt.refused, attempt.questions
    return replace(careful, in_file=careful.in_file + len(middle.lines), middle=middle, cells=cells)


def _goes_through(middle: Middle, rows: Rows, table: Table, attempt: Findings, before: Findings) -> bool:
    """Whether the table goes through the middle, and no rule that was applied to the ends looks at all rows."""
    told = {each.rule for each in attempt.repairs[len(before.repairs) :]}
    told |= {each.code for each in attempt.questions[len(before.questions) :]}
    if told - HARMLESS or len(attempt.refused) > len(before.refused) or rows.dialect != middle.dialect:
        return False
    within = {row.line for row in table.rows}
    head = [row for row in rows.rows if row.line <= middle.head_lines]
    tail = rows.rows[len(head) :]
    seam = [row.line for row in (*head[-ABOVE:], *tail[:BELOW])]
    judged = [row for row in table.rows if row.line <= middle.head_lines]
    if _may_be_sums(rows.rows):
        return False
    usual = sum(1 for row in rows.rows if len(row.cells) == middle.width and row.filled() > 1)
    return (
        len(table.header) == middle.width and len(head) <= HEAD and len(judged) >= JUDGED_BY
        and within.issuperset(seam) and usual > len(rows.rows) * MOST
    )  # fmt: skip


def _may_be_sums(rows: list[Row]) -> bool:
    """Whether one of the last rows has no name: only all rows above can tell whether it is their sum."""
    for row in reversed(rows):
        nameless = not (row.cells and row.cells[0].strip())
        if nameless and row.filled():
            return True
        if row.filled() > 1:
            return False
    return True


def _cells(middle: Middle) -> pa.Table | None:
    """The middle's cells as text, column by column, nothing guessed; None where not all rows are equally wide."""
    try:
        cells = _parsed(middle)
    except pa.ArrowInvalid:
        return None
    return cells if cells.num_rows == len(middle.lines) else None


def _parsed(middle: Middle) -> pa.Table:
    names = [f"c{place}" for place in range(middle.width)]
    return pyarrow.csv.read_csv(
        pa.py_buffer(middle.data),
        pyarrow.csv.ReadOptions(column_names=names, block_size=4 << 20),
        pyarrow.csv.ParseOptions(
            delimiter=middle.dialect.delimiter, quote_char=middle.dialect.quote, newlines_in_values=middle.wrapped,
            ignore_empty_lines=False,
        ),
        pyarrow.csv.ConvertOptions(
            check_utf8=False, column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False,
        ),
    )  # fmt: skip


def _not_rows(rows: Rows, table: Table) -> list[str]:
    """How the header and all else begins that the careful reader took out of the table: a page may repeat it."""
    within = {row.line for row in table.rows}
    return [table.header[0], *(row.cells[0] for row in rows.rows if row.cells and row.line not in within)]


def _plain(cells: pa.Table, others: list[str]) -> bool:
    """Whether no row begins with `#` or as one of `others`, all say something and most several things."""
    first, strange = cells.column(0), pa.array(others, pa.large_string())
    if pc.any(pc.match_substring(first, "#")).as_py() or pc.any(pc.is_in(first, strange)).as_py():
        return False
    filled = several = np.zeros(cells.num_rows, bool)
    for column in cells.columns:
        here = begins(column, ALPHANUMERIC)
        if not here.all():
            here = pc.match_substring_regex(column, SAYS).to_numpy()
        filled, several = filled | here, several | (filled & here)
        if filled.all() and several.mean() > MOST:
            return True
    return False


def column_cells(split: Split, place: int) -> pa.ChunkedArray:
    """The cells of one column of the table, from its first row to its last."""
    ends = [_texts(rows, place) for rows in _ends(split)]
    between = split.cells.column(place).chunks if split.cells is not None else []
    return pa.chunked_array([ends[0], *between, ends[1]])


def _ends(split: Split) -> tuple[list[Row], list[Row]]:
    rows, last = split.table.rows, split.middle.head_lines if split.middle else None
    above = [row for row in rows if last is None or row.line <= last]
    return above, rows[len(above) :]


def _texts(rows: list[Row], place: int) -> pa.Array:
    return pa.array([row.cells[place] for row in rows], pa.large_string())


def lines(split: Split) -> Places:
    """The line of the file on which each row of the table begins."""
    above, below = ([row.line for row in rows] for rows in _ends(split))
    between: Places | list[int] = split.middle.lines if split.middle else []
    return np.concatenate([above, between, below]).astype("int64")
