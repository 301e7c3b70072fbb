"""Where the table begins and ends: titles above the header, repeated headers, totals and legal lines below."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from leadalign.intake.cells import looks_like_data
from leadalign.intake.findings import Findings
from leadalign.intake.footers import without_footer
from leadalign.intake.rows import Row
from leadalign.intake.sections import data_columns, is_header, is_table, joined, one_table, without_comments
from leadalign.intake.titles import group_above, is_series, one_header, without_rules
from leadalign.intake.turned import ask_whether_turned

LOOKED_AT = 40
RAGGED, MANY = ("too_few_cells", "too_many_cells"), 5


@dataclass(frozen=True)
class Table:
    """The header's cells, its line (0 where the file has none), and the rows below that fit it."""

    header: list[str]
    line: int
    rows: list[Row]


def find_table(rows: Sequence[Row], known: Callable[[list[str]], bool], findings: Findings, wanted: int = 1) -> Table:
    """The table in a file (the one `wanted`, or the first); every row outside it is noted in `findings`."""
    findings.repair("blank_rows", [row.line for row in rows if not row.filled()], away=True)
    apart = {below.line for above, below in pairwise(rows) if below.filled() and not above.filled()}
    rows = without_comments([row for row in rows if row.filled()], findings)
    rows = without_rules(rows, findings)
    if not rows:
        return Table([], 0, [])
    place = _header_place(rows, known)
    is_known = known(rows[place].cells)
    place = place if is_known else group_above(rows, place)
    header, width = _named(rows[place].cells, rows[place + 1 :])
    body = list(rows[place + 1 :])
    if not is_known and _looks_like_data(rows[place], body):
        findings.ask("no_header", line=rows[place].line)
        place, body = place - 1, list(rows[place:])
        header, line = [f"column {number}" for number in range(1, width + 1)], 0
    else:
        line = rows[place].line
        findings.repair("empty_columns", (), count=len(rows[place].cells) - width)
    above = [row for row in rows[: place + 1] if row.line != line]
    above = _put_table_aside(above, width, findings) if is_known else above
    findings.repair("title_rows", [row.line for row in above], away=True)
    if not line:
        return _below(header, line, body, findings)
    titles = [row.cells for row in rows[:place] if row.filled() > 1 or len(row.cells) == 1]
    header = _numbered(header, body)
    table = one_table(Row(line, header), body, findings, apart, wanted)
    header, line, body = table[0].cells, table[0].line, table[1:]
    if not known(header):
        ask_whether_turned(header, body, findings)
        single, whole = header, body
        header, body = one_header(header, body, findings)
        titles += [single, *(row.cells for row in whole[: len(whole) - len(body)])]
    return _below(header, line, body, findings, titles)


def _put_table_aside(above: list[Row], width: int, findings: Findings) -> list[Row]:
    """The rows above a known header without the table that they hold: it is told, and no mere title."""
    for place, row in enumerate(above):
        size = len(row.cells)
        if _is_full(above, place, width) and is_header(row, size) and is_table(above[place + 1 :], size):
            findings.repair("other_tables", [other.line for other in above[place:]], away=True)
            findings.ask("table_above", line=row.line, last=above[-1].line, count=len(above) - place - 1,
                         columns=", ".join(row.cells))  # fmt: skip
            return above[:place]
    return above


def _below(
    header: list[str], line: int, body: list[Row], findings: Findings, titles: Sequence[list[str]] = ()
) -> Table:
    """The table with the rows below its header that fit it; `titles` are rows that a new page may repeat."""
    width = len(header)
    body = without_footer(_without_repeated_header(body, [header, *titles], findings), width, findings)
    rows = _fitting(joined(body, width, findings), width, findings)
    unfit = len([row for row in findings.refused if row.reason in RAGGED])
    if unfit >= MANY and unfit * 3 > unfit + len(rows):
        findings.ask("hardly_a_table", count=unfit, all=unfit + len(rows), line=line)
    return Table(header, line, rows)


def _numbered(header: list[str], body: Sequence[Row]) -> list[str]:
    """The header with a blank name before its first, where all rows have one cell more: their number."""
    seen = [row.cells[0].strip() for row in body if len(row.cells) == len(header) + 1]
    if (
        len(seen) < 2
        or len(seen) < len(body)
        or seen not in ([str(n + first) for n in range(len(seen))] for first in (0, 1))
    ):
        return header
    return ["", *header]


def _named(header: list[str], below: Sequence[Row]) -> tuple[list[str], int]:
    """The header without blank cells at its end that no row has (`id,name,`), and its width."""
    named = max((place + 1 for place, cell in enumerate(header) if cell.strip()), default=len(header))
    widest = max((len(row.cells) for row in below), default=len(header))
    return header[: max(named, min(widest, len(header)))], max(named, min(widest, len(header)))


def _header_place(rows: Sequence[Row], known: Callable[[list[str]], bool]) -> int:
    """The first row that a format knows; else the first that is as wide as the table and mostly filled."""
    for place, row in enumerate(rows[:LOOKED_AT]):
        if known(row.cells):
            return place
    width = _usual_width(rows)
    fitting = (
        place for place, row in enumerate(rows[:LOOKED_AT])
        if len(row.cells) == width and row.filled() * 2 > width and not _is_sentence(row, rows[place + 1 :])
    )  # fmt: skip
    place = next(fitting, 0)
    # Rows above that are as full as a header are no titles: they must not vanish because a lower table is wider.
    return next((above for above in range(place) if _is_full(rows, above, width)), place)


def _is_full(rows: Sequence[Row], place: int, width: int) -> bool:
    row = rows[place]
    return (row.filled() * 2 > width or row.filled() > 2) and not _is_sentence(row, rows[place + 1 :])


def _is_sentence(row: Row, below: Sequence[Row]) -> bool:
    """Whether a row is prose with commas (`Leads of May, June, and July`), which no row below has blanks after."""
    after = [cell for cell in row.cells[1:] if cell.strip()]
    spaced = len(after) > 0 and all(cell.startswith(" ") and not looks_like_data(cell.strip()) for cell in after)
    others = [cell for other in below[:20] for cell in other.cells[1:] if cell.strip()]
    return spaced and bool(others) and not any(cell.startswith(" ") for cell in others)


def _usual_width(rows: Sequence[Row]) -> int:
    widths = Counter(len(row.cells) for row in rows)
    return max(widths, key=lambda width: (widths[width] if width > 1 else 0, width))


def _looks_like_data(row: Row, body: Sequence[Row]) -> bool:
    """A header has words; numbers and dates in it where the rows below have the same are a first row of data."""
    alike = [place for place, cell in enumerate(row.cells) if cell.strip() and looks_like_data(cell.strip())]
    if not body:
        return len(alike) == row.filled()
    if is_series([row.cells[place].strip() for place in alike]) and (
        len(alike) < row.filled() or not all(looks_like_data(cell.strip() or "0") for cell in body[0].cells)
    ):
        return False
    below = body[:20]
    fits = [
        place
        for place in alike
        if below
        and all(looks_like_data(other.cells[place].strip() or "0") for other in below if place < len(other.cells))
    ]
    return bool(fits) and len(alike) * 4 >= row.filled()


def _without_repeated_header(body: list[Row], headers: Sequence[list[str]], findings: Findings) -> list[Row]:
    """The rows without those that repeat the header, and without the titles of a new page above them."""
    again = {row.line for row in body if row.cells in headers}
    if not again:
        return body
    findings.repair("repeated_header", sorted(again), away=True)
    findings.ask("same_header_again", line=min(again), count=len(again), lines=sorted(again)[:100])
    away = set(again)
    for row, below in list(pairwise(body))[::-1]:
        if below.line in away and row.filled() <= 2 < len(headers[0]) / 2:
            away.add(row.line)
    findings.repair("title_rows", sorted(away - again), away=True)
    return [row for row in body if row.line not in away]


def _fitting(body: list[Row], width: int, findings: Findings) -> list[Row]:
    """The rows as wide as the header; wider ones lose blank cells at the end, if they are not shifted; others go."""
    wide = [row for row in body if len(row.cells) > width]
    exact = [row for row in body if len(row.cells) == width] if wide else []
    shape, never = data_columns(exact, width), _blank_columns(exact, width)
    rows, cut = [], []
    for row in body:
        if len(row.cells) == width:
            rows.append(row)
        elif len(row.cells) < width:
            findings.refuse(row.line, "too_few_cells", row.cells, found=len(row.cells), expected=width)
        elif any(cell.strip() for cell in row.cells[width:]) or _is_shifted(row, shape, never):
            findings.refuse(row.line, "too_many_cells", row.cells, found=len(row.cells), expected=width)
        else:
            rows.append(Row(row.line, row.cells[:width]))
            cut.append(row.line)
    findings.repair("blank_cells_at_the_end", cut)
    return rows


def _blank_columns(rows: Sequence[Row], width: int) -> set[int]:
    return {place for place in range(width) if rows and not any(row.cells[place].strip() for row in rows)}


def _is_shifted(row: Row, shape: set[int], never: set[int]) -> bool:
    """Whether words stand where the column has only numbers or dates, or anything where it is always blank."""
    words = any(row.cells[place].strip() and not looks_like_data(row.cells[place].strip()) for place in shape)
    return words or any(row.cells[place].strip() for place in never)
