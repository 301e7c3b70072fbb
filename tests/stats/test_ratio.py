"""The share of minutes counts people, not minutes: five reps, their unready minutes and all their minutes."""

import itertools
import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import assume, given
from hypothesis import strategies as st

from leadalign.stats.ratio import ratio, versus

UNREADY, ALL = [120, 90, 200, 60, 130], [400, 500, 450, 300, 350]


@st.composite
def teams(draw, least=2):
    """For 2 to 8 reps: unready minutes and all minutes."""
    whole = draw(st.lists(st.integers(1, 500), min_size=least, max_size=8))
    return [draw(st.integers(0, minutes)) for minutes in whole], whole


def test_five_reps_with_30_percent_could_as_well_be_at_18_or_46():
    found = ratio(UNREADY, ALL)
    assert found.share == pytest.approx(0.30)
    assert found.se == pytest.approx(0.05405437, abs=5e-9)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.173366, 0.466890), abs=1e-6)
    assert (found.clusters, found.interval.method) == (5, "ratio_logit_t")


def test_on_the_plain_scale_the_interval_is_15_to_45_percent():
    found = ratio(UNREADY, ALL)
    reach = 2.7764451 * found.se  # t with 4 degrees of freedom
    assert (found.share - reach, found.share + reach) == pytest.approx((0.149921, 0.450079), abs=1e-6)


def test_the_data_cannot_tell_30_percent_from_25():
    found = ratio(UNREADY, ALL)
    against = versus(found.share, found.se, 0.25, found.clusters)
    assert (against.t, against.p) == (pytest.approx(0.924995, abs=1e-6), pytest.approx(0.4073, abs=5e-5))


@given(teams())
def test_share_and_error_are_those_of_a_robust_regression_through_the_origin(team):
    part, whole = team
    found = ratio(part, whole)
    assume(found.se > 0)
    fit = sm.WLS(part, whole, weights=1 / np.array(whole)).fit(cov_type="HC1", use_t=True)
    against, oracle = versus(found.share, found.se, 0.25, found.clusters), fit.t_test(([[1]], [0.25]))
    assert (found.share, found.se) == pytest.approx((fit.params[0], fit.bse[0]), rel=1e-6)
    assert (against.t, against.p) == pytest.approx((oracle.tvalue.item(), oracle.pvalue.item()), rel=1e-5, abs=1e-9)


def test_drawing_the_five_reps_anew_in_every_possible_way_is_too_sure_of_itself():
    part, whole = np.array(UNREADY), np.array(ALL)
    draws = np.array(list(itertools.product(range(5), repeat=5)))
    low, high = np.percentile(part[draws].sum(axis=1) / whole[draws].sum(axis=1), [2.5, 97.5])
    found = ratio(UNREADY, ALL).interval
    assert (low, high) == pytest.approx((0.210, 0.3907), abs=5e-4)
    assert found.low < low < high < found.high


@given(teams())
def test_the_interval_holds_the_share_and_stays_a_share(team):
    found = ratio(*team)
    assert 0 <= found.interval.low <= found.share <= found.interval.high <= 1


@given(teams(), st.sampled_from([1 / 60, 60, 1000]))
def test_hours_give_the_same_answer_as_minutes(team, factor):
    part, whole = team
    assert same(ratio(part, whole), ratio([factor * y for y in part], [factor * x for x in whole]))


@given(teams(), st.randoms())
def test_the_order_of_the_reps_is_irrelevant(team, chance):
    pairs = list(zip(*team, strict=True))
    chance.shuffle(pairs)
    assert same(ratio(*team), ratio(*zip(*pairs, strict=True)))


@given(teams(), st.integers(0, 7), st.floats(0.1, 0.9))
def test_an_activity_split_in_two_changes_nothing_even_if_the_halves_sum_up_with_rounding(team, rep, cut):
    part, whole = team
    rep %= len(part)
    two = [part[rep] * cut, part[rep] * (1 - cut)]
    assert same(ratio(part, whole), ratio([*part[:rep], sum(two), *part[rep + 1 :]], whole))


@given(teams())
def test_a_rep_without_minutes_is_no_rep(team):
    part, whole = team
    assert ratio([*part, 0], [*whole, 0]) == ratio(part, whole)


@given(teams(least=3))
def test_the_same_team_four_times_over_is_known_better(team):
    part, whole = team
    once, often = ratio(part, whole).interval, ratio(part * 4, whole * 4).interval
    assert often.high - often.low < once.high - once.low


def test_five_equal_reps_without_any_unready_minute_may_still_lose_up_to_43_percent():
    found = ratio([0] * 5, [100] * 5)  # Wilson for 0 of 5
    assert (found.share, found.se, found.interval.low) == (0, 0, 0)
    assert found.interval.high == pytest.approx(0.434482, abs=1e-6)
    assert found.interval.method == "wilson_effective_clusters"


def test_a_rep_with_nearly_all_the_minutes_counts_for_nearly_the_whole_team():
    uneven = ratio([0, 0, 0], [1000, 1, 1]).interval
    even = ratio([0, 0, 0], [334, 334, 334]).interval
    assert uneven.high > even.high
    assert uneven.high == pytest.approx(0.793, abs=2e-3)  # Wilson for 0 of 1


def test_all_unready_is_the_mirror_of_none():
    none, every = ratio([0, 0, 0], [20, 30, 50]).interval, ratio([20, 30, 50], [20, 30, 50]).interval
    assert (every.low, every.high) == pytest.approx((1 - none.high, 1))


def test_reps_who_are_all_alike_do_not_make_a_certainty():
    found = ratio([10, 30, 7], [30, 90, 21])  # each a third, with rounding
    assert found.se == 0
    assert found.interval.low < 0.15
    assert found.interval.high > 0.6
    assert versus(found.share, found.se, 0.25, found.clusters) is None


@pytest.mark.parametrize("reps", [5, 12])
@pytest.mark.parametrize("mean", [0.03, 0.3])
def test_in_worlds_with_a_known_share_the_interval_holds_it_about_as_often_as_it_says(mean, reps):
    chance = np.random.default_rng(7)
    whole = chance.integers(100, 400, (1500, reps))
    part = whole * np.where(chance.random(whole.shape) < 0.3, 0, chance.beta(2, 2 * (0.7 / mean - 1), whole.shape))
    found = [ratio(y, x).interval for y, x in zip(part, whole, strict=True)]
    held = np.mean([interval.low <= mean <= interval.high for interval in found])
    assert held > 0.92


def test_one_rep_alone_says_nothing_of_others():
    assert ratio([3], [10]) is None
    assert versus(0.3, 0.1, 0.25, 1) is None


@pytest.mark.parametrize(
    ("part", "whole"), [([], []), ([0, 0], [0, 0]), ([2, 1], [1, 5]), ([-1, 1], [5, 5]), ([math.nan, 1], [5, 5])]
)
def test_nothing_and_nonsense_have_no_interval(part, whole):
    assert ratio(part, whole) is None


def same(one, other):
    """Equal but for rounding."""
    return (one.share, one.se, one.interval.low, one.interval.high) == pytest.approx(
        (other.share, other.se, other.interval.low, other.interval.high), rel=1e-6, abs=1e-9
    )
