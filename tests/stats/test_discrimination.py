"""Ten leads with their scores, of which four were won; and scores that say nothing, or everything."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from leadalign.stats.discrimination import auc, precision_at, wins_at_top

SCORES = [100, 90, 90, 80, 70, 70, 60, 50, 40, 30]
WON = [bool(won) for won in (1, 1, 0, 0, 1, 0, 0, 1, 0, 0)]

cases = st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=30)


def test_the_worked_score_orders_17_of_24_pairs_rightly():
    found = auc(SCORES, WON)
    assert (found.auc, found.se) == (pytest.approx(17 / 24), pytest.approx(0.1866493, abs=5e-8))
    assert (found.interval.low, found.interval.high) == pytest.approx((0.2925, 0.9345), abs=5e-5)


@pytest.mark.parametrize(("capacity", "precision"), [(2, 3 / 4), (3, 2 / 3), (4, 1 / 2), (5, 1 / 2)])
def test_wins_among_the_best_scored_with_ties_drawn_blindly(capacity, precision):
    assert precision_at(SCORES, WON, capacity) == pytest.approx(precision)


@given(cases)
def test_the_area_is_that_of_mann_and_whitney(rows):
    scores, won = [score for score, _ in rows], [is_won for _, is_won in rows]
    found = auc(scores, won)
    hits, misses = [[score for score, is_won in rows if is_won == side] for side in (True, False)]
    if not hits or not misses:
        assert found is None
        return
    assert found.auc == pytest.approx(stats.mannwhitneyu(hits, misses).statistic / len(hits) / len(misses))
    turned = auc([-score for score in scores], won)
    assert (turned.auc, turned.se) == (pytest.approx(1 - found.auc), found.se and pytest.approx(found.se))
    if found.interval:
        assert 0 <= found.interval.low <= found.auc <= found.interval.high <= 1


@given(cases, st.integers(1, 12))
def test_ties_are_worth_what_all_their_orders_are_worth_together(rows, capacity):
    scores, won = [score for score, _ in rows], [is_won for _, is_won in rows]
    expected = 0.0
    for score, is_won in rows:
        above, equal = sum(other > score for other in scores), scores.count(score)
        expected += is_won * min(max((capacity - above) / equal, 0), 1)
    assert wins_at_top(scores, won, capacity) == pytest.approx(expected)


@pytest.mark.parametrize("won", [[], [True], [False, False], [True, True, True]])
def test_without_both_winners_and_others_there_is_no_area(won):
    assert auc(range(len(won)), won) is None


def test_a_score_that_never_varies_or_parts_perfectly_has_no_interval():
    same, perfect = auc([5] * 6, [True, False] * 3), auc([1, 2, 3, 4], [False, False, True, True])
    assert (same.auc, same.se, same.interval) == (0.5, 0, None)
    assert (perfect.auc, perfect.interval) == (1, None)
    alone = auc([1, 2, 3], [False, False, True])
    assert (alone.se, alone.interval) == (None, None)
    assert math.isclose(alone.auc, 1)


@pytest.mark.parametrize(("leads", "capacity"), [(0, 1), (3, 4), (3, 0), (3, -1)])
def test_fewer_leads_than_sales_can_take_have_no_precision(leads, capacity):
    assert precision_at([1] * leads, [True] * leads, capacity) is None
