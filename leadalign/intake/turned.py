"""Tables that stand on their side, one column a record, and tables beside each other: both are asked about."""

from collections.abc import Sequence

import pandas as pd

from leadalign.intake.cells import looks_like_data
from leadalign.intake.findings import Findings
from leadalign.intake.rows import Row

MOST_ROWS = 60
FEWEST_ROWS = 2


def ask_whether_turned(header: list[str], body: Sequence[Row], findings: Findings) -> None:
    """Asks where each row holds one kind of cell, and no column does, as when records are columns."""
    rows = [row.cells for row in body if len(row.cells) == len(header)]
    if not FEWEST_ROWS <= len(rows) == len(body) <= MOST_ROWS or len(header) < 2:
        return
    names = [header[0].strip(), *(row[0].strip() for row in rows)]
    if len(set(names)) < len(names) or any(not name or looks_like_data(name) for name in names):
        return
    by_row = [_kinds(row[1:]) for row in (header, *rows)]
    by_column = [_kinds(column) for column in list(zip(header, *rows, strict=True))[1:]]
    if not by_row or any(len(kinds) > 1 for kinds in by_row):
        return
    seen = {kind for kinds in by_row for kind in kinds}
    mixed = all(_mixed(column) for column in zip(*(row[1:] for row in rows), strict=True))
    if seen == {True, False} and mixed and all(len(kinds) > 1 for kinds in by_column):
        findings.ask("turned_table", count=len(header) - 1)


def _kinds(cells: Sequence[str]) -> set[bool]:
    return {looks_like_data(cell.strip()) for cell in cells if cell.strip()}


def _mixed(cells: Sequence[str]) -> bool:
    """Whether these cells of one column, below the header, hold words beside numbers or dates."""
    return len(_kinds(cells)) > 1


def ask_about_neighbours(header: Sequence[str], blank: Sequence[int], findings: Findings) -> None:
    """Asks whether columns on both sides of a blank one are two tables side by side."""
    for place in blank:
        if any(name.strip() for name in header[:place]) and any(name.strip() for name in header[place + 1 :]):
            findings.ask("tables_side_by_side", place=place + 1)
            return


def blank_places(header: Sequence[str], frame: pd.DataFrame) -> list[int]:
    """The columns without a name that were left out because nothing stands in them."""
    kept = {name.strip() for name in frame.columns}
    return [place for place, name in enumerate(header) if not name.strip() and f"column {place + 1}" not in kept]
