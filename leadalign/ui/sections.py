"""What pages are made of besides cards: a number cut by one column, its weeks, its other counts."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

import leadalign.ui.tables as tables
from leadalign.figures import Figure
from leadalign.texts import formats
from leadalign.ui.company import name_of_group
from leadalign.ui.draw import bars_chart, is_handful, show_chart, trend_chart
from leadalign.ui.escape import plain
from leadalign.ui.figure_card import say_other_period
from leadalign.ui.figure_words import name_of, size_of, sureness_of, value_of
from leadalign.ui.language import language, words
from leadalign.ui.reading import cut_figures, one_figure, weekly
from leadalign.ui.view import view


def section(key: str) -> None:
    """The heading of a part of the page."""
    st.subheader(words(key), anchor=False)


def show_trend(metric: str, *, reference: bool = False) -> None:
    """The metric week by week, large."""
    at = view()
    if not any(week.value is not None for week in weekly(metric, at.frame)[0]):
        st.caption(words("ui.figure.no_data"))
        return
    chart = trend_chart(metric, at.frame, at.language, reference, False)
    show_chart(chart, f"trend_{metric}", words("ui.figure.weeks_of", name=name_of(metric, at.language)))


def show_bars(metric: str, by: str, *, reference: bool = False) -> None:
    """The metric for each value of a column as bars, and the same as a table."""
    at = view()
    found = [figure for figure in cut_figures(metric, at.frame, (by,)) if figure.value is not None]
    if not found:
        st.caption(words("ui.figure.no_data"))
        return
    say_other_period(found[0])
    if not all(map(is_handful, found)):
        alt = words("ui.figure.groups_of", name=name_of(metric, at.language), column=tables.heading(by))
        opens = {"behind": metric} | {f"cut_{column}": value for column, value in at.where}
        show_chart(bars_chart(metric, at.frame, by, at.language, reference), f"{metric}_by_{by}", alt, opens, by)
    _say_handfuls(by, [figure for figure in found if is_handful(figure)])
    _as_table(metric, by, found)


def _say_handfuls(by: str, found: list[Figure]) -> None:
    """The groups with hardly a case, by their counts alone: a share of two leads is no share."""
    at = view()
    counts = [
        formats.sentence(
            f"{formats.apart(name_of_group(by, figure.by[by], at.language))} {size_of(figure, at.language)}",
            at.language,
        )
        for figure in found
    ]
    if counts:
        st.caption(words("ui.figure.handfuls", groups=plain(" · ".join(counts))))


def show_people(metric: str) -> None:
    """The metric by sales person, as far as whoever looks may see it."""
    at = view()
    found = [
        figure for figure in cut_figures(metric, at.frame, ("rep_id", "rep")) if at.sees_person(figure.by["rep_id"])
    ]
    if not found:
        st.caption(words("pages.sales_time.rep_hidden"))
        return
    _table(metric, "rep", found)


def _as_table(metric: str, by: str, found: list[Figure]) -> None:
    """The same figures as a table, for those who read numbers, with its file."""
    with st.expander(words("ui.figure.as_table")):
        _table(metric, by, found)


def _table(metric: str, by: str, found: list[Figure]) -> None:
    """Each group with its value, size and interval."""
    number = tables.share if found[0].unit == "share" else tables.count
    columns = {by: tables.text(by), "value": number("value"), "low": number("low"), "high": number("high"),
               "part": tables.count("part"), "whole": tables.count("whole"),
               "count": tables.count("count")}  # fmt: skip
    rows = [
        (
            name_of_group(by, figure.by[by], language()),
            *((None, None, None) if is_handful(figure) else (figure.value, figure.low, figure.high)),
            figure.part,
            figure.whole,
            figure.n,
        )
        for figure in found
    ]
    tables.show_table(
        pd.DataFrame(rows, columns=list(columns)), f"{metric}_by_{by}", columns, alt=name_of(metric, language())
    )


def show_lines(*metrics: str) -> None:
    """A few figures, a line each: name, value, size, interval."""
    at = view()
    for metric in metrics:
        figure = one_figure(metric, at.frame)
        details = ", ".join(part for part in (size_of(figure, at.language), sureness_of(figure, at.language)) if part)
        st.markdown(f"{name_of(metric, at.language)}: **{value_of(figure, at.language)}** {details}")


def show_note(key: str) -> None:
    """A quiet sentence that helps to read what stands beside it."""
    st.caption(words(key))


def show_list(heading: str, lines: Sequence[str]) -> None:
    """Sentences one below the other under a heading."""
    section(heading)
    st.markdown("\n".join(f"- {line}" for line in lines) if len(lines) > 1 else lines[0])
