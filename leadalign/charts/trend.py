"""A number week by week: its line, the limits within which it moves by itself, a mark to compare it with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from leadalign.charts.template import BAND, SHARED, SIGNAL, dotted, sheet, shown

MOST_TICKS = 7


@dataclass(frozen=True)
class Point:
    """One week: where it lies, its value (None: nothing to show), its words for the pointer, signal, unfinished."""

    when: str
    value: float | None
    words: str
    name: str = ""
    signal: bool = False
    open: bool = False


@dataclass(frozen=True)
class Mark:
    """A dotted line with its name: a benchmark (`at` a value) or the day a definition changed (`at` a date)."""

    at: Any
    name: str


def trend(
    points: Sequence[Point],
    *,
    limits: tuple[float, float, float] | None = None,
    reference: Mark | None = None,
    changes: Sequence[Mark] = (),
    unit: str = "share",
    colour: str = SHARED,
    height: int = 260,
) -> go.Figure:
    """The line; `limits` are low, mean and high of usual movement. A signal is larger and of another shape."""
    traces = ([_band(points, limits)] if limits else []) + [_line(points, colour)]
    marks = [dotted("y", reference.at, reference.name)] if reference else []
    marks += [dotted("x", change.at, change.name) for change in changes]
    layout = {name: [item for mark in marks for item in mark[name]] for name in ("shapes", "annotations")}
    room = {"l": 0, "r": 7 * len(reference.name) + 8 if reference else 8, "t": 20 if changes else 8, "b": 0}
    step = -(-len(points) // MOST_TICKS)
    weeks = {
        "type": "date",
        "tickvals": [point.when for point in points][::-step],
        "ticktext": [point.name for point in points][::-step],
    }
    return sheet(traces, height, yaxis=_axis(points, limits, reference, unit), xaxis=weeks, margin=room, **layout)


def sparkline(points: Sequence[Point], limits: tuple[float, float, float] | None, reference: float | None) -> go.Figure:
    """The same line small, without words: for a card."""
    mark = Mark(reference, "") if reference is not None else None
    chart = trend(points, limits=limits, reference=mark, height=64)
    return chart.update_layout(
        xaxis={"visible": False}, yaxis={"visible": False}, margin={"l": 2, "r": 6, "t": 4, "b": 4}, annotations=[]
    )


def _band(points: Sequence[Point], limits: tuple[float, float, float]) -> go.Scatter:
    """The range of usual movement, shaded."""
    first, last = points[0].when, points[-1].when
    low, _, high = limits
    return go.Scatter(
        x=[first, last, last, first], y=[low, low, high, high], fill="toself", fillcolor=BAND,
        line={"width": 0}, mode="lines", hoverinfo="skip",
    )  # fmt: skip


def _line(points: Sequence[Point], colour: str) -> go.Scatter:
    """The line with its points; an unfinished week is hollow."""
    return go.Scatter(
        x=[point.when for point in points],
        y=[point.value for point in points],
        mode="lines+markers",
        line={"color": colour, "width": 2},
        marker={
            "color": [SIGNAL if point.signal else colour for point in points],
            "symbol": [_symbol(point) for point in points],
            "size": [11 if point.signal else 6 for point in points],
        },
        customdata=[point.when for point in points],
        hovertext=[shown(point.words) for point in points],
        hoverinfo="text",
    )


def _symbol(point: Point) -> str:
    """A signal is told by its shape as well as by its colour."""
    shape = "diamond" if point.signal else "circle"
    return shape + "-open" if point.open else shape


def _axis(points: Sequence[Point], limits: Any, reference: Mark | None, unit: str) -> dict[str, Any]:
    """From nought to a little above the highest thing drawn, so that a small move looks small."""
    heights = [point.value for point in points if point.value is not None]
    heights += [limits[2]] if limits else []
    heights += [reference.at] if reference else []
    top = max(heights, default=1.0) or 1.0
    return {"range": [0, top * 1.12], "tickformat": ".0%" if unit == "share" else ",.0f", "nticks": 5}
