"""A program of its own, started under limits: a workbook comes in, its sheets go out as lines of JSON.

A crafted sheet can end the process that parses it, so the server never does that itself.
"""

import contextlib
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MEMORY = 2 * 1024**3
SECONDS = 60
MOST_TEXT = 256 * 1024**2
TOO_BIG = 3
SURE_DIGITS = 10**15
"""Spreadsheets keep 15 digits of a number; a longer ID that was no text has lost its last ones."""
MOST_FAULTS = 1000
BLOCK = 4 * 1024**2
FAULTS = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="(?P<error>[A-Z]+\d+)"[^>]*?\bt="e"'
    rb'|<(?:\w+:)?c\b[^>]*?\br="(?P<empty>[A-Z]+\d+)"[^>/]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def main() -> int:
    """Reads the workbook on standard input; the exit code says whether it was too big."""
    _limit()
    content = sys.stdin.buffer.read()
    try:
        faults = _faults(content) if content.startswith(b"PK") else {}
        with CalamineWorkbook.from_object(io.BytesIO(content)) as book:
            _put_sheets(book, faults)
    except MemoryError:
        return TOO_BIG
    except PasswordError:
        _put({"problem": "locked_file"})
    except (CalamineError, zipfile.BadZipFile, zipfile.LargeZipFile, ElementTree.ParseError, ValueError, OSError):
        _put({"problem": "damaged_spreadsheet"})
    return 0


def _limit() -> None:
    """Memory and time that parsing may take; Windows has no such limits, there the parent's clock alone counts."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _put_sheets(book: CalamineWorkbook, faults: dict[str, list[str]]) -> None:
    written = 0
    for about in book.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        hidden = about.visible is not SheetVisibleEnum.Visible
        _put({"sheet": about.name, "hidden": hidden, "faults": faults.get(about.name, [])})
        long: list[str] = []
        for row in book.get_sheet_by_name(about.name).iter_rows():
            written += _put(_trimmed([as_text(cell) for cell in row]))
            long += [as_text(cell) for cell in row if isinstance(cell, float) and abs(cell) >= SURE_DIGITS]
            if written > MOST_TEXT:
                raise MemoryError
        _put({"long_numbers": long[:MOST_FAULTS]})


def _put(what: Any) -> int:
    return sys.stdout.buffer.write(json.dumps(what).encode() + b"\n")


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def as_text(cell: Any) -> str:
    """A cell as a CSV export would write it, but dates in ISO's order."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, date | time):
        return cell.isoformat()[:12]
    return _duration(cell) if isinstance(cell, timedelta) else _number(cell)


def _moment(cell: datetime) -> str:
    """Day counts are fractions: what is left of a second beyond the thousandths is their rounding."""
    cell += timedelta(microseconds=500)
    cell = cell.replace(microsecond=cell.microsecond // 1000 * 1000)
    return cell.isoformat(timespec="milliseconds" if cell.microsecond else "seconds")


def _duration(cell: timedelta) -> str:
    seconds = round(cell.total_seconds())
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60:02}:{minutes % 60:02}:{rest:02}"


def _number(cell: float) -> str:
    """The shortest text; `1.234` ends in a zero so that no column reads it as a thousand and more."""
    if float(cell).is_integer() and abs(cell) < SURE_DIGITS:
        return str(int(cell))
    text = format(Decimal(repr(cell)).normalize(), "f")
    return f"{text}0" if re.fullmatch(r"-?\d{1,3}\.\d{3}", text) else text


def _faults(content: bytes) -> dict[str, list[str]]:
    """For each sheet the cells that hold an error or a formula without a value: they would look merely blank."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: _faults_in(parts, path) for name, path in _places(parts) if path in parts.namelist()}


def _places(parts: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the part that holds it."""
    if "xl/workbook.xml" not in parts.namelist() or "xl/_rels/workbook.xml.rels" not in parts.namelist():
        return
    links = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    for sheet in ElementTree.fromstring(parts.read("xl/workbook.xml")).iter():
        link = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
        if sheet.tag.endswith("}sheet") and link in targets:
            target = targets[link]
            yield str(sheet.get("name")), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _faults_in(parts: zipfile.ZipFile, path: str) -> list[str]:
    found: list[str] = []
    with parts.open(path) as part:
        rest = b""
        while len(found) < MOST_FAULTS and (block := part.read(BLOCK)):
            whole, end, rest = (rest + block).rpartition(b"</row>")
            if not end:
                continue
            found += _faulty(whole)
        found += _faulty(rest)
    return found[:MOST_FAULTS]


def _faulty(cells: bytes) -> list[str]:
    """The places of faulty cells; most stretches have neither formulas nor errors and need no close look."""
    if b't="e"' not in cells and b"f>" not in cells and b"f/>" not in cells:
        return []
    return [(match["error"] or match["empty"]).decode() for match in FAULTS.finditer(cells)]


if __name__ == "__main__":
    sys.exit(main())
