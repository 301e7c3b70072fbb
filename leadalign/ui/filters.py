"""The choices above a page: which time, which source, whose work; all of them in the address bar."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

import leadalign.ui.address as address
from leadalign.texts import formats
from leadalign.ui.company import calendar, last_day, names_of
from leadalign.ui.language import language, naming, words
from leadalign.ui.periods import DEFAULT, PERIODS, stretch

ALL = ""


def choose_period() -> tuple[date | None, date | None]:
    """The stretch of time that the page shows, with the list to choose another."""
    period = address.choice("period", PERIODS, DEFAULT)
    st.selectbox(
        words("ui.filters.period"), PERIODS, format_func=naming("ui.periods"), width=190, label_visibility="collapsed",
        **address.bind("period", period, DEFAULT),
    )  # fmt: skip
    address.show("period", period)
    if period == "dates":
        for name in ("from", "to"):
            _choose_day(name)
    return period_asked()


def period_asked() -> tuple[date | None, date | None]:
    """The stretch of time that the address asks for."""
    period = address.choice("period", PERIODS, DEFAULT)
    return (_day("from"), _day("to")) if period == "dates" else stretch(period, last_day(), calendar())


def choose_group(column: str) -> str:
    """One of the values of `column` (source, campaign, rep), or all of them."""
    names = dict(names_of(column))
    return choose_option(column, list(names), lambda key: names[key])


def choose_option(name: str, options: Sequence[str], name_of: Callable[[str], str]) -> str:
    """One of the options, or all; kept in the address."""
    picked, all_of_them = address.choice(name, options, ALL), words(f"ui.filters.all.{name}")
    st.selectbox(
        words(f"ui.filters.{name}"), [ALL, *options], width=190, label_visibility="collapsed",
        **address.bind(name, picked, ALL),
        format_func=lambda key: name_of(key) if key else all_of_them,
    )  # fmt: skip
    return picked


def period_in_words(start: date | None, end: date | None) -> str:
    """The stretch of time with its first and last day: "9 Aug 2026 to 8 Nov 2026"."""
    if start is None or end is None:
        return words("ui.filters.all_time")
    last = date.fromordinal(end.toordinal() - 1)
    return words("ui.filters.between", start=formats.day(start, language()), end=formats.day(last, language()))


def period_in_short(start: date | None, end: date | None) -> str:
    """The stretch of time by its name: "last 13 weeks"; with its days where it has none."""
    period = address.choice("period", PERIODS, DEFAULT)
    return period_in_words(start, end) if period == "dates" else words(f"ui.periods.{period}")


def _choose_day(name: str) -> None:
    """A day to choose, kept in the address as 2026-11-08."""
    st.date_input(words(f"ui.filters.{name}"), format="DD/MM/YYYY", width=140, **address.bind(name, _day(name), None))


def _day(name: str) -> date | None:
    """The day that the address asks for; None for an open end."""
    try:
        return date.fromisoformat(address.get(name) or "")
    except ValueError:
        return None
