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
    "data": ("uploads",),
}
FIRST = "this_week"


def file_of(name: str) -> str:
    """Where the page's file lies; an absolute path, for the folder is not beside the frame."""
    return str(FOLDER / f"{name}.py")


def menu() -> dict[str, list[st.Page]]:
    """The pages by the name of their group, in the language of the visitor."""
    return {words(f"ui.groups.{group}"): [_entry(name) for name in names] for group, names in GROUPS.items()}


def _entry(name: str) -> st.Page:
    """One line of the menu, with what the page answers for whoever points at it."""
    return st.Page(
        file_of(name), title=words(f"pages.{name}.title"), help=words(f"pages.{name}.question"),
        url_path=name, default=name == FIRST,
    )  # fmt: skip


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
