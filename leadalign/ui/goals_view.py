"""The shared goals on a page: one bar for each with today's pace on it, and the months behind."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st

from leadalign import goals
from leadalign.charts import pace as pace_charts
from leadalign.charts.template import CONFIG, MARKETING, SALES, SHARED
from leadalign.goals import Progress
from leadalign.measure import Frame
from leadalign.texts import formats
from leadalign.ui.company import last_day
from leadalign.ui.explain import explain
from leadalign.ui.figure_words import name_of
from leadalign.ui.language import count_of_leads, language, words
from leadalign.ui.memory import remembered
from leadalign.ui.navigation import link_to
from leadalign.ui.periods import month_of

COLOUR_OF = {"marketing": MARKETING, "sales": SALES, "shared": SHARED}
BADGE_OF: dict[str, Literal["green", "gray", "orange"]] = {
    "reached": "green",
    "on_pace": "gray",
    "behind": "orange",
    "missed": "orange",
    "not_started": "gray",
}
ICON_OF = {
    "reached": ":material/check:", "on_pace": ":material/arrow_forward:", "behind": ":material/priority_high:",
    "missed": ":material/close:", "not_started": ":material/schedule:",
}  # fmt: skip
MONTHS_SHOWN = 12
OWNERS = ("marketing", "shared", "sales")
WHOLES = ("leads_created",)


@remembered
def progress_of(db: Any, month: date) -> tuple[Progress, ...]:
    """The goals of a month and how far they are; one that is agreed for itself wins over the same as a part."""
    found = {
        each.goal.metric: each
        for each in sorted(goals.progress(db, Frame(), month), key=lambda each: each.goal.part_of is None)
    }
    return tuple(
        sorted(found.values(), key=lambda each: (OWNERS.index(each.goal.owner), each.goal.metric not in WHOLES))
    )


def standing(each: Progress) -> str:
    """Where a goal stands: reached, on_pace, behind, missed or not_started."""
    done, at = each.done.value or 0, each.pace
    if done >= each.goal.target:
        return "reached"
    if at is None or at.state == "not_started":
        return "not_started"
    if at.state == "closed":
        return "missed"
    return "on_pace" if done >= at.expected else "behind"


def this_month() -> date:
    """The month of the last day that the data know of."""
    return month_of(last_day())


def goals_sentence(month: date) -> str:
    """What the goals of a month come to, in one sentence."""
    found, tongue = progress_of(month), language()
    name = formats.month(month, tongue)
    if not found:
        return words("pages.goals.no_goals", month=name)
    states = [standing(each) for each in found]
    if all(state == "reached" for state in states):
        return words("pages.goals.reached", month=name)
    if all(state in ("reached", "missed") for state in states):
        counts = {"reached": states.count("reached"), "all": len(states)}
        return words(
            "pages.goals.closed", month=name, **{key: formats.number(count, tongue) for key, count in counts.items()}
        )
    behind = [name_of(each.goal.metric, tongue) for each, state in zip(found, states, strict=True) if state == "behind"]
    if behind:
        return words("pages.goals.behind", month=name, goals=", ".join(behind))
    return words("pages.goals.on_pace", month=name)


def show_goals(month: date, *, ways_on: bool = True) -> None:
    """Every goal of the month, those that are parts of another beneath it."""
    found = progress_of(month)
    with st.grid(4 if len(found) >= 4 else max(1, len(found)), min_column_width=200):
        for each in found:
            _goal(each, month, ways_on)
    if found and not all(each.goal.agreed for each in found):
        st.caption(words("ui.goal.example"))


def show_reading(month: date) -> None:
    """How marketing's goal is read, where it has a floor of sales-ready leads."""
    targets = {each.goal.metric: formats.number(each.goal.target, language()) for each in progress_of(month)}
    if {"leads_created", "sales_ready_leads"} <= targets.keys():
        st.caption(words("pages.goals.reading", leads=targets["leads_created"], ready=targets["sales_ready_leads"]))


def _goal(each: Progress, month: date, ways_on: bool) -> None:
    """One goal: its name, how much of it, the bar, what it takes."""
    tongue, state, metric = language(), standing(each), each.goal.metric
    with st.container(border=True, key=f"quiet_goal_{each.goal.goal_id}_{metric}", height="stretch"):
        st.markdown(f"**{name_of(metric, tongue)}**")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_done(each), width="content")
            st.badge(words(f"ui.goal.{state}"), color=BADGE_OF[state], icon=ICON_OF[state])
        alt = words("ui.goal.pace_alt", name=name_of(metric, tongue), label=_done(each))
        st.plotly_chart(_bar(each, tongue), config=CONFIG, alt=alt, key=f"pace_{each.goal.goal_id}_{metric}")
        st.caption(_takes(each))
        if ways_on:
            _ways_on(each, month)


def _done(each: Progress) -> str:
    """Done of target."""
    tongue = language()
    return words(
        "ui.goal.done",
        done=formats.number(each.done.value or 0, tongue),
        target=formats.number(each.goal.target, tongue),
    )


def _bar(each: Progress, tongue: str) -> go.Figure:
    """The bar of one goal."""
    expected = each.pace.expected if each.pace and each.pace.state == "open" else None
    name, label = name_of(each.goal.metric, tongue), _done(each)
    shown = pace_charts.Progress(name, each.done.value or 0, each.goal.target, expected, label, f"{name}: {label}")
    return _drawn(shown, COLOUR_OF[each.goal.owner], tongue == "he")


@lru_cache(maxsize=512)
def _drawn(shown: pace_charts.Progress, colour: str, right_to_left: bool) -> go.Figure:
    """The chart of a bar, made once for all who see the same."""
    return pace_charts.pace(shown, colour=colour, right_to_left=right_to_left)


def _takes(each: Progress) -> str:
    """What should be done by today and what each day left must bring; whose goal it is once the month is over."""
    tongue, at = language(), each.pace
    whose = words(f"ui.goal.owner_{each.goal.owner}")
    if at is None or at.required_per_day is None or at.required_per_day == 0:
        return whose
    rates = {"rate": at.required_per_day, "so_far": at.so_far_per_day or 0}
    spoken = {name: formats.number(rate, tongue, 1) for name, rate in rates.items()}
    return " · ".join(
        [words("ui.goal.pace", expected=formats.number(at.expected, tongue, 1)), words("ui.goal.needed", **spoken)]
    )


def _ways_on(each: Progress, month: date) -> None:
    """How it is counted, and the leads behind it."""
    metric, frame = each.goal.metric, Frame(start=month, end=goals.next_month(month))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(words("ui.figure.how"), key=f"how_{each.goal.goal_id}_{metric}", type="tertiary"):
            explain(metric, each.done, frame)
        if each.done.value:
            cut = {"behind": metric, "period": "dates", "from": frame.start, "to": frame.end}
            link_to("leads", count_of_leads(each.done.leads), cut)


def show_months() -> None:
    """Every goal month by month, the last year."""
    found = _history(language())
    with st.grid(2, min_column_width=420):
        for metric, chart in found:
            with st.container(key=f"quiet_months_{metric}"):
                st.markdown(f"**{name_of(metric, language())}**")
                alt = words("ui.goal.month_alt", name=name_of(metric, language()))
                st.plotly_chart(chart, config=CONFIG, alt=alt, key=f"months_{metric}")


@remembered
def _history(db: Any, tongue: str) -> tuple[tuple[str, go.Figure], ...]:
    """For each metric that has goals, its chart of the months."""
    months = [month_of(last_day(), back) for back in range(MONTHS_SHOWN - 1, -1, -1)]
    rows: dict[str, list[Progress]] = {}
    for month in months:
        for each in progress_of(month):
            rows.setdefault(each.goal.metric, []).append(each)
    return tuple((metric, _months_chart(found, tongue)) for metric, found in rows.items())


def _months_chart(found: Sequence[Progress], tongue: str) -> go.Figure:
    """One metric's months against its goal."""
    shown = [_month(each, tongue) for each in found]
    return pace_charts.months(shown, colour=COLOUR_OF[found[-1].goal.owner])


def _month(each: Progress, tongue: str) -> pace_charts.Progress:
    """One month of a goal; January carries its year."""
    month, done = each.goal.month, each.done.value or 0
    year = f"<br>{month.year}" if month.month == 1 else ""
    amounts = words("ui.goal.done", done=formats.number(done, tongue), target=formats.number(each.goal.target, tongue))
    said = formats.sentence(f"{formats.month(month, tongue)}: {amounts}", tongue)
    return pace_charts.Progress(
        formats.short_month(month, tongue) + year, done, each.goal.target, None, formats.number(done, tongue), said
    )
