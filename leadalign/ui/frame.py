"""The frame around every page: the menu, the language, who is looking, and whether these are demo data."""

from pathlib import Path

import streamlit as st

import leadalign.ui.address as address
from leadalign.problems import Refusal
from leadalign.ui.company import database, is_demo, replace_demo
from leadalign.ui.document import DIRECTIONS, script_for
from leadalign.ui.language import choose_language, language, words
from leadalign.ui.navigation import pages, show_menu, show_phone_menu
from leadalign.ui.people import ask_who, current_person, say_who_first
from leadalign.ui.tampered import say_tampered

STYLE = Path(__file__).parent / "style"
ICON = Path(__file__).parent / "style" / "icon.png"


def draw_frame() -> None:
    """Draws the frame and runs the page that was asked for inside it."""
    # Before st.navigation: after it, the browser would fetch an icon from another host.
    st.set_page_config(page_title="leadalign", page_icon=str(ICON), layout="wide")
    address.carry()
    _dress()
    page = st.navigation(pages(), position="hidden")
    address.remember()
    with st.sidebar:
        show_menu()
        choose_language()
    show_phone_menu()
    try:
        database()
        with st.sidebar:
            ask_who()
        say_tampered()
        if is_demo():
            _say_demo()
        page.run()
    except Refusal as refusal:
        st.error(words(f"problems.{refusal.problem.code}", **refusal.problem.details))


def _dress() -> None:
    """The style of the page, and its language and direction for the browser and whoever listens to it."""
    st.html(STYLE / "page.css")
    if DIRECTIONS[language()] == "rtl":
        st.html(STYLE / "right_to_left.css")
    st.html(f"<script>{script_for(language())}</script>", unsafe_allow_javascript=True)


def _say_demo() -> None:
    """Marks the page as showing the demo company, with the way to one's own data."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="demo"):
        st.badge(words("ui.demo.badge"), color="orange")
        st.caption(words("ui.demo.says"), width="stretch")
        if st.button(words("ui.demo.start"), type="primary"):
            _ask_replace()


def _ask_replace() -> None:
    """Asks once more before the demo company goes."""

    @st.dialog(words("ui.demo.start"))
    def confirm() -> None:
        """Says what would happen, and lets it."""
        st.markdown(words("ui.demo.what_happens"))
        who = current_person()
        if who is None:
            st.info(say_who_first())
        elif st.button(words("ui.demo.do_it"), type="primary"):
            replace_demo(who)
            st.rerun()

    confirm()
