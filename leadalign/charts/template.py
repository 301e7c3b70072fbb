"""The look that every chart shares: calm, few lines, one colour for each function on paper and on a dark screen."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

MARKETING, SALES, SHARED = "#23899B", "#BA7517", "#7D8389"
"""Blue-teal, amber and ink-grey: each is told from a light and from a dark ground (3:1) and by colour-blind eyes."""
SIGNAL = "#C9503F"
INTERVAL = "#5C6368"
"""Thin lines over a bar: darker than the bar on paper, and still told from a dark ground."""
BAND = "rgba(125,131,137,0.16)"
FONT = "Heebo, sans-serif"

_AXIS = {"showgrid": False, "zeroline": False, "fixedrange": True, "ticks": "", "automargin": True, "title": None}

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 13},
        "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "bargap": 0.45,
    }
)

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}
"""How a browser shows every chart: no tool bar, no zoom; a page that is scrolled on a phone stays scrollable."""


def shown(text: str) -> str:
    """`text` as its characters: Plotly would make links and markup of tags that come with a name."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def sheet(traces: Sequence[Any], height: int, **layout: Any) -> go.Figure:
    """An empty sheet of the shared look with the traces on it."""
    return go.Figure(data=list(traces), layout={"template": TEMPLATE, "height": height, **layout})


def dotted(axis: str, at: float, label: str) -> dict[str, Any]:
    """A dotted reference line across the sheet with its name at the end, as layout arguments."""
    other = "y" if axis == "x" else "x"
    line = {axis + "0": at, axis + "1": at, other + "0": 0, other + "1": 1, other + "ref": "paper"}
    name = {axis: at, other: 1, other + "ref": "paper", "text": label, "showarrow": False, "font": {"size": 12}}
    anchor = {"xanchor": "center" if axis == "x" else "left", "yanchor": "bottom" if axis == "x" else "middle"}
    return {
        "shapes": [{"type": "line", "line": {"color": SHARED, "width": 1.5, "dash": "dot"}, **line}],
        "annotations": [{**name, **anchor}],
    }
