"""Twenty leads that met a criterion and twenty that did not; and criteria that part winners from others completely."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import minimize
from statsmodels.stats.multitest import multipletests

from leadalign.stats.criteria import benjamini_hochberg, firth, holm, met_against_unmet

CHANCES = [0.003, 0.012, 0.021, 0.04, 0.2, 0.6]


def test_eight_of_twenty_against_two_of_twenty_could_be_chance():
    found = met_against_unmet(8, 20, 2, 20)
    assert (found.log_odds.beta, found.log_odds.se) == pytest.approx((1.615818, 0.8272159), abs=5e-7)
    assert found.p == pytest.approx(0.0648332, abs=5e-8)


def test_winners_parted_from_others_completely_stay_finite():
    assert met_against_unmet(8, 20, 0, 20).log_odds.beta == pytest.approx(3.327910, abs=5e-7)


def test_one_criterion_is_the_same_alone_and_among_all():
    (found,) = firth([[1]] * 20 + [[0]] * 20, [True] * 8 + [False] * 12 + [True] * 2 + [False] * 18)
    assert (found.beta, found.se) == pytest.approx((1.615818, 0.8272159), abs=5e-7)


counts = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))


@given(counts)
def test_the_chance_is_fishers_as_scipy_has_it(cells):
    won, lost, other_won, other_lost = cells
    found = met_against_unmet(won, won + lost, other_won, other_won + other_lost)
    if min(won + lost, other_won + other_lost, won + other_won, lost + other_lost) == 0:
        assert (found.p, found.log_odds) == (None, None)
    else:
        assert found.p == pytest.approx(stats.fisher_exact([[won, lost], [other_won, other_lost]]).pvalue, abs=1e-9)
        assert found.log_odds.interval.low < found.log_odds.beta < found.log_odds.interval.high


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1), st.booleans()), min_size=8, max_size=60))
def test_all_criteria_together_are_where_the_penalised_likelihood_is_highest(rows):
    x, won = [row[:2] for row in rows], [row[2] for row in rows]
    found = firth(x, won)
    design = sm.add_constant(np.array(x, dtype=float), has_constant="add")
    if np.linalg.matrix_rank(design) < 3 or len(set(won)) < 2:
        assert found is None
        return

    def cost(beta):
        chance = 1 / (1 + np.exp(-design @ beta))
        information = design.T @ ((chance * (1 - chance))[:, None] * design)
        fit = np.where(won, np.log(chance), np.log1p(-chance)).sum()
        return -fit - np.linalg.slogdet(information)[1] / 2

    best = minimize(cost, np.zeros(3), method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-11, "maxiter": 4000})
    assert [each.beta for each in found] == pytest.approx(best.x[1:].tolist(), abs=1e-3)


@pytest.mark.parametrize(
    ("rows", "won"),
    [([], []), ([[1]], [True]), ([[1], [0]], [True, True]), ([[1]] * 4, [True, False] * 2),
     ([[1, 1], [0, 0], [1, 1]], [True, False, False])],
)  # fmt: skip
def test_a_criterion_that_never_varies_or_is_doubled_cannot_be_estimated(rows, won):
    assert firth(rows, won) is None


@pytest.mark.parametrize("table", [(0, 0, 0, 0), (3, 9, 0, 0), (0, 0, 3, 9), (0, 5, 0, 7), (5, 5, 7, 7)])
def test_no_estimate_where_all_met_it_or_nobody_was_won(table):
    found = met_against_unmet(*table)
    assert (found.log_odds, found.p) == (None, None)


def test_looking_at_six_criteria_raises_each_chance():
    assert benjamini_hochberg(CHANCES) == pytest.approx([0.018, 0.036, 0.042, 0.06, 0.24, 0.6])
    assert holm(CHANCES) == pytest.approx([0.018, 0.06, 0.084, 0.12, 0.4, 0.6])


@given(st.lists(st.floats(0, 1), max_size=12))
def test_raised_chances_are_those_of_statsmodels(chances):
    if not chances:
        assert benjamini_hochberg(chances) == holm(chances) == []
        return
    assert benjamini_hochberg(chances) == pytest.approx(multipletests(chances, method="fdr_bh")[1].tolist())
    assert holm(chances) == pytest.approx(multipletests(chances, method="holm")[1].tolist())
