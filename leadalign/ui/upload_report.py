"""What intake made of one file, told to the person who brought it: rows, repairs, refusals, columns."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

import leadalign.ui.tables as tables
from leadalign.intake import Column, RefusedRow, Repair, Understanding
from leadalign.texts import formats, has
from leadalign.ui.downloads import offer_csv
from leadalign.ui.escape import plain
from leadalign.ui.language import language, words

SYSTEMS = {"hubspot": "HubSpot", "salesforce": "Salesforce", "zoho": "Zoho", "native": "leadalign"}


def show_report(found: Understanding) -> None:
    """Rows and columns as read, then repairs and refusals."""
    name = format_name(found.format.name if found.format else str(found.kind))
    rows = formats.number(found.rows, language())
    st.markdown(words("ui.uploads.understood", format=plain(name), rows=rows, kind=words(f"intake.kinds.{found.kind}")))
    _show_repairs(found.repairs)
    if found.refused:
        _show_refused(found.refused, found.sha256[:8])
    _show_columns(found.columns)


def format_name(name: str) -> str:
    """A format as people call it: "Zoho leads"."""
    system, _, rest = name.partition("_")
    return f"{SYSTEMS[system]} {rest.replace('_', ' ')}" if system in SYSTEMS else name


def _show_repairs(repairs: Sequence[Repair]) -> None:
    """Each rule by which something was mended, with how often."""
    lines = [f"- {in_words('repairs', repair.rule)} ({formats.number(repair.count, language())})" for repair in repairs]
    if lines:
        st.markdown(words("ui.uploads.repaired") + "\n" + "\n".join(lines))


def _show_refused(refused: Sequence[RefusedRow], key: str) -> None:
    """The refused rows with the reason for each, and their file."""
    st.markdown(words("ui.uploads.refused", count=formats.number(len(refused), language())))
    rows = [(row.line, in_words("refused", row.reason, row.details, raw=True), row.text) for row in refused]
    table = pd.DataFrame(rows, columns=["line", "reason", "text"])
    columns = {"line": tables.count("line"), "reason": tables.text("reason"), "text": tables.text("text")}
    with st.expander(words("ui.uploads.see_refused")):
        _grid(table, columns)
    offer_csv(f"refused-{key}", lambda: table, words("ui.uploads.download_refused"))


def _show_columns(found: Sequence[Column]) -> None:
    """Which column became what."""
    with st.expander(words("ui.uploads.columns")):
        rows = [(column.name, _target(column.target), column.filled) for column in found]
        columns = {"column": tables.text("column"), "becomes": tables.text("becomes"), "filled": tables.count("filled")}
        _grid(pd.DataFrame(rows, columns=list(columns)), columns)


def _grid(table: pd.DataFrame, columns: dict[str, Any]) -> None:
    """A plain table in the reader's order."""
    st.dataframe(table, hide_index=True, column_config=columns, column_order=tables.in_reading_order(list(columns)))


def _target(target: str | None) -> str:
    """What a column fills, in words; an attribute keeps its own name."""
    if target is None:
        return "–"
    return (
        target.removeprefix("attributes.")
        if target.startswith("attributes.")
        else in_words("targets", target, raw=True)
    )


def in_words(block: str, code: str, details: dict[str, Any] | None = None, *, raw: bool = False) -> str:
    """Intake's words for a code with its details; what they quote of the file is made plain unless `raw`."""
    if not has(f"intake.{block}.{code}"):
        return code if raw else plain(code)
    quoted = {name: value if raw else plain(value) for name, value in (details or {}).items()}
    return words(f"intake.{block}.{code}", **quoted)
