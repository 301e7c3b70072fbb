"""The pace of a month: ten deals wanted, four won, ten of 21 work days gone."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadalign.goals.pace import Pace, fraction_done, intramonth_shares, month_pace, pace
from leadalign.work_calendar import Calendar

END_LOADED = [[0, 0, 0, 1, 3]] * 6  # six months of five work days; three of four deals on the last


def test_four_of_ten_deals_after_ten_of_21_days_is_behind():
    found = pace(4, 10, 10, 21)
    assert found.index == pytest.approx(0.84)
    assert found.expected == pytest.approx(4.761905, abs=1e-6)
    assert found.required_per_day == pytest.approx(0.545455, abs=1e-6)
    assert found.so_far_per_day == pytest.approx(0.4)
    assert found.state == "open"


def test_before_the_first_work_day_nothing_is_judged():
    assert pace(0, 10, 0, 20) == Pace(None, 0.0, 0.5, None, "not_started")
    assert pace(1, 10, 0, 20).index is None  # a deal on the Saturday before


def test_after_the_last_work_day_the_month_is_closed():
    assert pace(8, 10, 20, 20) == Pace(0.8, 10.0, None, 0.4, "closed")
    assert pace(8, 10, 25, 20) == pace(8, 10, 20, 20)


def test_a_goal_already_reached_asks_for_nothing_more():
    assert pace(12, 10, 10, 20).required_per_day == 0


def test_a_goal_of_nothing_has_no_index():
    assert pace(0, 0, 10, 20).index is None


def test_a_month_without_work_days_has_no_pace():
    assert pace(3, 10, 0, 0) is None


def test_deals_that_usually_come_late_are_not_expected_early():
    shares = intramonth_shares(END_LOADED)
    assert shares == (3.75, 1.25, 0, 0, 0)  # from the month's end: 3/4 and 1/4 of five days
    assert fraction_done([1] * 5, 4, shares) == pytest.approx(0.25)
    assert pace(1, 4, 4, 5, fraction=0.25).index == 1
    assert pace(1, 4, 4, 5).index == pytest.approx(0.3125)
    assert pace(1, 4, 2, 5, fraction=fraction_done([1] * 5, 2, shares)).state == "not_started"


def test_five_months_are_too_few_to_know_a_shape():
    assert intramonth_shares(END_LOADED[:5]) == (1, 1, 1, 1, 1)
    assert intramonth_shares([*END_LOADED[:5], [0] * 5]) == (1, 1, 1, 1, 1)
    assert intramonth_shares([]) == ()


def test_a_strong_month_does_not_outweigh_the_weak_ones():
    assert intramonth_shares([[1, 3]] * 5 + [[300, 100]]) == pytest.approx(((5 * 1.5 + 0.5) / 6, (5 * 0.5 + 1.5) / 6))


def test_months_of_different_length_are_lined_up_at_their_end():
    assert intramonth_shares([[0, 0, 2]] * 3 + [[0, 2]] * 3) == (2.5, 0, 0)


def test_a_longer_month_than_any_known_starts_like_the_longest():
    assert fraction_done([1, 1, 1, 1], 2, (2, 1)) == pytest.approx(2 / 5)


def test_half_days_bring_half():
    assert fraction_done([1, 0.5, 0.5], 1) == 0.5
    assert fraction_done([1, 0.5, 0.5], 1.5) == 0.625
    assert fraction_done([], 0) is None


def test_on_the_15th_of_january_ten_of_21_work_days_are_over():
    assert month_pace(Calendar(), date(2026, 1, 1), date(2026, 1, 15), 4, 10) == pace(4, 10, 10, 21)


def test_half_days_before_a_feast_expect_half_the_deals():
    # 1 April is a work day, 2 April Pesach, 5 to 7 April half days, 8 April off: 2.5 of 17 by the 9th
    assert month_pace(Calendar(), date(2026, 4, 1), date(2026, 4, 9), 1, 17).expected == pytest.approx(2.5)


def test_another_months_moment_finds_it_closed_or_not_yet_started():
    january = date(2026, 1, 1)
    assert month_pace(Calendar(), january, date(2025, 12, 31), 0, 10).state == "not_started"
    assert month_pace(Calendar(), january, date(2026, 1, 31), 8, 10).state == "closed"  # a Saturday: no work left
    noon = datetime(2026, 1, 29, 10, tzinfo=UTC)  # the last work day, twelve o'clock in Jerusalem
    assert month_pace(Calendar(), january, noon, 8, 10).required_per_day == pytest.approx(4)


@given(st.lists(st.sampled_from([0.5, 1.0]), min_size=1, max_size=23), st.lists(st.floats(0.1, 5), max_size=23))
def test_the_expected_part_grows_from_none_to_all(work, shares):
    parts = [fraction_done(work, day / 2, shares) for day in range(2 * len(work) + 1)]
    assert parts == sorted(parts)
    assert (parts[0], parts[-1]) == (0, pytest.approx(1))


@given(st.integers(0, 100), st.integers(1, 100), st.integers(1, 22), st.integers(23, 30))
def test_who_keeps_the_required_pace_reaches_the_goal(done, target, elapsed, total):
    found = pace(done, target, elapsed, total)
    assert done + found.required_per_day * (total - elapsed) == pytest.approx(max(done, target))
    assert (found.index >= 1) == (done * total >= target * elapsed) or found.index == pytest.approx(1)
