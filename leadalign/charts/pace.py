"""How far a month has come towards a goal, and how far it should be by today."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from leadalign.charts.template import BAND, SHARED, sheet


@dataclass(frozen=True)
class Progress:
    """One goal: what is done, what was agreed, what the work calendar expects by today, and its words."""

    name: str
    done: float
    target: float
    expected: float | None
    label: str
    words: str


def pace(goal: Progress, *, colour: str = SHARED, right_to_left: bool = False) -> go.Figure:
    """One bar that fills up to its target, with an upright mark where it should stand today."""
    reach = max(goal.target, goal.done, goal.expected or 0) * 1.02 or 1
    span = [reach, 0] if right_to_left else [0, reach]
    whole = _bar(goal.target, BAND, "")
    done = _bar(goal.done, colour, goal.words)
    shapes = [] if goal.expected is None else [_today(goal.expected)]
    margin = {"l": 0, "r": 0, "t": 2, "b": 2}
    hidden = {"visible": False}
    return sheet(
        [whole, done], 30, barmode="overlay", margin=margin, bargap=0.1, shapes=shapes,
        xaxis={"range": span, **hidden}, yaxis=hidden,
    )  # fmt: skip


def months(goals: Sequence[Progress], *, colour: str = SHARED) -> go.Figure:
    """Month by month: what was done, and a short line across at what was agreed."""
    top = max([goal.done for goal in goals] + [goal.target for goal in goals], default=1) * 1.2
    done = go.Bar(
        x=list(range(len(goals))), y=[goal.done for goal in goals], marker={"color": colour, "opacity": 0.55},
        text=[goal.label for goal in goals], insidetextanchor="start", textangle=0, cliponaxis=False,
        textposition=["inside" if goal.done > top * 0.1 else "outside" for goal in goals],
        hovertext=[goal.words for goal in goals], hoverinfo="text",
    )  # fmt: skip
    target = go.Scatter(
        x=list(range(len(goals))), y=[goal.target for goal in goals], mode="markers", hoverinfo="skip",
        marker={"symbol": "line-ew", "size": 34, "line": {"width": 2, "color": SHARED}},
    )  # fmt: skip
    names = {"tickvals": list(range(len(goals))), "ticktext": [goal.name for goal in goals], "tickangle": 0}
    return sheet([done, target], 210, yaxis={"visible": False, "range": [0, top]}, xaxis=names, bargap=0.25)


def _bar(length: float, colour: str, words: str) -> go.Bar:
    """One horizontal bar from the start."""
    return go.Bar(
        x=[length], y=[""], orientation="h", marker={"color": colour}, hovertext=words,
        hoverinfo="text" if words else "skip", width=0.8,
    )  # fmt: skip


def _today(expected: float) -> dict[str, object]:
    """The upright mark of today's pace."""
    line = {"color": SHARED, "width": 3}
    return {"type": "line", "x0": expected, "x1": expected, "y0": 0, "y1": 1, "yref": "paper", "line": line}
