"""Parts of a file that are not its table: comment lines, further tables, cells that spilled into the next line."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from leadalign.intake.cells import looks_like_data
from leadalign.intake.findings import Findings
from leadalign.intake.rows import Row

NEAR = 200
"""Rows above another header that say what its columns held until there."""
ALIKE = 0.95
"""The share of a column's cells that must be numbers or dates before a word in it is strange."""


def without_comments(rows: list[Row], findings: Findings) -> list[Row]:
    """The rows without lines that begin with `#`, where their width shows that they are no rows of the table."""
    marked = [row for row in rows if row.cells[0].lstrip().startswith("#")]
    rest = [row for row in rows if not row.cells[0].lstrip().startswith("#")]
    if not marked or len(rest) < 2:
        return rows
    widths = Counter(len(row.cells) for row in rest)
    width = max(widths, key=lambda one: (widths[one], one))
    comments = {row.line for row in marked if len(row.cells) != width}
    if not comments or (width == 1 and rows[0].line not in comments):
        return rows
    findings.repair("comment_rows", sorted(comments), away=True)
    within = [row.line for row in rest if any("#" in cell for cell in row.cells)]
    if within:
        findings.ask("comment_in_rows", lines=within[:100], count=len(within))
    return [row for row in rows if row.line not in comments]


def one_table(header: Row, body: list[Row], findings: Findings, apart: set[int], wanted: int = 1) -> list[Row]:
    """The header and rows of one table; those of the others are put aside and asked about, each with its lines.

    `apart` are the lines below a blank row, where another table of the same width can begin.
    """
    starts = [0, *(start + 1 for start in _starts(body, header, apart))]
    tables = [[header, *body][start:end] for start, end in pairwise([*starts, len(body) + 1])]
    read = wanted - 1 if wanted <= len(tables) else 0
    others = [(number, table) for number, table in enumerate(tables, start=1) if number != read + 1]
    findings.repair("other_tables", [row.line for _, table in others for row in table], away=True)
    for number, table in others:
        columns = ", ".join(cell for cell in table[0].cells if cell.strip())
        findings.ask("another_table", choices=[str(number)], line=table[0].line, last=table[-1].line,
                     count=len(table) - 1, columns=columns)  # fmt: skip
    return _without_title_of_next(tables[read], findings) if read + 1 < len(tables) else tables[read]


def _without_title_of_next(table: list[Row], findings: Findings) -> list[Row]:
    """The table without single cells at its end: they are the title of the next one, and no rows."""
    end = len(table)
    while end > 1 and table[end - 1].filled() == 1 and len(table[0].cells) > 1:
        end -= 1
    findings.repair("title_rows", [row.line for row in table[end:]], away=True)
    return table[:end]


def _starts(body: list[Row], header: Row, apart: set[int]) -> list[int]:
    """Where headers of other tables stand: words only, of a new width, with rows of that width and numbers below."""
    starts: list[int] = []
    width, begun = len(header.cells), 0
    for place, row in enumerate(body):
        if place == 0 or row.filled() < 2 or (len(row.cells) == width and row.line not in apart):
            continue
        if len(row.cells) != width:
            begins = is_header(row, len(row.cells)) and is_table(body[place + 1 : place + 21], len(row.cells))
        else:
            above, below = body[max(begun, place - NEAR) : place], body[place + 1 : place + 21]
            begins = row.cells != header.cells and _is_new_header(row, above, below)
        if begins:
            starts.append(place)
            width, begun = len(row.cells), place + 1
    return starts


def is_header(row: Row, width: int) -> bool:
    """Whether the first cells of a row are names, each another one."""
    names = [cell.strip() for cell in row.cells[:width] if cell.strip()]
    return len(set(names)) == width and not any(looks_like_data(name) for name in names)


def _is_new_header(row: Row, above: list[Row], below: list[Row]) -> bool:
    """Whether a row below a blank one has words only, and words where the rows above it have numbers or dates."""
    said = max(place + 1 for place, cell in enumerate(row.cells) if cell.strip())
    shape = data_columns([other for other in above if len(other.cells) == len(row.cells)], len(row.cells))
    beyond = sum(1 for other in above if any(cell.strip() for cell in other.cells[said:]))
    strange = any(row.cells[place].strip() for place in shape) or (beyond > 1 and beyond * 2 > len(above))
    fits = [other for other in below if not any(cell.strip() for cell in other.cells[said:])]
    has_data = any(looks_like_data(cell.strip()) for other in fits for cell in other.cells if cell.strip())
    return is_header(row, said) and strange and has_data and len(fits) == len(below)


def is_table(below: Sequence[Row], width: int) -> bool:
    """Whether the next rows have this width nearly all, and hold numbers or dates."""
    fitting = [row for row in below if len(row.cells) == width]
    if len(fitting) < 2 or len(below[0].cells) != width:
        return False
    has_data = any(looks_like_data(cell.strip()) for row in fitting for cell in row.cells if cell.strip())
    return has_data and len(fitting) * 2 > len(below)


def joined(body: list[Row], width: int, findings: Findings) -> list[Row]:
    """Rows whose cell holds an unquoted line end, put together again where the columns prove it."""
    if all(len(row.cells) >= width for row in body):
        return body
    shape = data_columns([row for row in body if len(row.cells) == width], width)
    rows: list[Row] = []
    spilled: list[int] = []
    for row in body:
        last = rows[-1] if rows else None
        if last and shape and len(last.cells) < width and len(row.cells) < width:
            whole = [*last.cells[:-1], last.cells[-1] + "\n" + row.cells[0], *row.cells[1:]]
            if len(whole) == width and _proven(whole, len(last.cells), row, shape):
                rows[-1] = Row(last.line, whole)
                spilled.append(row.line)
                continue
        rows.append(row)
    findings.repair("spilled_rows", spilled, away=True)
    return rows


def _proven(whole: list[str], seam: int, second: Row, shape: set[int]) -> bool:
    """Numbers and dates fall into their columns on both sides of the seam, and would not without the join."""
    left, right = {place for place in shape if place < seam - 1}, {place for place in shape if place >= seam}
    fits = all(not whole[place].strip() or looks_like_data(whole[place].strip()) for place in left | right)
    alone = all(looks_like_data(second.cells[place].strip()) for place in shape if place < len(second.cells))
    return bool(left and right) and fits and not alone


def data_columns(rows: Sequence[Row], width: int) -> set[int]:
    """The columns in which nearly every filled cell is a number or a date."""
    found = set()
    for place in range(width):
        filled = [row.cells[place].strip() for row in rows[:200] if row.cells[place].strip()]
        if filled and sum(map(looks_like_data, filled)) >= len(filled) * ALIKE:
            found.add(place)
    return found
