"""Rows that carry on a field of the record above, as exports with several values in one field write them."""

from collections.abc import Iterable

import pandas as pd

from leadalign.intake.findings import Findings
from leadalign.intake.formats import Format


def carried_on(frame: pd.DataFrame, format: Format, findings: Findings) -> tuple[pd.DataFrame, pd.Series]:
    """(the rows with the values that spilled below joined by `; `, which rows are records of their own)."""
    own = list(format.places(list(frame.columns)).values())
    is_record = frame[own].notna().any(axis=1) if own else pd.Series(True, index=frame.index)
    spilled = ~is_record & is_record.cumsum().gt(0)
    if not format.spills or not spilled.any():
        return frame, pd.Series(True, index=frame.index)
    above = pd.Series(frame.index, index=frame.index).where(is_record).ffill()
    frame = frame.copy()
    for column in frame.columns[frame[spilled].notna().any()]:
        pieces = frame[column][spilled].dropna()
        joined = _joined(frame[column], zip(above[pieces.index].astype("int64"), pieces, strict=True))
        frame.loc[list(joined), column] = list(joined.values())
    findings.repair("carried_on_rows", frame.index[spilled], away=True)
    return frame, ~spilled


def _joined(cells: pd.Series, pieces: Iterable[tuple[int, str]]) -> dict[int, str]:
    """For each line that goes on below, its cell with the pieces that belong to it."""
    found: dict[int, list[str]] = {}
    for line, piece in pieces:
        found.setdefault(line, []).append(piece)
    own = cells.loc[list(found)].fillna("").tolist()
    return {line: "; ".join(filter(None, [cell, *more])) for (line, more), cell in zip(found.items(), own, strict=True)}
