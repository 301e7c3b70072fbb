"""A text as rows of cells with their line numbers; a row that cannot be read is refused alone, and reading goes on."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from leadalign.intake.dialect import Dialect, declared, sniff
from leadalign.intake.findings import Findings
from leadalign.problems import Refusal

LONGEST_CELL = 32_767
"""Characters in one cell, as in spreadsheets; a longer one is damage (an unclosed quote) far more often than data."""
MOST_COLUMNS = 512
DOUBLED_RETURNS = re.compile(r"\r\r\n")


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


def read_rows(name: str, text: str, findings: Findings) -> Rows:
    """The text split into rows; refused rows and repaired line ends are noted in `findings`."""
    text = _mend_line_ends(text, findings)
    separator = declared(text)
    dialect = sniff(text)
    lines = list(io.StringIO(text, newline=""))
    skipped = 0
    if separator:
        dialect = replace(dialect, delimiter=separator)
        findings.repair("separator_line", [1], away=True)
        skipped = 1
    _refuse_too_wide(name, lines, dialect)
    return Rows(list(_split(lines, skipped, dialect, findings)), dialect)


def _mend_line_ends(text: str, findings: Findings) -> str:
    """CR CR LF (a text file written twice through Windows) would read as a blank row after every row."""
    doubled = len(DOUBLED_RETURNS.findall(text))
    if doubled and doubled * 2 >= text.count("\n"):
        findings.repair("doubled_line_ends", (), count=doubled)
        return DOUBLED_RETURNS.sub("\r\n", text)
    return text


def _refuse_too_wide(name: str, lines: list[str], dialect: Dialect) -> None:
    widest = max((line.count(dialect.delimiter) for line in lines[:20]), default=0) + 1
    if widest <= MOST_COLUMNS:
        return
    unquoted = max(len(re.sub(r'"[^"]*"', "", line).split(dialect.delimiter)) for line in lines[:20])
    if unquoted > MOST_COLUMNS:
        raise Refusal("too_many_columns", file=name, columns=unquoted, most=MOST_COLUMNS)


def _split(lines: list[str], start: int, dialect: Dialect, findings: Findings) -> Iterator[Row]:
    """Rows one by one; after a fault the row's first line is refused and reading resumes on the next line."""
    csv.field_size_limit(LONGEST_CELL)
    while start < len(lines):
        reader = dialect.reader(islice(lines, start, None))
        begun = 0
        try:
            for cells in reader:
                line = start + begun + 1
                if any("\0" in cell for cell in cells):
                    findings.refuse(line, "nul_in_cell", lines[line - 1].strip("\r\n").replace("\0", "␀"))
                else:
                    yield Row(line, cells)
                begun = reader.line_num
            return
        except csv.Error:
            start += begun
            findings.refuse(start + 1, _fault(lines[start], dialect), lines[start].strip("\r\n"))
            start += 1


def _fault(line: str, dialect: Dialect) -> str:
    if len(line) > LONGEST_CELL:
        return "cell_too_long"
    return "unclosed_quote" if line.count(dialect.quote) % 2 else "stray_quote"
