"""Leads that were merged so far, and the way to make two of one again."""

from typing import Any

import pandas as pd
import streamlit as st

import leadalign.ui.tables as tables
from leadalign import identity
from leadalign.store import unmerge
from leadalign.ui.deciding import Said, decide
from leadalign.ui.language import words
from leadalign.ui.memory import database, remembered
from leadalign.ui.people import current_person, name_of_person

read_merged = remembered(lambda db: tuple(identity.merged_pairs(db)))


def show_merged() -> None:
    """The merges that stand as a table; a row can be taken back."""
    found = read_merged()
    if not found:
        st.caption(words("identity.pairs.merged_none"))
        return
    tables.show_table(_table(found), "merged", _columns())
    who = current_person()
    if who is None or not who.may("merge_leads"):
        return
    names = {each.lead_id: f"{each.name or each.lead_id} → {each.into_name or each.into_id}" for each in found}
    with st.expander(words("identity.pairs.merged_choose")):
        lead = st.selectbox(
            words("identity.pairs.merged_choose"), list(names), format_func=names.__getitem__, index=None,
            placeholder="", key="unmerge_lead", label_visibility="collapsed",
        )  # fmt: skip
        if st.button(words("identity.pairs.merged_do"), disabled=lead is None, key="unmerge") and lead:
            decide(lambda: unmerge(database(), who, lead), Said(words("identity.pairs.said_undone")))


def _table(found: tuple[identity.Merged, ...]) -> pd.DataFrame:
    """Who became part of whom, when and by whose word."""
    return pd.DataFrame(
        {
            "name": [each.name or each.lead_id for each in found],
            "into": [each.into_name or each.into_id for each in found],
            "merged": [each.merged_at for each in found],
            "who": [name_of_person(each.said_by) for each in found],
            "lead": [each.lead_id for each in found],
        }
    )


def _columns() -> dict[str, Any]:
    return {
        "name": tables.text("name"),
        "into": tables.text("into"),
        "merged": tables.moment_column("merged"),
        "who": tables.text("who"),
        "lead": tables.text("lead"),
    }
