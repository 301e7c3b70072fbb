"""Charts on a page: drawn once for the same data and language, then sent as they are; a click opens the leads."""

from typing import Any, cast

import plotly.graph_objects as go
import streamlit as st

from leadalign.charts.bars import Bar, bars
from leadalign.charts.template import CONFIG, SALES, SHARED
from leadalign.charts.trend import Mark, Point, sparkline, trend
from leadalign.figures import Figure, Frame
from leadalign.metrics import metrics
from leadalign.settings import settings
from leadalign.stats import control
from leadalign.stats.control import Limits
from leadalign.texts import formats, say
from leadalign.ui.company import name_of_group
from leadalign.ui.figure_words import line_of, size_of, value_of
from leadalign.ui.memory import remembered
from leadalign.ui.navigation import go_to
from leadalign.ui.reading import changes_of, cut_figures, weekly

MOST_BARS = 12
COLOURS = {"sales_activities": SALES}
"""Sales time is amber; what both answer for keeps the neutral ink."""


def show_chart(chart: go.Figure, name: str, alt: str, opens: dict[str, str] | None = None, column: str = "") -> None:
    """The chart; with `opens` a click on a part of it opens the leads of that value of `column`."""
    event = st.plotly_chart(
        chart,
        config=CONFIG,
        key=f"chart_{name}",
        alt=alt,
        selection_mode="points",
        on_select="rerun" if opens else "ignore",
    )
    picked = cast(Any, event)["selection"]["points"] if opens else []
    if picked and opens:
        go_to("leads", {**opens, f"cut_{column}": picked[0]["customdata"]})


@remembered
def trend_chart(db: Any, metric: str, frame: Frame, language: str, reference: bool, small: bool) -> go.Figure:
    """The metric week by week, large or as a sparkline."""
    weeks, limits = weekly(metric, frame)
    points, usual = points_of(weeks, limits, language), usual_range(limits)
    mark = _benchmark(language) if reference else None
    if small:
        return sparkline(points, usual, mark.at if mark else None)
    marks = [
        Mark(day.isoformat(), say("ui.figure.version", language, version=version))
        for day, version in changes_of(metric, weeks)
    ]
    return trend(
        points,
        limits=usual,
        reference=mark,
        changes=marks,
        unit=weeks[0].unit,
        colour=COLOURS.get(metrics()[metric].over, SHARED),
    )


@remembered
def bars_chart(db: Any, metric: str, frame: Frame, by: str, language: str, reference: bool) -> go.Figure:
    """The metric by the values of one column."""
    found = largest_groups(metric, frame, by)
    mark = _benchmark(language) if reference else None
    return bars(
        [bar_of(figure, by, language) for figure in found],
        reference=mark,
        colour=COLOURS.get(metrics()[metric].over, SHARED),
        right_to_left=language == "he",
    )


def _benchmark(language: str) -> Mark:
    """The share that others measured, to hold ours against."""
    share = settings().benchmark_share
    return Mark(share, say("ui.figure.benchmark", language, share=formats.percent(share, language)))


def largest_groups(metric: str, frame: Frame, by: str) -> list[Figure]:
    """The groups that have the most cases, as many as can be read side by side."""
    found = [
        figure for figure in cut_figures(metric, frame, (by,)) if figure.value is not None and not is_handful(figure)
    ]
    return sorted(found, key=lambda figure: figure.n, reverse=True)[:MOST_BARS]


def is_handful(figure: Figure) -> bool:
    """Whether a group has so few cases that only their number is told."""
    return figure.note == "few_cases"


def bar_of(figure: Figure, by: str, language: str) -> Bar:
    """A group as a bar with its words."""
    key = str(figure.by[by])
    name, value = name_of_group(by, key, language), figure.value or 0.0
    said = (name, value_of(figure, language), f"{name}: {line_of(figure, language)}", size_of(figure, language))
    name, label, words_of_it, size = (formats.sentence(text, language) if text else "" for text in said)
    return Bar(key, name, value, figure.low, figure.high, label, words_of_it, size)


def points_of(weeks: tuple[Figure, ...], limits: Limits | None, language: str) -> list[Point]:
    """The weeks as points with their words; those that luck does not explain are marked."""
    found = {signal.index for signal in control.signals([week.value for week in weeks], limits)}
    return [_point(week, number in found, language) for number, week in enumerate(weeks)]


def _point(week: Figure, is_signal: bool, language: str) -> Point:
    """One week with its words."""
    day = week.by["week"]
    said = formats.sentence(f"{formats.day(day, language)}: {line_of(week, language)}", language)
    name = formats.sentence(formats.day(day, language, year=False), language)
    return Point(day.isoformat(), week.value, said, name, signal=is_signal)


def usual_range(limits: Limits | None) -> tuple[float, float, float] | None:
    """The limits as low, mean and high; nothing falls below nought."""
    return (max(0.0, limits.low), limits.mean, limits.high) if limits else None
