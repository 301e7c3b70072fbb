"""Signal or noise: twelve weeks set the limits, later weeks are judged by them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadalign.stats.control import Signal, signals, xmr

TWELVE_WEEKS = [0.30, 0.33, 0.29, 0.31, 0.35, 0.28, 0.30, 0.34, 0.30, 0.29, 0.32, 0.29]  # sum 3.70, steps sum .37

weeks = st.lists(st.integers(0, 100), min_size=12, max_size=30).filter(lambda values: len(set(values)) > 1)


def test_twelve_weeks_around_31_percent_move_between_22_and_40_by_luck():
    found = xmr(TWELVE_WEEKS)
    assert (found.mean, found.moving_range) == pytest.approx((0.308333, 0.033636), abs=1e-6)
    assert (found.low, found.high) == pytest.approx((0.218861, 0.397806), abs=1e-6)
    assert found.moving_range_high == pytest.approx(0.109924, abs=1e-6)


def test_a_week_at_46_percent_is_a_signal_and_leaves_the_limits_alone():
    limits = xmr([*TWELVE_WEEKS, 0.46], baseline=12)
    assert limits == xmr(TWELVE_WEEKS)
    assert signals([*TWELVE_WEEKS, 0.46], limits) == [Signal(12, "outside")]


def test_the_limit_itself_is_still_noise():
    limits = xmr(TWELVE_WEEKS)
    assert signals([limits.high, limits.low], limits) == []


def test_eight_weeks_on_one_side_are_a_signal_and_seven_are_not():
    limits = xmr(TWELVE_WEEKS)
    assert signals([0.32] * 7, limits) == []
    assert signals([0.32] * 9, limits) == [Signal(7, "run"), Signal(8, "run")]
    assert signals([0.30] * 8, limits) == [Signal(7, "run")]


def test_a_week_on_the_other_side_or_on_the_mean_ends_a_run():
    limits = xmr(TWELVE_WEEKS)
    assert signals([0.32] * 7 + [0.30] + [0.32] * 7, limits) == []
    assert signals([0.32] * 7 + [limits.mean] + [0.32], limits) == []
    assert signals([limits.mean] * 9, limits) == []


def test_weeks_without_a_value_are_skipped_but_keep_their_place():
    gaps = [None, *TWELVE_WEEKS[:6], math.nan, *TWELVE_WEEKS[6:]]
    assert xmr(gaps) == xmr(TWELVE_WEEKS)
    assert signals([*gaps, 0.46], xmr(gaps)) == [Signal(14, "outside")]


def test_eleven_weeks_are_too_early():
    assert xmr(TWELVE_WEEKS[:11]) is None
    assert xmr([*TWELVE_WEEKS, 0.3], baseline=11) is None
    assert xmr([*TWELVE_WEEKS[:11], None]) is None


def test_no_limits_no_signals():
    assert signals([0.3, 0.9], None) == []


def test_weeks_that_never_moved_set_no_limits():
    assert xmr([0.3] * 20) is None


@given(weeks, st.integers(2, 9), st.integers(-50, 50))
def test_another_unit_gives_the_same_signals(values, factor, shift):
    moved = [factor * value + shift for value in values]
    assert xmr(moved).high == pytest.approx(factor * xmr(values).high + shift)
    limits = xmr(values)
    if all(abs(value - edge) > 1e-6 for value in values for edge in (limits.low, limits.mean, limits.high)):
        assert signals(moved, xmr(moved)) == signals(values, limits)


@given(weeks)
def test_time_run_backwards_sets_the_same_limits(values):
    there, back = xmr(values), xmr(values[::-1])
    assert (there.low, there.high) == pytest.approx((back.low, back.high))
