"""Twenty-five leads that were given chances of .6, .3 and .1; and chances that came true to the letter, or never."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadalign.stats.calibration import calibration

CHANCES = [0.6] * 5 + [0.3] * 10 + [0.1] * 10
WON = [True] * 4 + [False] + ([True] * 2 + [False] * 8) * 2


def test_the_worked_forecast_has_its_score_and_parts():
    found = calibration(CHANCES, WON)
    assert found.score == pytest.approx(0.176)
    assert (found.reliability, found.resolution, found.uncertainty) == pytest.approx((0.016, 0.0576, 0.2176))
    assert found.skill == pytest.approx(0.191, abs=5e-4)
    assert (found.observed, found.expected) == (8, pytest.approx(7))
    assert (found.ratio.low, found.ratio.high) == pytest.approx((0.49, 2.25), abs=5e-3)
    assert (found.z, found.p) == pytest.approx((0.204, 0.84), abs=2e-3)


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), st.booleans()), min_size=1, max_size=40))
def test_the_parts_make_up_the_score(rows):
    found = calibration([chance for chance, _ in rows], [won for _, won in rows])
    assert found.score == pytest.approx(found.reliability - found.resolution + found.uncertainty)
    numbers = [number for number in (found.skill, found.z, found.p, found.score) if number is not None]
    assert all(map(math.isfinite, numbers))


def test_one_chance_for_all_that_came_true_gains_nothing_and_loses_nothing():
    found = calibration([0.5] * 8, [True, False] * 4)
    assert (found.skill, found.reliability, found.z) == (0, 0, None)


def test_nothing_forecast_or_nothing_that_could_differ():
    assert calibration([], []) is None
    sure = calibration([0.0, 0.0], [False, False])
    assert (sure.score, sure.skill, sure.ratio, sure.z, sure.p) == (0, None, None, None, None)
