"""The rows behind a check: activities on no lead, impossible sequences, criteria asked too late, who logs how much."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

import leadalign.ui.tables as tables
from leadalign import data_health
from leadalign.data_health import Finding
from leadalign.figures import Frame
from leadalign.texts import formats, has
from leadalign.ui.company import name_of_group
from leadalign.ui.language import language, words
from leadalign.ui.memory import remembered
from leadalign.ui.navigation import go_to
from leadalign.ui.reading import one_figure
from leadalign.ui.sections import show_people
from leadalign.ui.view import view

FACT_OF = {"completeness": "points_at_creation", "handover_completeness": "points_at_hand_over"}


@remembered
def _impossible(db: Any, frame: Frame) -> list[dict[str, Any]]:
    return data_health.impossible_things(db, frame)


@remembered
def _orphans(db: Any, frame: Frame) -> list[dict[str, Any]]:
    return data_health.orphans(db, frame)


@remembered
def _unknown(db: Any, frame: Frame, fact: str) -> list[dict[str, Any]]:
    return data_health.unknown_criteria(db, frame, fact)


@remembered
def set_aside(db: Any) -> int:
    """How many leads count in no figure because they are set aside."""
    return data_health.set_aside(db)


def count_behind(finding: Finding) -> int:
    """How many rows lie behind a check: activities, sequences or leads; 0 where there is nothing to see."""
    figure, name = finding.figure, finding.check.name
    if figure.value is None:
        return 0
    if name in ("orphans", "sequences"):
        return int(figure.part or 0)
    if name == "rating":
        return int(one_figure("unrated_leads", view().frame).value or 0)
    return 1 if name in ("logging", "imputed_minutes") else figure.leads


def show_behind(name: str) -> None:
    """The list behind a check, below its row."""
    LISTS[name]()


def _show_impossible() -> None:
    """Each impossible sequence by kind, with both moments and the file that told it."""
    found = _impossible(view().frame)
    columns = {"what": tables.text("what"), "name": tables.text("name"), "when": tables.moment_column("when"),
               "against": tables.moment_column("against"), "step": tables.text("detail"),
               "file": tables.text("file"), "lead": tables.text("lead")}  # fmt: skip
    rows = [
        {
            "what": words(f"data_health.kinds.{row['kind']}"), "name": row["name"], "when": row["happened_at"],
            "against": row["against_at"], "step": _step(row["what"]), "file": row["file"], "lead": row["lead_id"],
        }
        for row in found
    ]  # fmt: skip
    _listed(rows, "impossible", columns)


def _show_orphans() -> None:
    """Each sales activity on no lead we know."""
    columns = {"lead": tables.text("lead"), "day": tables.day_column("when"), "type": tables.text("type"),
               "minutes": tables.count("minutes"), "file": tables.text("file")}  # fmt: skip
    rows = [
        {
            "lead": row["lead_id"] or words("ui.figure.blank"), "day": row["day"],
            "type": name_of_group("type", row["type"], language()), "minutes": row["minutes"], "file": row["file"],
        }
        for row in _orphans(view().frame)
    ]  # fmt: skip
    _listed(rows, "orphans", columns, opens=False)


def _listed(rows: Sequence[dict[str, Any]], name: str, columns: dict[str, Any], opens: bool = True) -> None:
    """The rows as a table; a click on one opens its lead's story."""
    picked = tables.show_table(pd.DataFrame(rows, columns=list(columns)), name, columns, pick=opens)
    if len(rows) >= data_health.LISTED:
        st.caption(words("data_health.row.most_listed", count=formats.number(len(rows), language())))
    if picked is not None:
        go_to("leads", {"lead": rows[picked]["lead"]})


def _step(what: str) -> str:
    """A step, a type of activity or an attribute, in words where we have them."""
    key = next((key for key in (f"ui.steps.{what}", f"ui.activity_types.{what}") if has(key)), "")
    return words(key) if key and what not in ("value", "class", "rating") else what.replace("_", " ")


def _criteria_of(check: str) -> Callable[[], None]:
    """The list of criteria by how often nobody could answer them."""

    def show() -> None:
        columns = {"criterion": tables.text("criterion"), "asks": tables.text("detail"),
                   "points": tables.count("points"), "unknown_leads": tables.count("unknown_leads")}  # fmt: skip
        rows = _unknown(view().frame, FACT_OF[check])
        tables.show_table(pd.DataFrame(rows, columns=list(columns)), "unknown_criteria", columns)

    return show


LISTS: dict[str, Callable[[], None]] = {
    "sequences": _show_impossible,
    "orphans": _show_orphans,
    "completeness": _criteria_of("completeness"),
    "handover_completeness": _criteria_of("handover_completeness"),
    "logging": lambda: show_people("logging_coverage"),
    "imputed_minutes": lambda: show_people("imputed_minutes_share"),
}
"""Which checks have a list here; behind the others stand leads."""
