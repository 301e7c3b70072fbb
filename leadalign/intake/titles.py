"""Headers of several rows made one, and rows that only draw lines."""

import re
from collections.abc import Sequence
from itertools import pairwise

from leadalign.intake.cells import looks_like_data
from leadalign.intake.findings import Findings
from leadalign.intake.rows import Row
from leadalign.intake.sections import data_columns

RULE = re.compile(r"[-=_+*:|~\s]*[-=_]{2,}[-=_+*:|~\s]*$")
NO_WORDS = {"n/a", "na", "null", "none", "tbd", "nan", "unknown", "-", "--", "?", "לא ידוע"}
YEAR = re.compile(r"(?:19|20)\d\d$")
DEEPEST, DEEPEST_SPARSE = 2, 9


def without_rules(rows: list[Row], findings: Findings) -> list[Row]:
    """The rows without those that draw a line (`----,----`), as printed tables have under their header."""
    drawn = {row.line for row in rows if _is_rule(row)}
    findings.repair("rule_rows", sorted(drawn), away=True)
    return [row for row in rows if row.line not in drawn]


def _is_rule(row: Row) -> bool:
    first = next((cell for cell in row.cells if cell.strip()), "")
    if not RULE.match(first.strip()):
        return False
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    long = sum(map(len, filled)) >= 3 * len(filled)
    return bool(filled) and long and all(RULE.match(cell) for cell in filled)


def group_above(rows: Sequence[Row], place: int) -> int:
    """Where the header begins: a row higher where merged titles (`,Q1,,Q2,`) stand over groups of its columns."""
    if not place:
        return place
    above, names = rows[place - 1], rows[place]
    groups = [cell.strip() for cell in above.cells if cell.strip()]
    spans = len(above.cells) == len(names.cells) and len(groups) >= 2 and above.filled() * 2 <= len(names.cells)
    words = all(not cell.endswith(":") and not _is_data(cell) for cell in groups)
    told_apart = len({cell.strip() for cell in names.cells}) < len(names.cells) or len(set(groups)) == len(groups)
    full = names.filled() >= len(names.cells) - 1 and not any(_is_data(cell.strip()) for cell in names.cells)
    return place - 1 if spans and words and told_apart and full else place


def _is_data(cell: str) -> bool:
    return bool(cell) and looks_like_data(cell) and not YEAR.match(cell)


def one_header(header: list[str], body: list[Row], findings: Findings) -> tuple[list[str], list[Row]]:
    """A header of several rows as one: rows of words that stand where the rows below have numbers or dates."""
    deep, first = 0, header
    while deep < _deepest(header) and deep + 2 < len(body) and _goes_on(first, body[deep], body[deep + 1 :]):
        deep += 1
    for row in body[:deep]:
        header = _merged(header, row)
    lines = [row.line for row in body[:deep]]
    findings.repair("header_rows", lines, away=True)
    if lines:
        findings.ask("header_of_several_rows", count=deep + 1, line=lines[-1])
    return header, body[deep:]


def _deepest(header: list[str]) -> int:
    return DEEPEST if sum(1 for cell in header if cell.strip()) * 2 > len(header) else DEEPEST_SPARSE


def _merged(header: list[str], row: Row) -> list[str]:
    """Both rows' words, column by column; a title over several columns is said before each of their names."""
    above = sum(1 for cell in header if cell.strip())
    if above * 2 > len(header) or row.filled() <= above * 2:
        return [_together(over, under, " ") for over, under in zip(header, row.cells, strict=True)]
    names, group = [], ""
    for over, under in zip(header, row.cells, strict=True):
        group = over.strip() or group
        names.append(_together(group if under.strip() else over, under, " > "))
    return names


def _together(over: str, under: str, between: str) -> str:
    over, under = over.strip(), under.strip()
    return over if over == under else between.join(part for part in (over, under) if part)


def _goes_on(header: list[str], row: Row, below: Sequence[Row]) -> bool:
    """Whether a row has words, and no data, where the rows below have data."""
    width = len(header)
    sparse = _deepest(header) > DEEPEST
    near = [
        other
        for other in below[min(DEEPEST_SPARSE, len(below) // 2) if sparse else 0 :][:20]
        if len(other.cells) == width
    ]
    if len(row.cells) != width or row.cells == header or len(near) < 2:
        return False
    shape = data_columns(near, width)
    words = [row.cells[place].strip() for place in shape]
    enough = len(shape) > 1 or width == 2 == len(shape) + 1
    said = any(words) if sparse else all(words)
    named = all(word.casefold() not in NO_WORDS for word in words)
    return enough and said and named and not any(_is_data(cell.strip()) for cell in row.cells)


def is_series(cells: Sequence[str]) -> bool:
    """Whether cells count on by one, as years in a header do."""
    if len(cells) < 2 or not all(re.fullmatch(r"\d{1,4}", cell) for cell in cells):
        return False
    numbers = [int(cell) for cell in cells]
    counted = all(later == earlier + 1 for earlier, later in pairwise(numbers))
    return counted and (numbers[0] in (0, 1) or bool(YEAR.match(cells[0])))
