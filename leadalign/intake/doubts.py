"""Cells that cannot be what was meant: errors and cut numbers of spreadsheets, quotes that swallowed whole rows."""

import re

import pandas as pd

from leadalign.intake.findings import Findings
from leadalign.intake.footers import may_hold_totals, without_totals

ERRORS = r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!)$|#{4,}$"
CUT_NUMBER = r"[-+]?\d(?:[.,]\d+)?E\+\d{1,3}$"
TEXT_FORMULA = r'="([^"]*)"$'
SIGNS = {
    "error_cells": ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A", "####"),
    "cut_numbers": ("E+",),
    "text_formulas": ('="',),
}
"""What a text must hold before its cells are looked at for it."""
LINE_BREAK = re.compile(r"\r\n|\r|\n")
EXAMPLES = 100


def without_doubts(frame: pd.DataFrame, text: str, separator: str, findings: Findings) -> pd.DataFrame:
    """The rows with what a spreadsheet wrote around text taken off; what else is doubtful is asked about.

    `text` is the file's text, by which most files are cleared at once; a workbook has none, and all is looked at.
    """
    suspects = {name for name, signs in SIGNS.items() if not text or any(_holds(text, sign) for sign in signs)}
    if "text_formulas" in suspects:
        frame = _plain_text(frame, findings)
    for code, pattern in (("error_cells", ERRORS), ("cut_numbers", CUT_NUMBER)):
        if code in suspects:
            _ask(code, frame, pattern, findings)
    if '"' in text or "'" in text:
        _ask_about_swallowed(frame, separator, findings)
    return without_totals(frame, findings) if not text or may_hold_totals(text) else frame


def _holds(text: str, sign: str) -> bool:
    """Whether the sign stands in the text; each of its letters is looked for first, which takes a fraction of that."""
    return all(letter in text for letter in sign[::-1]) and sign in text


def _texts(frame: pd.DataFrame) -> list[str]:
    return [str(column) for column in frame.columns if frame[column].notna().any()]


def _plain_text(frame: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """`="007"`, by which exports keep Excel from taking a text for a number, is `007`."""
    touched: set[int] = set()
    for column in _texts(frame):
        inner = frame[column].str.strip().str.extract(TEXT_FORMULA)[0]
        if inner.notna().any():
            frame[column] = frame[column].where(inner.isna(), inner)
            touched |= {int(line) for line in frame.index[inner.notna()]}
    findings.repair("text_formulas", sorted(touched))
    return frame


def _ask(code: str, frame: pd.DataFrame, pattern: str, findings: Findings) -> None:
    """Asks about each column with such cells, with their lines."""
    for column in _texts(frame):
        cells = frame[column].dropna().str.strip()
        found = cells[cells.str.match(pattern)]
        if len(found):
            lines = [int(line) for line in found.index[:EXAMPLES]]
            findings.ask(code, column, count=len(found), example=str(found.iloc[0]), lines=lines)


def _ask_about_swallowed(frame: pd.DataFrame, separator: str, findings: Findings) -> None:
    """Asks about cells in which whole rows stand: a quote that was opened in one row and closed in a later one."""
    width, lines = frame.shape[1], list[int]()
    if width < 2 or not separator:
        return
    for column in _texts(frame):
        long = frame[column][frame[column].str.contains("\n", regex=False).fillna(False).astype(bool)]
        for line, cell in long.items():
            inside = LINE_BREAK.split(cell)[1:-1] if width > 2 else LINE_BREAK.split(cell)
            if any(part.count(separator) == width - 1 for part in inside):
                lines.append(int(str(line)))
    if lines:
        findings.ask("swallowed_rows", count=len(lines), line=min(lines), lines=sorted(lines)[:EXAMPLES])
