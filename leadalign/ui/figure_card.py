"""The one building block of every page: a number with its size, its sureness, its weeks, and the way to its leads."""

from typing import Literal

import streamlit as st

from leadalign.figures import Figure, Frame
from leadalign.metrics import metrics
from leadalign.settings import settings
from leadalign.texts import formats
from leadalign.ui.cautions import caution_of
from leadalign.ui.company import definition_in_short
from leadalign.ui.draw import show_chart, trend_chart
from leadalign.ui.explain import explain
from leadalign.ui.figure_words import movement_of, name_of, size_of, sureness_of, value_of
from leadalign.ui.filters import period_in_words
from leadalign.ui.language import count_of_leads, words
from leadalign.ui.navigation import link_to
from leadalign.ui.reading import one_figure, weekly
from leadalign.ui.view import view

COLOUR_OF: dict[str, Literal["orange", "gray"]] = {"signal": "orange", "no_change": "gray", "too_early": "gray"}
ICON_OF = {
    "signal": ":material/priority_high:",
    "no_change": ":material/horizontal_rule:",
    "too_early": ":material/hourglass_empty:",
}


def show_cards(*metrics: str, reference: str = "", weeks: bool = True) -> None:
    """Cards side by side; the one named by `reference` has the benchmark marked on its weeks."""
    with st.grid(min(len(metrics), 4), min_column_width=215):
        for metric in metrics:
            show_card(metric, reference=metric == reference, weeks=weeks)


def show_card(metric: str, *, reference: bool = False, weeks: bool = True) -> None:
    """The card of one metric for the time and the cut that the page shows."""
    at = view()
    figure = one_figure(metric, at.frame)
    weeks = weeks and _has_weeks(metric, figure, at.frame)
    with st.container(border=True, key=f"quiet_card_{metric}", height="stretch"):
        if weeks:
            _movement(metric, at.frame)
        st.metric(name_of(metric, at.language), value_of(figure, at.language))
        _sizes(figure)
        say_other_period(figure)
        if weeks:
            chart = trend_chart(metric, at.frame, at.language, reference, True)
            show_chart(chart, f"spark_{metric}", words("ui.figure.weeks_of", name=name_of(metric, at.language)))
        _caution(metric, at.frame)
        st.caption(definition_in_short(at.language))
        _ways_on(metric, figure, at.frame)


def _caution(metric: str, frame: Frame) -> None:
    """Why to read the number with care, where the data behind it are not as agreed."""
    caution = caution_of(metric, frame)
    if caution:
        st.caption(f":material/warning: {caution}")


def say_other_period(figure: Figure) -> None:
    """Which leads a figure speaks of, where they are not those of the page's period."""
    at = view()
    if figure.end and (figure.start, figure.end) != (at.frame.start, at.frame.end):
        days = formats.number(settings().maturity_days, at.language)
        st.caption(words("ui.figure.ripe", period=period_in_words(figure.start, figure.end), days=days))


def _has_weeks(metric: str, figure: Figure, frame: Frame) -> bool:
    """Whether weeks can be shown side by side: not of a number that a young week must show differently."""
    return figure.value is not None and "young_leads" not in metrics()[metric].bias and bool(weekly(metric, frame)[0])


def _movement(metric: str, frame: Frame) -> None:
    """The one word for change; only a signal has a colour, and none is told by colour alone."""
    state, side = movement_of(*weekly(metric, frame))
    label = words(f"ui.movement.{state}") + (f": {words(f'ui.movement.{side}')}" if side else "")
    st.badge(label, color=COLOUR_OF[state], icon=ICON_OF[state])


def _sizes(figure: Figure) -> None:
    """Part of whole and interval, on a line of their own."""
    at = view()
    line = ", ".join(part for part in (size_of(figure, at.language), sureness_of(figure, at.language)) if part)
    if line:
        st.markdown(line)


def _ways_on(metric: str, figure: Figure, frame: Frame) -> None:
    """How it is computed, and the leads behind it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(words("ui.figure.how"), key=f"how_{metric}", type="tertiary"):
            explain(metric, figure, frame)
        if figure.leads:
            link_to(
                "leads",
                count_of_leads(figure.leads),
                {"behind": metric} | {f"cut_{column}": value for column, value in view().where},
            )
        if caution_of(metric, frame):
            link_to("data_health", words("pages.data_health.title"))
