"""Groups side by side, longest first, each with its interval and its own label; a click opens its leads."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from leadalign.charts.template import INTERVAL, SHARED, dotted, sheet, shown
from leadalign.charts.trend import Mark


@dataclass(frozen=True)
class Bar:
    """One group: its key (what a click asks for), its name, value and interval, its words, and of how much."""

    key: str
    name: str
    value: float
    low: float | None
    high: float | None
    label: str
    words: str
    size: str = ""


def bars(
    groups: Sequence[Bar], *, reference: Mark | None = None, colour: str = SHARED, right_to_left: bool = False
) -> go.Figure:
    """Horizontal bars; in Hebrew they grow from the right and their names stand on the right."""
    ordered = sorted(groups, key=lambda group: group.value)
    side = {"side": "right" if right_to_left else "left", "type": "category", "ticklabelstandoff": 8}
    reach = (
        max([group.high or group.value for group in ordered] + [reference.at if reference else 0])
        * (1.1 + 0.03 * max(len(group.label) for group in ordered))
        or 1
    )
    span = [reach, 0] if right_to_left else [0, reach]
    marks = dotted("x", reference.at, reference.name) if reference else {}
    height = (40 if any(group.size for group in ordered) else 34) * len(ordered) + (40 if reference else 16)
    margin = {"l": 0, "r": 0, "t": 28 if reference else 4, "b": 4}
    axis = {"visible": False, "range": span}
    return sheet(
        [_blocks(ordered, colour), _labels(ordered, right_to_left)],
        height,
        yaxis=side | _names(ordered),
        xaxis=axis,
        margin=margin,
        **marks,
    )


def _names(groups: Sequence[Bar]) -> dict[str, object]:
    """Each group's name with its size beneath it."""
    small = '<br><span style="font-size:11px">{}</span>'
    names = [shown(group.name) + (small.format(shown(group.size)) if group.size else "") for group in groups]
    return {"tickmode": "array", "tickvals": [group.key for group in groups], "ticktext": names}


def _blocks(groups: Sequence[Bar], colour: str) -> go.Bar:
    """The bars with their intervals."""
    return go.Bar(
        x=[group.value for group in groups],
        y=[group.key for group in groups],
        orientation="h",
        marker={"color": colour, "opacity": 0.55},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [(group.high if group.high is not None else group.value) - group.value for group in groups],
            "arrayminus": [group.value - (group.low if group.low is not None else group.value) for group in groups],
            "color": INTERVAL,
            "thickness": 1.5,
            "width": 4,
        },
        customdata=[group.key for group in groups],
        hovertext=[shown(group.words) for group in groups],
        hoverinfo="text",
    )


def _labels(groups: Sequence[Bar], right_to_left: bool) -> go.Scatter:
    """What each bar comes to, beyond the end of its interval; a click on it counts as well."""
    return go.Scatter(
        x=[max(group.high or 0, group.value) for group in groups],
        y=[group.key for group in groups],
        mode="text",
        text=[f"  {shown(group.label)}  " for group in groups],
        textposition="middle left" if right_to_left else "middle right",
        customdata=[group.key for group in groups],
        hoverinfo="skip",
        cliponaxis=False,
    )
