"""Intervals for shares, counts and averages agree with other people's code and never overclaim."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from leadalign.stats.intervals import garwood, mean_interval, wilson

LEADS = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_six_compliant_hand_overs_of_eight_say_between_41_and_93_percent():
    found = wilson(6, 8)
    assert (found.low, found.high) == pytest.approx((0.409275, 0.928521), abs=1e-6)


def test_nobody_of_three_still_leaves_room_for_56_percent():
    found = wilson(0, 3)
    assert found.low == 0
    assert found.high == pytest.approx(0.561497, abs=1e-6)


def test_everybody_of_four_is_a_share_of_at_least_51_percent():
    found = wilson(4, 4)
    assert (found.low, found.high) == (pytest.approx(0.5101, abs=5e-5), 1)


def test_half_a_good_lead_counts_half():
    assert wilson(1, 4).low < wilson(1.5, 4).low < wilson(2, 4).low


@given(LEADS, st.sampled_from([0.8, 0.95, 0.99]))
def test_the_share_interval_is_statsmodels_one(leads, level):
    k, n = leads
    found = wilson(k, n, level)
    assert (found.low, found.high) == pytest.approx(
        proportion_confint(k, n, alpha=1 - level, method="wilson"), rel=1e-9, abs=1e-12
    )


@given(LEADS)
def test_a_share_lies_within_its_interval_and_ten_times_the_leads_make_it_shorter(leads):
    k, n = leads
    few, many = wilson(k, n), wilson(10 * k, 10 * n)
    assert 0 <= few.low <= k / n <= few.high <= 1
    assert many.high - many.low < few.high - few.low


@given(LEADS)
def test_the_bad_share_is_the_mirror_of_the_good_one(leads):
    k, n = leads
    good, bad = wilson(k, n), wilson(n - k, n)
    assert (good.low, good.high) == pytest.approx((1 - bad.high, 1 - bad.low), abs=1e-12)


@pytest.mark.parametrize(("k", "n"), [(0, 0), (1, 0), (-1, 5), (6, 5), (math.nan, 5), (1, math.nan), (1, math.inf)])
def test_a_share_of_nothing_or_of_nonsense_has_no_interval(k, n):
    assert wilson(k, n) is None


def test_three_deals_could_be_the_luck_of_a_rate_between_0_6_and_8_8():
    found = garwood(3)
    assert (found.low, found.high) == pytest.approx((0.6186721, 8.7672731), abs=1e-7)


def test_no_deals_yet_still_leaves_room_for_3_7():
    found = garwood(0)
    assert (found.low, found.high) == (0, pytest.approx(3.688879, abs=1e-6))


@given(st.integers(1, 3000), st.sampled_from([0.8, 0.95]))
def test_the_count_interval_is_statsmodels_exact_one(count, level):
    found = garwood(count, level)
    assert (found.low, found.high) == pytest.approx(confint_poisson(count, 1, "exact-c", 1 - level), rel=1e-9)


@pytest.mark.parametrize("count", [-1, math.nan, math.inf])
def test_a_count_that_is_none_has_no_interval(count):
    assert garwood(count) is None


def test_the_average_of_two_ratings_is_hardly_known():
    found = mean_interval([2, 4])  # 3 +- 12.7062 x 1.4142 / 1.4142
    assert (found.low, found.high) == pytest.approx((3 - 12.706205, 3 + 12.706205), abs=1e-6)


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=30).filter(lambda v: max(v) - min(v) > 1e-3))
def test_the_average_interval_is_scipys_and_order_is_irrelevant(values):
    found, turned = mean_interval(values), mean_interval(values[::-1])
    oracle = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((oracle.low, oracle.high), rel=1e-6, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((turned.low, turned.high))


@pytest.mark.parametrize("values", [[], [3], [3, 3, 3], [3, math.nan], [1, math.inf]])
def test_an_average_without_spread_or_values_has_no_interval(values):
    assert mean_interval(values) is None
