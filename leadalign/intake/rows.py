"""The rows of a file before it is known which of them is the header: their lines and their cells as text."""

from dataclasses import dataclass

from leadalign.intake.dialect import Dialect


@dataclass(frozen=True)
class Row:
    """One row: the line of the file that it begins on, and its cells as text."""

    line: int
    cells: list[str]

    def filled(self) -> int:
        """How many cells say something."""
        return sum(1 for cell in self.cells if cell.strip())


@dataclass(frozen=True)
class Rows:
    """All rows of a text that could be split into cells, and how they were written."""

    rows: list[Row]
    dialect: Dialect
