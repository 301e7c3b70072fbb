"""One lead's whole story: what it is now and was at its hand-over, why, and all that either function did with it."""

from typing import Any

import pandas as pd
import streamlit as st

import leadalign.ui.address as address
import leadalign.ui.tables as tables
from leadalign import lead_book
from leadalign.lead_book import Step
from leadalign.settings import settings
from leadalign.texts import formats, has
from leadalign.ui.company import name_of_group
from leadalign.ui.duplicates import marked_email
from leadalign.ui.escape import plain
from leadalign.ui.language import back_icon, language, words
from leadalign.ui.memory import remembered
from leadalign.ui.rating import show_ratings

read_lead = remembered(lead_book.one_lead)
read_story = remembered(lead_book.story)
read_judgement = remembered(lead_book.judgement_now)
read_hand_over = remembered(lead_book.class_at_hand_over)


def show_story(lead_id: str) -> None:
    """The lead of that ID, or a sentence when there is none."""
    if st.button(words("ui.story.back"), icon=back_icon(), type="tertiary"):
        address.put("lead", None)
        st.rerun()
    lead = read_lead(lead_id)
    if lead is None:
        st.warning(words("ui.story.unknown", lead=plain(lead_id)))
        return
    st.subheader(plain(lead["name"] or lead_id), anchor=False)
    st.caption(" · ".join(plain(part) for part in (lead["company"], marked_email(lead["email"]), lead_id) if part))
    _standing(lead)
    side, story = st.columns([2, 3], gap="large")
    with side:
        show_ratings(lead_id)
        _why(lead_id)
    with story:
        _steps(lead_id)


def _standing(lead: dict[str, Any]) -> None:
    """Where the lead stands: class now, class at hand-over, state, source."""
    tongue, handed = language(), read_hand_over(lead["lead_id"])
    then = name_of_group("readiness", handed, tongue) if handed else words("ui.story.never_handed")
    facts = {
        "now": name_of_group("readiness", lead["readiness"], tongue),
        "at_hand_over": then,
        "state": name_of_group("state", lead["state"], tongue),
        "source": name_of_group("source", lead["source"], tongue),
    }
    with st.grid(4, min_column_width=150):
        for key, value in facts.items():
            st.markdown(f"{words(f'ui.story.{key}')}  \n**{plain(value)}**")


def _why(lead_id: str) -> None:
    """Each criterion of the definition in force, what was seen, and whether it is met."""
    st.subheader(words("ui.story.why"), anchor=False)
    version, judged = read_judgement(lead_id)
    if version == 0:
        st.caption(words("ui.story.by_crm"))
    if judged is None:
        return
    rows = [
        {"criterion": each.id, "seen": _seen(each.got), "verdict": _verdict(each.result), "points": each.points}
        for each in judged.explain
    ]
    columns = {"criterion": tables.text("criterion"), "seen": tables.text("seen"), "verdict": tables.text("verdict"),
               "points": tables.count("points")}  # fmt: skip
    st.dataframe(
        pd.DataFrame(rows, columns=list(columns)), hide_index=True, column_config=columns,
        column_order=tables.in_reading_order(list(columns)), alt=words("ui.tables.criteria"),
    )  # fmt: skip


def _seen(got: Any) -> str:
    """What the criterion looked at."""
    return ", ".join(f"{named(each.attr)}: {spoken(each.value)}" for each in got)


def named(attr: str) -> str:
    """An attribute as its column was called, without the underscores."""
    return attr.replace("_", " ")


def spoken(value: Any) -> str:
    """A value as people say it: yes, no, a dash where nothing is known."""
    if isinstance(value, bool):
        return words("ui.answers.yes" if value else "ui.answers.no")
    return "–" if value is None else formats.number(value, language()) if isinstance(value, float) else str(value)


def _verdict(result: bool | None) -> str:
    """Met, not met, or not known."""
    return words("ui.verdicts." + {True: "met", False: "not_met", None: "unknown"}[result])


def _steps(lead_id: str) -> None:
    """All that happened, the latest first."""
    st.subheader(words("ui.story.whole"), anchor=False)
    steps = read_story(lead_id)
    rows = [
        (formats.moment(step.at, settings().zone, language()), _what(step), step.who, _detail(step)) for step in steps
    ]
    columns = {name: tables.text(name) for name in ("when", "what", "who", "detail")}
    tables.show_table(pd.DataFrame(rows, columns=list(columns)), "story", columns)


def _what(step: Step) -> str:
    """The step in words."""
    detail = step.detail or {}
    if step.what == "activity":
        return name_of_group("type", detail["type"], language())
    if step.what == "class":
        return words("ui.steps.class", readiness=name_of_group("readiness", detail["readiness"], language()))
    if step.what == "value":
        return words("ui.steps.value", attribute=named(detail["attr"]), value=spoken(detail["value"]))
    if step.what == "rating":
        return words("ui.steps.rating", rating=formats.number(detail["rating"], language()))
    return words(f"ui.steps.{step.what}")


def _detail(step: Step) -> str:
    """What else is known of the step."""
    detail = step.detail or {}
    parts = [detail.get(name) for name in ("subject", "outcome", "comment")]
    if detail.get("minutes") is not None:
        parts.append(words("ui.story.minutes", minutes=formats.number(detail["minutes"], language())))
    if detail.get("amount") is not None:
        parts.append(formats.money(detail["amount"], detail.get("currency") or settings().currency, language()))
    parts += [_reason(code) for code in (detail.get("reasons") or detail.get("reason") or "").split("|") if code]
    return " · ".join(str(part) for part in parts if part)


def _reason(code: str) -> str:
    """A reason by its words, or as the CRM wrote it."""
    return words(f"ui.reasons.{code}") if has(f"ui.reasons.{code}") else code
