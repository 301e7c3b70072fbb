"""The table of a file as a frame of text: one column for each cell of the header, each row under its line."""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from leadalign.intake.bulk import Split, column_cells, lines
from leadalign.intake.findings import Findings
from leadalign.intake.patterns import VISIBLE, as_text, begins
from leadalign.intake.typing import INVISIBLE, same_header


def text_frame(split: Split, findings: Findings) -> pd.DataFrame:
    """The rows as text, indexed by line, blank cells missing; wholly empty columns without a name are dropped."""
    index = pd.Index(lines(split), dtype="int64")
    data: dict[str, pd.Series] = {}
    empty = 0
    for place, header in enumerate(split.table.header):
        cells = column_cells(split, place)
        if not header.strip() and pc.all(pc.equal(pc.utf8_trim_whitespace(cells), "")).as_py():
            empty += 1
            continue
        name = _name(header, place + 1, data, findings)
        data[name] = as_text(_missing_where_blank(cells), index)
    findings.repair("empty_columns", (), count=empty)
    return pd.DataFrame(data, index=index)


def _missing_where_blank(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    if begins(cells, VISIBLE).all():
        return cells
    blank = pc.equal(pc.utf8_trim_whitespace(cells), "")
    return pc.if_else(blank, pa.scalar(None, cells.type), cells) if pc.any(blank).as_py() else cells


def _name(header: str, place: int, taken: dict[str, pd.Series], findings: Findings) -> str:
    """A header as the name of a column; a blank or repeated one is told and gets a name of its own."""
    plain = INVISIBLE.sub("", header).strip()
    if not plain:
        plain = f"column {place}"
        findings.ask("blank_header", plain, place=place)
    if same_header(plain) not in {same_header(one) for one in taken}:
        return plain
    number = 2
    while f"{plain} ({number})" in taken:
        number += 1
    findings.ask("repeated_header_name", f"{plain} ({number})", header=plain, place=place)
    return f"{plain} ({number})"
