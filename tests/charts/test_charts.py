"""Charts: what is drawn is what was asked for, told by shape and word as well as by colour."""

import plotly.graph_objects as go
import pytest

from leadalign.charts.bars import Bar, bars
from leadalign.charts.pace import Progress, months, pace
from leadalign.charts.template import INTERVAL, MARKETING, SALES, SHARED, SIGNAL
from leadalign.charts.trend import Mark, Point, sparkline, trend

PAPER, NIGHT = "#FBFAF7", "#14181B"
WEEKS = [
    Point("2026-11-01", 0.2, "w1"),
    Point("2026-11-08", 0.5, "w2", signal=True),
    Point("2026-11-15", None, "w3", open=True),
]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", [PAPER, NIGHT])
@pytest.mark.parametrize("colour", [MARKETING, SALES, SHARED, SIGNAL])
def test_every_colour_is_told_from_paper_and_from_a_dark_screen(colour: str, ground: str):
    assert contrast(colour, ground) >= 3


def test_a_signal_has_another_shape_and_an_unfinished_week_is_hollow():
    line = trend(WEEKS).data[0]
    assert list(line.marker.symbol) == ["circle", "diamond", "circle-open"]


def test_a_week_without_a_value_is_a_gap_and_not_nought():
    assert trend(WEEKS).data[0].y[2] is None


def test_the_usual_range_the_benchmark_and_a_change_of_definition_are_marked():
    chart = trend(WEEKS, limits=(0.1, 0.2, 0.3), reference=Mark(0.25, "25 %"), changes=[Mark("2026-11-05", "v2")])
    assert max(chart.data[0].y) == 0.3
    assert [shape.line.dash for shape in chart.layout.shapes] == ["dot", "dot"]
    assert [note.text for note in chart.layout.annotations] == ["25 %", "v2"]


def test_the_axis_begins_at_nought_so_that_a_small_move_looks_small():
    assert trend(WEEKS).layout.yaxis.range[0] == 0
    assert sparkline(WEEKS, None, None).layout.yaxis.range[0] == 0


GROUPS = [Bar("a", "A", 0.2, 0.1, 0.4, "20 %", "A 20 %"), Bar("b", "B", 0.5, None, None, "50 %", "B 50 %")]


def test_bars_stand_largest_on_top_with_their_keys_and_intervals():
    block, label = bars(GROUPS).data
    assert list(block.customdata) == ["a", "b"]
    assert list(block.error_x.array) == pytest.approx([0.2, 0])
    assert list(block.error_x.arrayminus) == pytest.approx([0.1, 0])
    assert [text.strip() for text in label.text] == ["20 %", "50 %"]


def test_bars_grow_from_the_right_in_hebrew():
    chart = bars(GROUPS, right_to_left=True)
    assert chart.layout.xaxis.range[0] > chart.layout.xaxis.range[1]
    assert chart.layout.yaxis.side == "right"


def test_intervals_are_told_from_the_bar():
    assert bars(GROUPS).data[0].error_x.color == INTERVAL


GOAL = Progress("Leads", 23, 50, 30, "23 of 50", "Leads: 23 of 50")


def test_pace_shows_done_target_and_today():
    chart = pace(GOAL)
    assert [bar.x[0] for bar in chart.data] == [50, 23]
    assert chart.layout.shapes[0].x0 == 30


def test_a_goal_that_is_surpassed_still_fits():
    chart = pace(Progress("Leads", 70, 50, 30, "", ""))
    assert chart.layout.xaxis.range[1] > 70


def test_months_without_any_goal_reached_are_drawn():
    chart = months([Progress("Nov", 0, 0, None, "0", ""), Progress("Dec", 3, 10, None, "3", "")])
    assert isinstance(chart, go.Figure)
    assert chart.layout.yaxis.range[1] == 12


def test_a_name_with_markup_is_shown_as_its_characters():
    chart = bars([Bar("a", "<a href='https://evil.example'>A</a>", 0.2, None, None, "20 %", "<b>A</b>", "1 of 5")])
    assert chart.layout.yaxis.ticktext[0].startswith("&lt;a href=")
    assert "<b>" not in chart.data[0].hovertext[0]


def test_the_size_of_a_group_stands_beneath_its_name():
    assert "1 of 5" in bars([Bar("a", "A", 0.2, None, None, "20 %", "A", "1 of 5")]).layout.yaxis.ticktext[0]
