"""XLSX and XLS files as the rows that a CSV of the same sheet would give; parsed in a process of its own."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from leadalign.intake.archive import DAMAGE, is_zip, open_archive
from leadalign.intake.choices import Choices
from leadalign.intake.dialect import Dialect
from leadalign.intake.findings import Findings
from leadalign.intake.header import LOOKED_AT
from leadalign.intake.table import LONGEST_CELL, MOST_COLUMNS, Row, Rows
from leadalign.problems import Refusal

OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PROGRAM = Path(__file__).with_name("sheet_process.py")
SECONDS = 90
TOO_BIG = 3
MOST_CELLS = 50_000_000
DIMENSION = re.compile(rb'<(?:\w+:)?dimension\b[^>]*?\bref="(?:[A-Z]+\d+:)?(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})"')
SHOWN = 10
Known = Callable[[list[str]], bool]


@dataclass
class Sheet:
    """One sheet as text, and what of it cannot be told: cells without a value, numbers too long for a number."""

    name: str
    hidden: bool
    faults: list[str]
    long_numbers: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def known(self, known: Known) -> bool:
        """Whether a format knows one of its first rows."""
        return any(known(row) for row in self.rows[:LOOKED_AT])

    def table_like(self) -> bool:
        """Whether it has several rows of several cells, as a sheet of notes has not."""
        return sum(1 for row in self.rows[:LOOKED_AT] if sum(map(bool, row)) > 1) > 1


def is_spreadsheet(content: bytes) -> bool:
    """Whether these bytes are an Excel file, once a ZIP around them is unpacked."""
    return is_zip(content) or content.startswith(OLD_EXCEL)


def read_spreadsheet(
    file: str, content: bytes, known: Known, findings: Findings, choices: Choices | None = None
) -> Rows:
    """The rows of the sheet chosen, else the first that a format knows, else the first table; others are told."""
    if is_zip(content):
        _refuse_far_cells(file, open_archive(file, content))
    elif ENCRYPTED in content:
        raise Refusal("locked_file", file=file)
    sheets = [sheet for sheet in _sheets(file, _parsed(file, content)) if sheet.rows]
    if not sheets:
        raise Refusal("empty_file", file=file)
    wanted = choices.sheet if choices else None
    chosen = _chosen(sheets, wanted, known)
    others = [sheet.name for sheet in sheets if sheet is not chosen]
    if others and chosen.name != wanted:
        names = [sheet.name for sheet in sheets]
        findings.ask("other_sheets", choices=names, sheet=chosen.name, count=len(others), names=_listed(others))
    _tell_doubts(chosen, findings)
    return Rows(_rows(file, chosen, findings), Dialect(delimiter="", quote=""))


def _chosen(sheets: list[Sheet], wanted: str | None, known: Known) -> Sheet:
    """The sheet that was asked for, if it is there; else the likeliest one that can be seen."""
    in_sight = [sheet for sheet in sheets if not sheet.hidden] or sheets
    by_name = (sheet for sheet in sheets if sheet.name == wanted)
    exports = (sheet for sheet in in_sight if sheet.known(known))
    tables = (sheet for sheet in in_sight if sheet.table_like())
    return next(chain(by_name, exports, tables, in_sight))


def _tell_doubts(sheet: Sheet, findings: Findings) -> None:
    """Asks about what a sheet cannot say for certain: errors and missing results, numbers beyond its digits."""
    if sheet.faults:
        findings.ask("cells_without_value", count=len(sheet.faults), cells=_listed(sheet.faults))
    if sheet.long_numbers:
        findings.ask("long_numbers", count=len(sheet.long_numbers), example=sheet.long_numbers[0])


def _refuse_far_cells(file: str, archive: ZipFile) -> None:
    """A sheet that says it reaches to a far corner would fill the memory with blank cells."""
    for entry in archive.infolist():
        if not entry.filename.startswith("xl/worksheets/") or not entry.filename.endswith(".xml"):
            continue
        try:
            with archive.open(entry) as part:
                said = DIMENSION.search(part.read(4096))
        except DAMAGE as fault:
            raise Refusal("damaged_spreadsheet", file=file) from fault
        if said and _column(said["column"]) * int(said["row"]) > MOST_CELLS:
            raise Refusal("sheet_too_big", file=file)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _parsed(file: str, content: bytes) -> bytes:
    """What the parsing process said; its end by a signal, a limit or the clock is a sentence here."""
    # -P: the folder of that program has modules that are named as some of Python's own.
    command = [sys.executable, "-P", str(PROGRAM)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as fault:
        raise Refusal("sheet_too_big", file=file) from fault
    if done.returncode == TOO_BIG or done.returncode < 0 or b"memory allocation" in done.stderr:
        raise Refusal("sheet_too_big", file=file)
    if done.returncode:
        raise Refusal("damaged_spreadsheet", file=file)
    return done.stdout


def _sheets(file: str, said: bytes) -> list[Sheet]:
    sheets: list[Sheet] = []
    for line in said.splitlines():
        found: Any = json.loads(line)
        if isinstance(found, list):
            sheets[-1].rows.append(found)
        elif "problem" in found:
            raise Refusal(found["problem"], file=file)
        elif "long_numbers" in found:
            sheets[-1].long_numbers = found["long_numbers"]
        else:
            sheets.append(Sheet(found["sheet"], found["hidden"], found["faults"]))
    for sheet in sheets:
        while sheet.rows and not any(cell.strip() for cell in sheet.rows[-1]):
            sheet.rows.pop()
    return sheets


def _rows(file: str, sheet: Sheet, findings: Findings) -> list[Row]:
    """All rows as wide as the widest, so that blank cells at the end are no missing ones."""
    width = max(len(row) for row in sheet.rows)
    if width > MOST_COLUMNS:
        raise Refusal("too_many_columns", file=file, columns=width, most=MOST_COLUMNS)
    rows = []
    for line, cells in enumerate(sheet.rows, start=1):
        if any(len(cell) > LONGEST_CELL for cell in cells):
            findings.refuse(line, "cell_too_long", cells)
            continue
        rows.append(Row(line, cells + [""] * (width - len(cells))))
    return rows


def _listed(names: list[str]) -> str:
    return ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")
