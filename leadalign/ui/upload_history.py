"""What came in so far, what each upload added and its report, and the way to take any of them out again."""

import json
from typing import Any

import pandas as pd
import streamlit as st

import leadalign.ui.tables as tables
from leadalign.intake import RefusedRow, Repair
from leadalign.settings import settings
from leadalign.store import history, what_uploads_added
from leadalign.texts import formats
from leadalign.ui.company import calendar
from leadalign.ui.escape import plain
from leadalign.ui.inbox_refused import show_refused_by_inbox
from leadalign.ui.language import language, words
from leadalign.ui.memory import database, remembered
from leadalign.ui.page import show_empty
from leadalign.ui.people import current_person, name_of_person, say_who_first
from leadalign.ui.upload_report import format_name, say_accounting, show_refused, show_repairs
from leadalign.ui.upload_taking import being_taken, undo_upload
from leadalign.ui.upload_work import MOMENT, forget_outcomes

Upload = dict[str, Any]


@remembered
def uploads_so_far(db: Any) -> tuple[Upload, ...]:
    """Every upload with the leads that it brought and changed, the latest first."""
    added = what_uploads_added(db)
    return tuple({**row, **_leads(row, added.get(row["batch_id"], {}))} for row in history(db))


def _leads(row: Upload, added: dict[str, int]) -> dict[str, int | None]:
    """New, changed and same leads; the same are known only where each row of the file is a lead."""
    new, changed = added.get("new", 0), added.get("changed", 0)
    same = max(row["rows_read"] - new - changed, 0) if row["kind"] == "leads" else None
    return {"new_leads": new, "changed_leads": changed, "same_leads": same}


def show_history() -> None:
    """What the inbox refused, the uploads as a table, and beneath it the report of one and its undoing."""
    show_refused_by_inbox()
    found = uploads_so_far()
    if not found:
        show_empty("no_uploads")
        return
    tables.show_table(_table(found), "batches", _columns())
    with st.expander(words("ui.uploads.undo"), key="one_upload"):
        _show_one(found)


def _table(found: tuple[Upload, ...]) -> pd.DataFrame:
    """The uploads as people read them."""
    return pd.DataFrame(
        {
            "uploaded": [row["uploaded_at"] for row in found],
            "file": [row["file_name"] for row in found],
            "standing": [_stands(row) for row in found],
            "new_leads": [row["new_leads"] for row in found],
            "changed_leads": [row["changed_leads"] for row in found],
            "same_leads": pd.array([row["same_leads"] for row in found], dtype="Int64"),
            "events": [row["events_added"] for row in found],
            "refused": [row["rows_refused"] for row in found],
            "who": [name_of_person(row["recorded_by"]) for row in found],
        }
    )


def _stands(row: Upload) -> str:
    """In a word for the table whether an upload counts; its report says who undid it, and when."""
    if row["undone_at"] is None:
        return words("ui.uploads.stands")
    return words("ui.uploads.anew" if row["replaced_by"] else "ui.uploads.not_counted")


def _standing(row: Upload) -> str:
    """When an upload was undone and by whom, or told anew because an earlier one was undone."""
    when = formats.day(calendar().day_of(row["undone_at"]), language())
    if row["replaced_by"]:
        return words("ui.uploads.told_anew", when=when)
    return words("ui.uploads.out", who=plain(name_of_person(row["undone_by"])), when=when)


def _columns() -> dict[str, Any]:
    """What is told of each upload."""
    counts = ("new_leads", "changed_leads", "same_leads", "events", "refused")
    return {
        "uploaded": tables.moment_column("uploaded"),
        "file": tables.text("file"),
        "standing": tables.text("standing"),
        **{name: tables.count(name) for name in counts},
        "who": tables.text("who"),
    }


def _show_one(found: tuple[Upload, ...]) -> None:
    """Chooses an upload, shows its report, says what undoing it does, and does it."""
    by_id = {row["batch_id"]: row for row in found}
    batch = st.selectbox(
        words("ui.uploads.which"), list(by_id), index=None, placeholder="", key="undo_batch",
        format_func=lambda one: f"{by_id[one]['file_name']} · {_moment(by_id[one])}",
    )  # fmt: skip
    if batch is None:
        return
    row = by_id[batch]
    _show_stored_report(row)
    if row["undone_at"] is None:
        _offer_undo(row, _later(row, found))


def _show_stored_report(row: Upload) -> None:
    """What was read, mended and refused when the file came in."""
    report = json.loads(row["report"])
    read_as = words("ui.uploads.read_as", format=plain(format_name(row["format"])))
    st.caption(read_as if row["undone_at"] is None else f"{read_as} · {_standing(row)}")
    refused = [RefusedRow(**each) for each in report.get("refused", [])]
    repairs = [Repair(**{**each, "lines": tuple(each["lines"])}) for each in report.get("repairs", [])]
    say_accounting(report.get("rows_in_file", row["rows_read"]), row["rows_read"], len(refused),
                   report.get("rows_away", 0))  # fmt: skip
    show_repairs(repairs)
    show_refused(refused, row["batch_id"])


def _later(row: Upload, found: tuple[Upload, ...]) -> int:
    """How many later uploads of the same export still count; the list runs from the latest."""
    place = found.index(row)
    return sum(1 for each in found[:place] if each["format"] == row["format"] and each["undone_at"] is None)


def _offer_undo(row: Upload, later: int) -> None:
    """What undoing would do, in words, and the button."""
    who = current_person()
    st.markdown(words("ui.uploads.undo_says", events=formats.number(row["events_added"], language())))
    if later:
        count = formats.number(later, language())
        st.markdown(words("ui.uploads.undo_later_one") if later == 1 else words("ui.uploads.undo_later", count=count))
    if who is None or not who.may("undo"):
        st.info(say_who_first() if who is None else words("ui.frame.not_for_you"), icon=":material/person:")
        return
    busy = row["batch_id"] in being_taken(database())
    if st.button(words("ui.uploads.undo_do"), disabled=busy, key=f"undo_{row['batch_id']}"):
        forget_outcomes()
        undo_upload(database(), who, row["batch_id"], f"{row['file_name']} · {_moment(row)}").wait(MOMENT)
        st.rerun()


def _moment(row: Upload) -> str:
    """When an upload came in, for one file may have come more than once."""
    return formats.moment(row["uploaded_at"], settings().zone, language())
