"""What came in so far, and the way to take an upload out again."""

from typing import Any

import pandas as pd
import streamlit as st

import leadalign.ui.tables as tables
from leadalign.settings import settings
from leadalign.store import history
from leadalign.texts import formats
from leadalign.ui.escape import plain
from leadalign.ui.language import language, words
from leadalign.ui.memory import database, remembered
from leadalign.ui.page import show_empty
from leadalign.ui.people import current_person, name_of_person
from leadalign.ui.upload_report import format_name
from leadalign.uploads import take_out


@remembered
def uploads_so_far(db: Any) -> tuple[dict[str, Any], ...]:
    """Every upload, the latest first."""
    return tuple(history(db))


def show_history() -> None:
    """The uploads as a table, and beneath it the undoing of one."""
    found = uploads_so_far()
    if not found:
        show_empty("no_uploads")
        return
    tables.show_table(_table(found), "batches", _columns())
    _undo([row for row in found if row["undone_at"] is None])


def _table(found: tuple[dict[str, Any], ...]) -> pd.DataFrame:
    """The uploads as people read them."""
    return pd.DataFrame(
        {
            "uploaded": [row["uploaded_at"] for row in found],
            "file": [row["file_name"] for row in found],
            "format": [format_name(row["format"]) for row in found],
            "who": [name_of_person(row["recorded_by"]) for row in found],
            "rows": [row["rows_read"] for row in found],
            "refused": [row["rows_refused"] for row in found],
            "events": [row["events_added"] for row in found],
            "undone": [row["undone_at"] is not None for row in found],
        }
    )


def _columns() -> dict[str, Any]:
    """What is told of each upload."""
    return {
        "uploaded": tables.moment_column("uploaded"),
        "file": tables.text("file"),
        "format": tables.text("format"),
        "who": tables.text("who"),
        "rows": tables.count("rows"),
        "refused": tables.count("refused"),
        "events": tables.count("events"),
        "undone": st.column_config.CheckboxColumn(tables.heading("undone")),
    }


def _undo(standing: list[dict[str, Any]]) -> None:
    """Chooses an upload, says what undoing does, and does it."""
    who = current_person()
    with st.container(key="undo_said"):  # there even when empty: what follows keeps its place, and so stays open
        for sentence in st.session_state.pop("undo_sentences", []):
            st.success(sentence)
    if not standing or who is None or not who.may("undo"):
        return
    with st.expander(words("ui.uploads.undo")):
        names = {row["batch_id"]: f"{row['file_name']} · {_moment(row)}" for row in standing}
        batch = st.selectbox(words("ui.uploads.which"), list(names), format_func=names.__getitem__, index=None,
                             placeholder="", key="undo_batch")  # fmt: skip
        st.caption(words("ui.uploads.undo_says"))
        if st.button(words("ui.uploads.undo_do"), disabled=batch is None) and batch:
            again = take_out(database(), who, batch)
            key = "still_told" if any(report.events_added for report in again) else "undone"
            st.session_state["undo_sentences"] = [words(f"ui.uploads.{key}", file=plain(names[batch]))]
            st.rerun()


def _moment(row: dict[str, Any]) -> str:
    """When an upload came in, for one file may have come more than once."""
    return formats.moment(row["uploaded_at"], settings().zone, language())
