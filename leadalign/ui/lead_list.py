"""Finding leads: by words, by choice, or as those behind a number; a row opens the lead's story."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

import leadalign.ui.address as address
import leadalign.ui.tables as tables
from leadalign import lead_book
from leadalign.measure import Frame
from leadalign.metrics import metrics
from leadalign.texts import formats
from leadalign.ui.company import calendar, name_of_group
from leadalign.ui.escape import plain
from leadalign.ui.figure_words import name_of
from leadalign.ui.filters import choose_group, choose_option, period_asked, period_in_words
from leadalign.ui.language import count_of_leads, language, naming, words
from leadalign.ui.memory import remembered
from leadalign.ui.page import show_empty
from leadalign.ui.reading import leads_of

CUT = "cut_"
READINESS = ("ready", "unready", "unfit", "undetermined")
SHOWN = 500


def chosen_lead() -> str:
    """The lead whose story the address asks for; empty where it asks for none."""
    return address.get("lead") or ""


def show_leads() -> None:
    """The search, what was found, and the way to each lead's story."""
    text, where = _search()
    count, rows = _find(text, where, _among())
    if not count:
        show_empty("no_leads", then=_show_all)
        return
    _say_count(count)
    picked = tables.show_table(_table(rows), "leads", _columns(), pick=True, height=min(560, 38 + 35 * len(rows)))
    if picked is not None:
        address.put("lead", rows[picked]["lead_id"])
        st.rerun()


@remembered
def _find(db: Any, text: str, where: Any, among: Any) -> tuple[int, list[dict[str, Any]]]:
    """How many leads match, and the newest of them."""
    return lead_book.find_leads(db, text=text, where=where, among=among, limit=SHOWN)


def _search() -> tuple[str, tuple[tuple[str, str], ...]]:
    """The words and the choices that the visitor looks by."""
    with st.container(horizontal=True, key="filters", vertical_alignment="bottom"):
        text = address.get("find") or ""
        st.text_input(
            words("ui.filters.find"),
            width=300,
            type="search",
            placeholder=words("ui.filters.search"),
            **address.bind("find", text, ""),
        )
        source = choose_group("source")
        readiness = choose_option("readiness", READINESS, naming("ui.readiness"))
    chosen = [("source", source), ("readiness", readiness)]
    return text, tuple((column, value) for column, value in chosen if value)


def _among() -> tuple[str, ...] | None:
    """The leads behind the number that the visitor came from; None for all leads."""
    metric = address.get("behind")
    if metric not in metrics():
        return None
    cut, (start, end) = _cut(), period_asked()
    _say_behind(metric, cut, period_in_words(start, end))
    return leads_of(metric, Frame(start=start, end=end), cut)


def _cut() -> tuple[tuple[str, str], ...]:
    """The part of the number that was clicked, and what the page it came from was narrowed to."""
    names = [name for name in st.query_params if name.startswith(CUT)]
    held = [(name.removeprefix(CUT), st.query_params[name]) for name in sorted(names)]
    return tuple(held)


def _say_behind(metric: str, cut: Sequence[tuple[str, str]], period: str) -> None:
    """Says which number these leads are behind, with a button that lets go of it."""
    parts = (
        [name_of(metric, language())]
        + [plain(name_of_group(column, value, language())) for column, value in cut]
        + [period]
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words("pages.leads.behind", name=" · ".join(parts)), width="content")
        if st.button(words("ui.empty.no_leads.button"), type="tertiary", icon=":material/close:"):
            _show_all()


def _show_all() -> None:
    """Lets go of every choice."""
    kept = {name: value for name, value in st.query_params.to_dict().items() if name == "lang"}
    st.query_params.from_dict(kept)
    st.rerun()


def _say_count(count: int) -> None:
    """How many leads there are, and whether all are listed."""
    amount = formats.number(count, language())
    if count > SHOWN:
        st.markdown(words("pages.leads.first_only", count=amount, shown=formats.number(SHOWN, language())))
    else:
        st.markdown(count_of_leads(count))


def _table(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """The leads with the names of what the database knows by codes."""
    tongue, company = language(), calendar()  # asked once: for each of 500 rows it would be most of the page's time
    return pd.DataFrame(
        {
            "name": [row["name"] or row["lead_id"] for row in rows],
            "company": [row["company"] for row in rows],
            "source": [name_of_group("source", row["source"], tongue) for row in rows],
            "created": [company.day_of(row["created_at"]) for row in rows],
            "state": [name_of_group("state", row["state"], tongue) for row in rows],
            "readiness": [name_of_group("readiness", row["readiness"], tongue) for row in rows],
            "rating": [row["rating"] for row in rows],
            "lead": [row["lead_id"] for row in rows],
        }
    )


def _columns() -> dict[str, Any]:
    """The columns in the order of interest."""
    return {
        "name": tables.text("name"),
        "company": tables.text("company"),
        "source": tables.text("source"),
        "created": tables.day_column("created"),
        "state": tables.text("state"),
        "readiness": tables.text("readiness"),
        "rating": tables.count("rating"),
        "lead": tables.text("lead"),
    }
