"""Tables as CSV files that a spreadsheet opens as text and numbers, never as a formula."""

import csv
import io
import re
from collections.abc import Callable

import pandas as pd
import streamlit as st

from leadalign.ui.language import words

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def harmless(cell: object) -> object:
    """The cell with an apostrophe before it where a spreadsheet would calculate it; plain numbers stay as they are."""
    if not isinstance(cell, str) or not cell.lstrip(" ").startswith(DANGEROUS):
        return cell
    return cell if _PLAIN_NUMBER.fullmatch(cell.strip(" ")) else "'" + cell


def as_csv(table: pd.DataFrame) -> bytes:
    """The table as a CSV file (RFC 4180) in UTF-8 with the mark by which Excel knows Hebrew."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([harmless(str(name)) for name in table.columns])
    empty = table.astype(object).where(table.notna(), "")
    writer.writerows([harmless(cell) for cell in row] for row in empty.itertuples(index=False))
    return text.getvalue().encode("utf-8-sig")


def offer_csv(name: str, table: Callable[[], pd.DataFrame], label: str | None = None) -> None:
    """A button that makes the file only when it is clicked, and does not run the page again."""
    st.download_button(
        label or words("ui.download_csv"),
        data=lambda: as_csv(table()),
        file_name=f"leadalign-{name}.csv",
        mime="text/csv",
        key=f"download_{name}",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
    )
