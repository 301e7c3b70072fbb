"""The pages in their groups, in the order of the menu."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from leadalign.ui.address import onward
from leadalign.ui.language import words

FOLDER = Path(__file__).resolve().parents[2] / "pages"
GROUPS = {
    "meet": ("this_week", "goals"),
    "understand": ("lead_quality", "sales_time"),
    "work": ("leads",),
    "data": ("uploads", "duplicates", "data_health"),
}
FIRST = "this_week"


def file_of(name: str) -> str:
    """Where the page's file lies; an absolute path, for the folder is not beside the frame."""
    return str(FOLDER / f"{name}.py")


def pages() -> list[st.Page]:
    """Every page, named in the language of the visitor."""
    return [_entry(name) for names in GROUPS.values() for name in names]


def show_menu() -> None:
    """The pages by group. Not Streamlit's own menu: its links would drop the language and the period, and a reader
    of the screen would not hear it as a list."""
    with st.container(key="menu"):
        for group, names in GROUPS.items():
            st.caption(words(f"ui.groups.{group}"))
            for name in names:
                link_to(name, words(f"pages.{name}.title"))


def show_phone_menu() -> None:
    """The same pages in a row above the page: on a phone the side bar would stay open over the page it leads to."""
    with st.container(horizontal=True, key="phone_menu", gap="small"):
        for names in GROUPS.values():
            for name in names:
                link_to(name, words(f"pages.{name}.title"))


def _entry(name: str) -> st.Page:
    """A page as Streamlit knows it; the first one is what the bare address opens."""
    return st.Page(file_of(name), title=words(f"pages.{name}.title"), url_path=name, default=name == FIRST)


def link_to(name: str, label: str, cut: Mapping[str, object] | None = None, icon: str = "") -> None:
    """A link to a page that shows the same time and language, and the cut."""
    st.page_link(file_of(name), label=label, icon=icon, query_params=onward(cut or {}), help="")


def go_to(name: str, cut: Mapping[str, object]) -> None:
    """Opens a page at once, as a click on a bar asks for.

    Streamlit leaves this page with the new parameters in the browser's history; with this page's own among them the
    way back shows what was there before.
    """
    here = st.query_params.to_dict()
    st.switch_page(file_of(name), query_params=onward() | here | {key: str(value) for key, value in cut.items()})
