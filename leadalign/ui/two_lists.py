"""Marketing's list beside sales' list of the same thing: what both have, what only one has, and why."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

import leadalign.ui.address as address
import leadalign.ui.tables as tables
from leadalign import reconciliation as lists
from leadalign.figures import Frame
from leadalign.reconciliation import THINGS, Reconciliation
from leadalign.texts import formats
from leadalign.ui.language import language, words
from leadalign.ui.memory import remembered
from leadalign.ui.navigation import go_to
from leadalign.ui.view import view

PARTS = ("only_marketing", "only_sales", "moved")


@remembered
def _two_lists(db: Any, frame: Frame, thing: str) -> Reconciliation:
    return lists.reconciliation(db, frame, thing)


def show_two_lists() -> None:
    """For each thing both counts, how far they agree, and the way to the leads of each difference."""
    st.caption(words("data_health.both.says"))
    for thing in THINGS:
        _show_thing(_two_lists(view().frame, thing))


def _show_thing(found: Reconciliation) -> None:
    """One thing: its sentence, the reasons for each difference, and the list that was asked for."""
    with st.container(border=found.state == "two_sides", key=f"quiet_both_{found.thing}"):
        st.markdown(_sentence(found))
        for part in PARTS:
            rows = getattr(found, part)
            if rows:
                _show_part(found, part, rows)


def _sentence(found: Reconciliation) -> str:
    """Both counts in a sentence; where there is nothing to compare, why."""
    thing = words(f"data_health.things.{found.thing}")
    if found.state != "two_sides" or not (found.marketing or found.sales):
        state = "nothing" if found.state == "two_sides" else found.state
        return words(f"data_health.both.{state}", thing=thing)
    if found.marketing == found.sales == found.both:
        return words("data_health.both.agree", thing=thing, count=_number(found.both))
    counts = {name: _number(getattr(found, name)) for name in ("marketing", "sales", "both")}
    return words("data_health.both.differ", thing=thing, **counts)


def _show_part(found: Reconciliation, part: str, rows: Sequence[dict[str, Any]]) -> None:
    """What one list lacks: how many, why, and their names on demand."""
    name = f"{found.thing}.{part}"
    is_open = address.get("list") == name
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(words(f"data_health.both.{part}", count=_number(len(rows))), width="content")
        reasons = [
            words("data_health.both.reason", reason=words(f"data_health.reasons.{reason}"), count=_number(count))
            for reason, count in found.reasons(part).most_common()
        ]
        st.caption(" · ".join(reasons), width="content")
        st.button(
            words("data_health.row.close") if is_open else words("data_health.both.see"), key=f"list_{name}",
            type="tertiary", on_click=address.put, args=("list", None if is_open else name),
        )  # fmt: skip
    if is_open:
        _show_rows(part, rows)


def _show_rows(part: str, rows: Sequence[dict[str, Any]]) -> None:
    """The leads of one difference by name; a click on one opens its story."""
    columns = {"name": tables.text("name"), "marketing_on": tables.day_column("marketing_on"),
               "sales_on": tables.day_column("sales_on"), "reason": tables.text("reason"),
               "lead": tables.text("lead")}  # fmt: skip
    shown = [
        {
            "name": row["name"], "marketing_on": row["marketing_on"], "sales_on": row["sales_on"],
            "reason": words(f"data_health.reasons.{row['reason']}"), "lead": row["lead_id"],
        }
        for row in rows
    ]  # fmt: skip
    picked = tables.show_table(pd.DataFrame(shown, columns=list(columns)), part, columns, pick=True)
    if picked is not None:
        go_to("leads", {"lead": shown[picked]["lead"]})


def _number(count: int) -> str:
    return formats.number(count, language())
