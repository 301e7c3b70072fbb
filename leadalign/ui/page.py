"""What stands around the contents of every page: who may see it, its question, the choices, how fresh the data are."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from leadalign.store import Actor
from leadalign.ui.company import has_data
from leadalign.ui.filters import choose_group, choose_period, period_in_words
from leadalign.ui.freshness import show_freshness
from leadalign.ui.language import forward_icon, language, words
from leadalign.ui.navigation import file_of
from leadalign.ui.people import current_person
from leadalign.ui.view import SEES_PEOPLE, View, looking

EVERYBODY = ("executive", "marketing", "sales", "sales_manager", "analyst", "administrator", "visitor")
"""All roles; a visitor is somebody on this machine who has not said who they are."""


@contextmanager
def page(
    name: str, roles: Sequence[str] = EVERYBODY, filters: Sequence[str] = (), needs_data: bool = True
) -> Iterator[View]:
    """The page `name` for whoever has one of the roles; others, and a company without data, are told what to do."""
    who = current_person()
    st.title(words(f"pages.{name}.title"), anchor=False)
    with st.container(key="question"):
        st.caption(words(f"pages.{name}.question"))
    if (who.role if who else "visitor") not in roles:
        st.info(words("ui.frame.not_for_you"), icon=":material/lock:")
        st.stop()
    if needs_data and not has_data():
        show_empty("no_data", to="uploads")
        st.stop()
    with looking(_view(name, who, filters)) as view:
        yield view
        if needs_data:
            show_freshness()


def _view(name: str, who: Actor | None, filters: Sequence[str]) -> View:
    """What the choices above the page, if it has any, come to."""
    if not filters:
        return View(name, language(), who, None, None)
    with st.container(horizontal=True, key="filters", vertical_alignment="center"):
        start, end = choose_period() if "period" in filters else (None, None)
        picked = [(column, choose_group(column)) for column in filters if _may_choose(column, who)]
        if "period" in filters:
            st.caption(period_in_words(start, end), width="content")
    return View(name, language(), who, start, end, tuple((column, value) for column, value in picked if value))


def _may_choose(column: str, who: Actor | None) -> bool:
    """Single sales people are a choice only for those who may see the figures of each."""
    return column != "period" and (column != "rep" or (who is not None and who.role in SEES_PEOPLE))


def show_headline(sentence: str) -> None:
    """The one sentence that the page comes to, computed from the data."""
    with st.container(key="headline"):
        st.markdown(sentence)


def show_empty(what: str, to: str | None = None, then: Callable[[], None] | None = None) -> None:
    """What would be here, and the one way to fill it."""
    with st.container(border=True, key=f"empty_{what}"):
        st.markdown(words(f"ui.empty.{what}.says"))
        if to:
            st.page_link(file_of(to), label=words(f"ui.empty.{what}.button"), icon=forward_icon())
        elif then and st.button(words(f"ui.empty.{what}.button"), type="primary"):
            then()
