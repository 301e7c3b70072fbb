"""A text as rows of cells with their line numbers; a row that cannot be read is refused alone, and reading goes on."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from leadalign.intake.dialect import Dialect, declared, sniff
from leadalign.intake.findings import Findings
from leadalign.intake.lines import mended, soft_ends
from leadalign.intake.progress import EVERY, Progress, unwatched
from leadalign.intake.rows import Row, Rows
from leadalign.intake.separators import blank_columns, cut, is_one_column
from leadalign.intake.wrapped import rejoined, unwrapped
from leadalign.problems import Refusal

LONGEST_CELL = 32_767
"""Characters in one cell, as in spreadsheets; a longer one is damage (an unclosed quote) far more often than data."""
MOST_COLUMNS = 512
MOST_QUOTES = 200
MOST_IN_VAIN = 5
"""How often all lines may be read in vain after quotes that do not close; then each line is read on its own."""
NO_SEPARATOR = "\ue001"
"""Stands where a file has one column, so that nothing in its cells parts them."""
__all__ = ["LONGEST_CELL", "MOST_COLUMNS", "Row", "Rows", "dialect_of", "read_rows"]


def read_rows(
    name: str, text: str, findings: Findings, progress: Progress = unwatched,
    dialect: Dialect | None = None, line_of: Callable[[int], int] = int,
) -> Rows:  # fmt: skip
    """The text split into rows; refused rows and repaired line ends are noted in `findings`.

    `dialect` and `line_of` (a line of `text` as a line of the file) are given where `text` is a part of the file.
    """
    text = mended(text, findings)
    separator = declared(text)
    dialect = dialect or dialect_of(text)
    lines = list(io.StringIO(text, newline=""))
    if separator:
        findings.repair("separator_line", [1], away=True)
    _refuse_too_wide(name, lines, dialect)
    starts = [] if separator or any(dialect.delimiter in line for line in lines[:20]) else blank_columns(lines)
    if starts:
        return _cut_by_place(lines, starts, findings)
    if not separator and is_one_column(lines, dialect.delimiter, dialect.spaced):
        findings.ask("one_column", separator=dialect.delimiter)
        dialect = replace(dialect, delimiter=NO_SEPARATOR)
    split = _split(lines, 1 if separator else 0, dialect, findings, progress, line_of)
    return unwrapped(rejoined(Rows(list(split), dialect), soft_ends(text), findings), findings)


def dialect_of(text: str) -> Dialect:
    """How a text is written, by its first lines and by what Excel's own first line declares."""
    separator, dialect = declared(text), sniff(text)
    return replace(dialect, delimiter=separator) if separator else dialect


def _cut_by_place(lines: list[str], starts: list[int], findings: Findings) -> Rows:
    """Rows whose cells begin at the same places in every line; a person is asked whether they do."""
    findings.ask("fixed_width", count=len(starts))
    rows = [Row(number, cut(line, starts)) for number, line in enumerate(lines, start=1)]
    return Rows(rows, Dialect(delimiter=" ", quote=""))


def _refuse_too_wide(name: str, lines: list[str], dialect: Dialect) -> None:
    widest = max((line.count(dialect.delimiter) for line in lines[:20]), default=0) + 1
    if widest <= MOST_COLUMNS:
        return
    unquoted = max(len(re.sub(r'"[^"]*"', "", line).split(dialect.delimiter)) for line in lines[:20])
    if unquoted > MOST_COLUMNS:
        raise Refusal("too_many_columns", file=name, columns=unquoted, most=MOST_COLUMNS)


def _split(
    lines: list[str],
    start: int,
    dialect: Dialect,
    findings: Findings,
    progress: Progress,
    line_of: Callable[[int], int],
) -> Iterator[Row]:
    """Rows one by one; after a fault the row's first line is mended or refused, and reading resumes on the next."""
    csv.field_size_limit(LONGEST_CELL)
    width, mended_lines, in_vain = 0, list[int](), 0
    while start < len(lines):
        end = len(lines) if in_vain <= MOST_IN_VAIN * len(lines) else start + 1
        reader = dialect.reader(map(lines.__getitem__, range(start, end)))
        begun = 0
        try:
            for cells in reader:
                line = start + begun + 1
                if line % EVERY == 0:
                    progress("splitting", line, len(lines))
                if any("\0" in cell for cell in cells):
                    text = lines[line - 1].strip("\r\n").replace("\0", "␀")
                    findings.refuse(line_of(line), "nul_in_cell", text)
                else:
                    width = width if width > 1 else len(cells)
                    yield Row(line_of(line), dialect.restored(cells))
                begun = reader.line_num
            start = end
        except csv.Error:
            in_vain += reader.line_num - begun - 1
            start += begun
            known = _quotes_inside(lines[start], dialect, width)
            if known:
                mended_lines.append(line_of(start + 1))
                yield Row(line_of(start + 1), known)
            else:
                findings.refuse(line_of(start + 1), _fault(lines[start], dialect), lines[start].strip("\r\n"))
            start += 1
    findings.repair("quotes_inside", mended_lines)


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


def _fault(line: str, dialect: Dialect) -> str:
    if len(line) > LONGEST_CELL:
        return "cell_too_long"
    return "unclosed_quote" if line.count(dialect.quote) % 2 else "stray_quote"
