"""Do 50 leads and ten deals fit together? Ten sales-ready and 40 to nurture a month."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadalign.goals.coherence import Needed, nurtured_rate_needed, sales_ready_needed, win_rate_needed


def test_when_a_quarter_is_won_three_quarters_of_the_nurtured_must_become_ready():
    assert nurtured_rate_needed(10, 10, 40, 0.25) == Needed(0.75, "possible")


def test_when_a_tenth_of_the_nurtured_become_ready_71_percent_must_be_won():
    assert win_rate_needed(10, 10, 40, 0.10) == Needed(pytest.approx(0.7142857), "possible")


def test_without_nurture_every_sales_ready_lead_must_be_won():
    assert win_rate_needed(10, 10, 40, 0) == Needed(1.0, "possible")


def test_when_a_tenth_is_won_no_nurture_is_enough():
    assert nurtured_rate_needed(10, 10, 40, 0.10) == Needed(2.25, "impossible")
    assert win_rate_needed(60, 10, 40, 1) == Needed(1.2, "impossible")


def test_ten_deals_at_a_quarter_ask_for_36_sales_ready_leads_beside_the_nurtured():
    assert sales_ready_needed(10, 40, 0.25, 0.10) == Needed(36, "possible")


def test_a_goal_that_is_met_anyway_asks_for_nothing():
    assert nurtured_rate_needed(2, 10, 40, 0.25) == Needed(0, "already_met")
    assert sales_ready_needed(1, 40, 0.25, 0.10) == Needed(0, "already_met")
    assert win_rate_needed(0, 10, 40, 0.1) == Needed(0, "already_met")


def test_from_nothing_comes_nothing():
    impossible = Needed(None, "impossible")
    assert nurtured_rate_needed(10, 10, 40, 0) == impossible
    assert nurtured_rate_needed(10, 10, 0, 0.25) == impossible
    assert win_rate_needed(10, 0, 40, 0) == impossible
    assert sales_ready_needed(10, 40, 0, 0.1) == impossible


@given(st.floats(0.05, 1), st.floats(0.05, 1), st.integers(1, 50), st.integers(1, 100))
def test_the_three_questions_have_one_answer(win_rate, nurtured_rate, ready, nurtured):
    deals = (ready + nurtured_rate * nurtured) * win_rate
    assert nurtured_rate_needed(deals, ready, nurtured, win_rate).value == pytest.approx(nurtured_rate, abs=1e-6)
    assert win_rate_needed(deals, ready, nurtured, nurtured_rate).value == pytest.approx(win_rate)
    assert sales_ready_needed(deals, nurtured, win_rate, nurtured_rate).value == pytest.approx(ready)
