"""Whether the numbers can be trusted: the worst in a sentence, then each check with what it bends and what to do."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

import leadalign.ui.address as address
from leadalign.data_health import Finding, worst_first
from leadalign.metrics import metrics
from leadalign.texts import formats
from leadalign.ui.cautions import effect_of, findings_of, limit_of, problem_of
from leadalign.ui.check_rows import LISTS, count_behind, set_aside, show_behind
from leadalign.ui.explain import explain
from leadalign.ui.feeds import overdue_feeds, overdue_sentence
from leadalign.ui.figure_words import movement_of, name_of, size_of, value_of
from leadalign.ui.language import language, words
from leadalign.ui.navigation import link_to
from leadalign.ui.reading import one_figure, weekly
from leadalign.ui.view import view

PAGE_OF = {
    "unready_time_share": "sales_time", "unready_minutes": "sales_time", "unready_cost": "sales_time",
    "handover_compliance": "this_week", "acceptance_rate": "lead_quality", "lead_rating_top2": "lead_quality",
    "won_share": "lead_quality", "leads_created": "goals", "sales_ready_leads": "goals", "deals_won": "goals",
}  # fmt: skip
"""Where each number that can be bent is shown; its variants stand beside it."""
MOST_LINKS = 2
COLOURS: dict[str, Literal["green", "orange", "gray"]] = {"good": "green", "bad": "orange", "no_data": "gray"}
ICONS = {"good": ":material/check:", "bad": ":material/priority_high:", "no_data": ":material/remove:"}


def health_sentence() -> str:
    """The worst that is wrong and what it bends; that all is well, or that there is nothing to check."""
    found, late = findings_of(view().frame), overdue_feeds()
    bad = worst_first(found)
    if not bad and not late:
        known = any(each.state == "good" for each in found)
        return words("data_health.headline.good" if known else "data_health.headline.nothing")
    if late:
        worst, effect = overdue_sentence(late[0]), words("data_health.headline.overdue_effect")
    else:
        worst, effect = problem_of(bad[0]), effect_of(bad[0])
    others = len(bad) + len(late) - 1
    return " ".join(
        part for part in (words("data_health.headline.bad", problem=worst, effect=effect), _others(others)) if part
    )


def _others(count: int) -> str:
    """How many more there are."""
    if count < 2:
        return words("data_health.headline.other") if count else ""
    return words("data_health.headline.others", count=formats.number(count, language()))


def show_checks() -> None:
    """A row for each check, those that need a look first."""
    found = findings_of(view().frame)
    bad = worst_first(found)
    for finding in (*bad, *(each for each in found if each not in bad)):
        _show_check(finding)


def _show_check(finding: Finding) -> None:
    """One check: its state, its number, what it affects, what to do, the rows behind it; in short where all is well."""
    name = finding.check.name
    with st.container(border=True, key=f"quiet_check_{name}"):
        number, meaning = st.columns(2, gap="medium")
        with number:
            _show_number(finding)
        with meaning:
            _show_meaning(finding)
        if address.get("check") == name:
            show_behind(name)


def _show_number(finding: Finding) -> None:
    """Its state in a word, its number, and what that is a part of."""
    label, value = name_of(finding.check.metric, language()), value_of(finding.figure, language())
    state = words(f"data_health.states.{finding.state}")
    if finding.state == "bad":
        st.badge(state, color=COLOURS[finding.state], icon=ICONS[finding.state])
        st.metric(label, value)
    else:
        st.markdown(f":{COLOURS[finding.state]}-badge[{ICONS[finding.state]} {state}] {label}: **{value}**")
    st.caption(_size_and_agreement(finding))
    _show_ways_on(finding)


def _show_meaning(finding: Finding) -> None:
    """What it does to which number, and what to do next."""
    if finding.state == "bad":
        st.markdown(effect_of(finding))
        st.caption(words(f"data_health.checks.{finding.check.name}.next"))
    else:
        st.caption(effect_of(finding))
    if finding.check.name == "duplicates":
        _out_of_the_count(finding)
    _show_affected(finding)


def _size_and_agreement(finding: Finding) -> str:
    """Part of whole, what was agreed, and whether the last week is news; all was counted, so there is no interval."""
    agreed = words(f"data_health.row.{'floor' if finding.check.floor else 'most'}", limit=limit_of(finding))
    bound = words("ui.note.lower_bound") if finding.figure.note == "lower_bound" else ""
    return " · ".join(part for part in (_size(finding), bound, agreed, _movement(finding)) if part)


def _size(finding: Finding) -> str:
    """Part of whole; the definition's points by their name."""
    figure, tongue = finding.figure, language()
    if figure.value is None or "points" not in (metrics()[figure.metric].whole or ""):
        return size_of(figure, tongue)
    part, whole = (formats.number(each or 0, tongue) for each in (figure.part, figure.whole))
    return words("data_health.row.points", part=part, whole=whole)


def _out_of_the_count(finding: Finding) -> None:
    """How many leads are merged or set aside already, and so bend nothing."""
    merged = (one_figure("duplicates", view().frame).part or 0) - (finding.figure.part or 0)
    for key, count in (("merged", merged), ("aside", set_aside())):
        if count:
            st.caption(words(f"data_health.row.{key}", count=formats.number(count, language())))


def _movement(finding: Finding) -> str:
    """Whether the last finished week of a share is news; rare things and delays have no usual range."""
    if finding.figure.unit != "share":
        return ""
    state, side = movement_of(*weekly(finding.check.metric, view().frame))
    if state == "too_early":
        return ""
    return words(f"ui.movement.{state}") + (f": {words(f'ui.movement.{side}')}" if side else "")


def _show_affected(finding: Finding) -> None:
    """The numbers that it affects, each with the way to its page."""
    bent = [metric for metric in finding.check.bends if metric in PAGE_OF][:MOST_LINKS]
    if bent:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(words("data_health.row.bends"), width="content")
            for metric in bent:
                link_to(PAGE_OF[metric], name_of(metric, language()))


def _show_ways_on(finding: Finding) -> None:
    """The way to what lies behind the number, and how it is computed."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _way_behind(finding)
        if st.button(words("ui.figure.how"), key=f"how_{finding.check.metric}", type="tertiary"):
            explain(finding.check.metric, finding.figure, view().frame)


def _way_behind(finding: Finding) -> None:
    """The way to what lies behind the number: a list here, or the leads."""
    name, count = finding.check.name, count_behind(finding)
    if not count:
        return
    label = words(f"data_health.checks.{name}.see{_one(name, count)}", **_counted(name, count))
    if name in LISTS:
        is_open = address.get("check") == name
        st.button(
            words("data_health.row.close") if is_open else label, key=f"behind_{name}", type="tertiary",
            on_click=address.put, args=("check", None if is_open else name),
        )  # fmt: skip
    elif name == "duplicates":
        link_to("duplicates", label)
    else:
        link_to("leads", label, {"behind": "unrated_leads" if name == "rating" else finding.check.metric})


def _one(name: str, count: int) -> str:
    """The ending of the words for a single row, where a check has them."""
    return "_one" if count == 1 and name in ("orphans", "sequences", "rating", "duplicates", "delay") else ""


def _counted(name: str, count: int) -> dict[str, str]:
    """The number for words that name it."""
    counted = count > 1 and name in ("orphans", "sequences", "rating", "duplicates", "delay")
    return {"count": formats.number(count, language())} if counted else {}


def show_how(sentences: Sequence[str] = ("data_health.how.says",)) -> None:
    """How all of it is computed, for those who want to know."""
    with st.expander(words("data_health.how.title")):
        for sentence in sentences:
            st.markdown(words(sentence))
