"""A text as rows of cells with their line numbers; a row that cannot be read is refused alone, and reading goes on."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from leadalign.intake.dialect import Dialect, declared, sniff
from leadalign.intake.findings import Findings
from leadalign.intake.progress import EVERY, Progress, unwatched
from leadalign.problems import Refusal

LONGEST_CELL = 32_767
"""Characters in one cell, as in spreadsheets; a longer one is damage (an unclosed quote) far more often than data."""
MOST_COLUMNS = 512
MOST_QUOTES = 200
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


def read_rows(name: str, text: str, findings: Findings, progress: Progress = unwatched) -> Rows:
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
    return unwrapped(Rows(list(_split(lines, skipped, dialect, findings, progress)), dialect), findings)


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


def _split(lines: list[str], start: int, dialect: Dialect, findings: Findings, progress: Progress) -> Iterator[Row]:
    """Rows one by one; after a fault the row's first line is mended or refused, and reading resumes on the next."""
    csv.field_size_limit(LONGEST_CELL)
    width, mended = 0, list[int]()
    while start < len(lines):
        reader = dialect.reader(islice(lines, start, None))
        begun = 0
        try:
            for cells in reader:
                line = start + begun + 1
                if line % EVERY == 0:
                    progress("splitting", line, len(lines))
                if any("\0" in cell for cell in cells):
                    findings.refuse(line, "nul_in_cell", lines[line - 1].strip("\r\n").replace("\0", "␀"))
                else:
                    width = width if width > 1 else len(cells)
                    yield Row(line, dialect.restored(cells))
                begun = reader.line_num
            break
        except csv.Error:
            start += begun
            told = _quotes_inside(lines[start], dialect, width)
            if told:
                mended.append(start + 1)
                yield Row(start + 1, told)
            else:
                findings.refuse(start + 1, _fault(lines[start], dialect), lines[start].strip("\r\n"))
            start += 1
    findings.repair("quotes_inside", mended)


def _quotes_inside(line: str, dialect: Dialect, width: int) -> list[str] | None:
    """The cells of a line whose quoted cells hold quotes (`"a 5" shelf"`), if just one reading has the right width."""
    if width < 2 or len(line) > LONGEST_CELL or "\0" in line or line.count(dialect.quote) > MOST_QUOTES:
        return None
    quote, mark = re.escape(dialect.quote), re.escape(dialect.delimiter)
    blank = " ?" if dialect.spaced else ""
    cell = rf"{blank}(?:{quote}(.*?){quote}(?={mark}|$)|((?!{quote}).*?)(?={mark}|$))(?:{mark}|$)"
    found = re.findall(cell, line.rstrip("\r\n") + dialect.delimiter)
    found = found[:-1] if found and found[-1] == ("", "") else found
    escaped = re.compile(f"[{re.escape(dialect.escape or dialect.quote)}{quote}]({quote})")
    cells = [escaped.sub(r"\1", quoted or plain) for quoted, plain in found]
    if dialect.escape == '"':
        cells = [cell.replace('""', '"') for cell in cells]
    return cells if len(cells) == width and line.count(dialect.quote) > 2 and _ends_whole(line, dialect) else None


def _ends_whole(line: str, dialect: Dialect) -> bool:
    """Whether as many quotes open a cell as close one: otherwise the cell goes on in the next line."""
    quote, mark = re.escape(dialect.quote), re.escape(dialect.delimiter)
    plain = line.rstrip("\r\n")
    opened = len(re.findall(rf"(?:^|{mark} ?){quote}", plain))
    return opened == len(re.findall(rf"{quote}(?={mark}|$)", plain))


def unwrapped(rows: Rows, findings: Findings) -> Rows:
    """Rows that a program wrote as one quoted cell each, split by what is written inside."""
    singles = [row for row in rows.rows if len(row.cells) == 1 and row.filled()]
    if not singles or len(singles) * 2 < len(rows.rows):
        return rows
    inner = sniff("\n".join(row.cells[0] for row in singles))
    split = {row.line: _inside(row.cells[0], inner) for row in singles}
    width = Counter(len(cells) for cells in split.values()).most_common(1)[0][0]
    whole = {line: cells for line, cells in split.items() if len(cells) == width}
    others = {len(row.cells) for row in rows.rows if len(row.cells) > 1}
    # `Dec 8, 2022` and `1,50` are cells with a comma, not rows.
    prose = inner.spaced and width < 3
    numbers = all(re.fullmatch(r"[-+$€₪\d.,\s]+", row.cells[0]) for row in singles[1:] or singles)
    if width < 2 or prose or numbers or (others and others != {width}) or len(whole) * 2 < len(singles):
        return rows
    findings.repair("wrapped_rows", whole)
    return Rows([Row(row.line, whole.get(row.line, row.cells)) for row in rows.rows], inner)


def _inside(cell: str, dialect: Dialect) -> list[str]:
    try:
        return dialect.restored(next(dialect.reader([cell]), [cell]))
    except csv.Error:
        return [cell]


def _fault(line: str, dialect: Dialect) -> str:
    if len(line) > LONGEST_CELL:
        return "cell_too_long"
    return "unclosed_quote" if line.count(dialect.quote) % 2 else "stray_quote"
