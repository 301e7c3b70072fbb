"""In which language the page speaks, and its words."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import leadalign.ui.address as address
from leadalign.settings import settings
from leadalign.texts import languages, say
from leadalign.texts.formats import number
from leadalign.ui.document import DIRECTIONS


def language() -> str:
    """The language of this page: what the address says, else the company's; outside a page the company's."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return settings().language
    return address.choice("lang", languages(), settings().language)


def words(key: str, **details: Any) -> str:
    """The words for `key` in the language of this page."""
    return say(key, language(), **details)


def naming(block: str) -> Callable[[str], str]:
    """A function that names options by the words of `block`, in the language of this page even when it is over."""
    tongue = language()
    return lambda option: say(f"{block}.{option}", tongue)


def count_of_leads(count: int) -> str:
    """So many leads, in words."""
    return words("pages.leads.found_one") if count == 1 else words("pages.leads.found", count=number(count, language()))


def back_icon() -> str:
    """The arrow that points to where one came from: to the left, in Hebrew to the right."""
    return ":material/arrow_forward:" if DIRECTIONS[language()] == "rtl" else ":material/arrow_back:"


def forward_icon() -> str:
    """The arrow that points onward: to the right, in Hebrew to the left."""
    return ":material/arrow_back:" if DIRECTIONS[language()] == "rtl" else ":material/arrow_forward:"


def choose_language() -> None:
    """The switch between the languages, each named in itself."""
    st.segmented_control(
        words("ui.frame.language"),
        languages(),
        format_func=lambda code: say("ui.frame.own_name", code),
        required=True,
        label_visibility="collapsed",
        **address.bind("lang", language(), settings().language),
    )
