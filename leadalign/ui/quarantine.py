"""Leads that count in no figure, and those that wait for a word: seen, released, set aside by a person."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

import pandas as pd
import streamlit as st

import leadalign.ui.tables as tables
from leadalign import identity
from leadalign.identity import Aside
from leadalign.store import Actor, Database, release, set_aside
from leadalign.texts import formats, has
from leadalign.ui.deciding import Said, decide
from leadalign.ui.downloads import offer_csv
from leadalign.ui.language import language, words
from leadalign.ui.memory import database, remembered
from leadalign.ui.people import current_person, name_of_person

Act = Callable[[Database, Actor, Iterable[str]], None]

read_aside = remembered(lambda db: tuple(identity.aside_list(db)))


def show_aside() -> None:
    """The leads that count nowhere, each with the rule or the word that did it."""
    found = [each for each in read_aside() if not each.counts]
    if not found:
        st.caption(words("identity.pairs.aside_none"))
        return
    st.markdown(words("identity.pairs.aside_says"))
    _choose(found, "aside", {"release": (release, set_aside, "said_released")})


def show_listed() -> None:
    """The leads that count and that a rule doubts."""
    found = [each for each in read_aside() if each.counts]
    if not found:
        st.caption(words("identity.pairs.listed_none"))
        return
    st.markdown(words("identity.pairs.listed_says"))
    answers = {"set_aside": (set_aside, release, "said_aside"), "keep": (release, None, "said_released")}
    _choose(found, "listed", answers)


def _choose(found: list[Aside], name: str, answers: Mapping[str, tuple[Act, Act | None, str]]) -> None:
    """The leads as a table in which rows are ticked, and what can be done with those."""
    who = current_person()
    may = who is not None and who.may("set_aside")
    picked = _show(found, name, may)
    if who is None or not may:
        return
    if not picked:
        st.caption(words("identity.pairs.choose_rows"))
        return
    count = formats.number(len(picked), language())
    with st.container(horizontal=True):
        for key, (act, back, sentence) in answers.items():
            if st.button(words(f"identity.pairs.{key}", count=count), key=f"{name}_{key}"):
                said = Said(words(f"identity.pairs.{sentence}", count=count), _undoing(back, picked))
                decide(_doing(act, who, picked), said)


def _doing(act: Act, who: Actor, leads: list[str]) -> Callable[[], None]:
    return lambda: act(database(), who, leads)


def _undoing(act: Act | None, leads: list[str]) -> Callable[[Actor], None] | None:
    return None if act is None else lambda who: act(database(), who, leads)


def _show(found: list[Aside], name: str, may: bool) -> list[str]:
    """The table; the IDs of the rows that are ticked."""
    table, columns = _table(found), _columns()
    event = st.dataframe(
        table, hide_index=True, column_order=tables.in_reading_order(list(columns)), column_config=columns,
        key=f"table_{name}_{len(found)}", placeholder="", on_select="rerun" if may else "ignore",
        selection_mode="multi-row", alt=words(f"ui.tables.{name}"), height=min(420, 38 + 35 * len(found)),
    )  # fmt: skip
    offer_csv(name, lambda: table[list(columns)])
    rows = cast(Any, event)["selection"]["rows"] if may else []
    return [found[row].lead_id for row in rows]


def _table(found: list[Aside]) -> pd.DataFrame:
    """The leads with the reason in words."""
    return pd.DataFrame(
        {
            "name": [each.name or each.lead_id for each in found],
            "reason": [_reason(each.reason) for each in found],
            "evidence": [each.evidence for each in found],
            "company": [each.company for each in found],
            "since": [each.since for each in found],
            "who": [name_of_person(each.said_by) for each in found],
            "lead": [each.lead_id for each in found],
        }
    )


def _reason(code: str) -> str:
    """The rule in words, or what a person wrote."""
    return words(f"identity.aside_reasons.{code}") if has(f"identity.aside_reasons.{code}") else code


def _columns() -> dict[str, Any]:
    texts = ("name", "reason", "evidence", "company")
    return {
        **{name: tables.text(name) for name in texts},
        "since": tables.moment_column("since"),
        "who": tables.text("who"),
        "lead": tables.text("lead"),
    }
