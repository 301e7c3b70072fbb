"""Average ratings by source, drawn towards the team: four sources, what they got, and how many ratings each has."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from leadalign.stats.averages import shrunken_means, spread_of

MEANS, RATINGS, VARIANCE = [3.9, 3.2, 2.6, 4.5], [20, 10, 25, 4], 1.1

sources = st.lists(st.tuples(st.floats(1, 5), st.integers(1, 60)), min_size=3, max_size=7)


def test_how_much_sources_differ_is_as_worked_by_hand():
    found = spread_of(MEANS, RATINGS, VARIANCE)
    assert (found.q, found.tau2) == pytest.approx((22.9646, 0.553718), abs=5e-5)


@given(sources)
def test_how_much_sources_differ_is_what_statsmodels_says(world):
    means, n = zip(*world, strict=True)
    with np.errstate(all="ignore"):
        oracle = combine_effects(np.array(means), VARIANCE / np.array(n), method_re="dl")
    assert spread_of(means, n, VARIANCE).tau2 == pytest.approx(max(0, oracle.tau2), abs=1e-9)


def test_few_ratings_are_drawn_towards_the_team_most():
    found = [group.mean for group in shrunken_means(MEANS, RATINGS, VARIANCE)]
    assert found == pytest.approx([3.862, 3.247, 2.665, 4.163], abs=5e-4)


@given(sources)
def test_every_average_is_drawn_inwards_and_lies_in_its_interval(world):
    means, n = zip(*world, strict=True)
    for group in shrunken_means(means, n, VARIANCE):
        assert min(means) - 1e-9 <= group.mean <= max(means) + 1e-9
        assert group.interval.low <= group.mean <= group.interval.high


def test_without_any_difference_all_get_the_team_average_but_not_its_certainty():
    found = shrunken_means([3, 3, 3, 3], [5, 5, 5, 50], 1)
    assert [group.mean for group in found] == pytest.approx([3] * 4)
    assert found[0].interval.high - found[0].interval.low > found[3].interval.high - found[3].interval.low


@pytest.mark.parametrize("difference", [0.0, 0.3, 1.0])
def test_in_worlds_with_known_averages_the_interval_holds_them_about_as_often_as_it_says(difference):
    chance = np.random.default_rng(11)
    n = np.array([20, 10, 25, 4, 8])
    truth = 3 + difference * chance.standard_normal((150, 5))
    seen = truth + np.sqrt(VARIANCE / n) * chance.standard_normal(truth.shape)
    held = [
        group.interval.low <= true <= group.interval.high
        for means, trues in zip(seen, truth, strict=True)
        for group, true in zip(shrunken_means(means, n, VARIANCE), trues, strict=True)
    ]
    assert np.mean(held) > 0.93


@pytest.mark.parametrize(
    ("means", "n", "var"),
    [
        ([], [], 1),
        ([3, 4], [5, 5], 1),
        ([3, 4, 5], [5, 5, 0], 1),
        ([3, 4, 5], [5, 5, 5], 0),
        ([3, math.nan, 5], [5] * 3, 1),
    ],
)
def test_too_little_to_compare_gives_no_answer(means, n, var):
    assert shrunken_means(means, n, var) is None
