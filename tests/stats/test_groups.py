"""Sources compared fairly: worked values, the textbook's rats, and a slow computation of the same model."""

import math
import time

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.special import betainc, gammaln

from leadalign.stats.groups import _grid, shrunken_shares

# web, webinar, ads, referral, event: well-rated leads and rated leads
GOOD, RATED = [18, 9, 6, 4, 1], [40, 12, 30, 4, 5]

# Tarone 1982, in Gelman et al., Bayesian Data Analysis: rats with a tumour, and rats, in 71 groups
TUMOURS = [int(rats) for rats in (  # noqa: SIM905
    "0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 1 1 1 1 1 1 1 2 2 2 2 2 2 2 2 2 1 5 2 5 3 2 7 7 3 3 2 9 10 4 4 4 4 4 4 4 10 "
    "4 4 4 5 11 12 5 5 6 5 6 6 6 6 16 15 15 9 4"
).split()]  # fmt: skip
RATS = [int(rats) for rats in (  # noqa: SIM905
    "20 20 20 20 20 20 20 19 19 19 19 18 18 17 20 20 20 20 19 19 18 18 25 24 23 20 20 20 20 20 20 10 49 19 46 27 17 "
    "49 47 20 20 13 48 50 20 20 20 20 20 20 20 48 19 19 19 22 46 49 20 20 23 19 22 20 20 20 52 46 47 24 14"
).split()]  # fmt: skip


def test_five_sources_come_out_as_worked_by_another_program():
    found = np.array([(g.mean, g.low, g.high) for g in shrunken_shares(GOOD, RATED)])
    worked = [
        (0.453, 0.308, 0.602),
        (0.699, 0.435, 0.911),
        (0.229, 0.098, 0.395),
        (0.807, 0.406, 1.000),
        (0.302, 0.036, 0.651),
    ]
    assert found == pytest.approx(np.array(worked), abs=1.1e-3)


def test_the_rats_of_the_textbook_have_alpha_2_4_and_beta_14_3():
    grid = _grid(np.array(TUMOURS, float), np.array(RATS, float))
    assert (grid.weight @ grid.a, grid.weight @ grid.b) == pytest.approx((2.40, 14.32), abs=0.01)


@pytest.mark.parametrize(
    ("k", "n"),
    [
        (GOOD, RATED),
        ([400, 90, 60], [1000, 240, 180]),  # many leads
        ([50, 52, 48, 20], [100, 100, 100, 40]),  # no difference between groups
        ([95, 3, 80], [100, 100, 100]),  # all the difference
        ([3, 0, 0], [9, 4, 2]),  # one group alone tells that shares are not all 0 or 1
        ([0, 1, 0, 0], [30, 25, 60, 10]),  # a rare thing
        ([2, 1, 1], [2, 1, 2]),
    ],
)
def test_the_fast_answer_is_the_slow_one(k, n):
    found = np.array([(g.mean, g.low, g.high, g.p_below_team) for g in shrunken_shares(k, n)])
    assert found == pytest.approx(slowly(k, n), abs=2.5e-3)


def test_which_source_is_best_agrees_with_many_draws_from_the_slow_grid():
    a, b, weight = slow_grid(GOOD, RATED)
    chance = np.random.default_rng(5)
    node = chance.choice(len(weight), size=200_000, p=weight)
    drawn = chance.beta(a[node, None] + GOOD, b[node, None] + np.subtract(RATED, GOOD))
    best = np.bincount(drawn.argmax(axis=1), minlength=5) / len(node)
    worst = np.bincount(drawn.argmin(axis=1), minlength=5) / len(node)
    assert [g.p_best for g in shrunken_shares(GOOD, RATED)] == pytest.approx(best, abs=0.03)
    assert [g.p_best for g in shrunken_shares(GOOD, RATED, better="lower")] == pytest.approx(worst, abs=0.03)


def test_four_good_ratings_of_four_do_not_yet_make_a_source_perfect():
    referral = shrunken_shares(GOOD, RATED)[3]
    assert referral.mean < 0.85


def test_equal_sources_have_equal_chances_and_none_is_the_best():
    shares = shrunken_shares([5, 5, 5], [20, 20, 20])
    assert [g.p_best for g in shares] == pytest.approx([1 / 3] * 3)


@st.composite
def sources(draw):
    """3 to 6 sources with up to 60 leads each, at least one of them with good and bad leads."""
    rated = draw(st.lists(st.integers(1, 60), min_size=3, max_size=6))
    good = [draw(st.integers(0, n)) for n in rated]
    assume(any(0 < k < n for k, n in zip(good, rated, strict=True)))
    return good, rated


@given(sources())
def test_every_source_gets_a_share_within_its_interval_and_chances_add_up(world):
    shares = shrunken_shares(*world)
    for g in shares:
        assert 0 <= g.low <= g.mean <= g.high <= 1
        assert 0 <= g.p_below_team <= 1
    assert sum(g.p_best for g in shares) == pytest.approx(1)


@given(sources(), st.randoms())
def test_the_order_of_the_sources_is_irrelevant(world, chance):
    pairs = list(zip(*world, strict=True))
    mixed = pairs.copy()
    chance.shuffle(mixed)
    one = dict(zip(pairs, shrunken_shares(*world), strict=True))
    other = dict(zip(mixed, shrunken_shares(*zip(*mixed, strict=True)), strict=True))
    assert one == other


@given(sources())
def test_good_and_bad_are_mirrors(world):
    good, rated = world
    shares, mirrored = shrunken_shares(good, rated), shrunken_shares(np.subtract(rated, good), rated)
    ends = np.array([(g.mean, g.low, g.high) for g in shares])
    assert ends == pytest.approx(np.array([(1 - g.mean, 1 - g.high, 1 - g.low) for g in mirrored]), abs=4e-3)


def test_ten_times_the_leads_make_every_interval_shorter():
    few, many = shrunken_shares(GOOD, RATED), shrunken_shares([10 * k for k in GOOD], [10 * n for n in RATED])
    assert all(after.high - after.low < before.high - before.low for before, after in zip(few, many, strict=True))


def test_a_source_without_leads_has_no_data_and_disturbs_nobody():
    assert shrunken_shares([18, 0, 9, 6], [40, 0, 12, 30])[1] is None
    assert shrunken_shares([18, 0, 9, 6], [40, 0, 12, 30])[0] == shrunken_shares([18, 9, 6], [40, 12, 30])[0]


@pytest.mark.parametrize(
    ("k", "n"),
    [
        ([], []),
        ([1, 2], [3, 4]),
        ([1, 2, 0], [3, 4, 0]),
        ([0, 0, 0], [5, 6, 7]),  # nobody won: nothing says how much sources differ
        ([5, 0, 7], [5, 6, 7]),
        ([1, 9, 2], [3, 4, 5]),
        ([1, -1, 2], [3, 4, 5]),
        ([math.nan, 1, 2], [3, 4, 5]),
        ([1, 1, 2], [math.nan, 4, 5]),
    ],
)
def test_too_little_to_compare_gives_no_answer(k, n):
    assert shrunken_shares(k, n) is None


def test_eight_thousand_leads_of_many_campaigns_are_no_trouble():
    chance = np.random.default_rng(3)
    leads = chance.integers(1, 4000, 60)
    won = chance.binomial(leads, chance.beta(2, 16, 60))
    shares = shrunken_shares(won, leads)
    assert all(g.low <= g.mean <= g.high for g in shares)
    largest = int(leads.argmax())
    assert shares[largest].mean == pytest.approx(won[largest] / leads[largest], abs=0.005)


def test_twelve_sources_take_far_less_than_a_page_may_take():
    shrunken_shares(GOOD, RATED)
    began = time.process_time()
    shrunken_shares(range(3, 15), [30] * 12)
    assert time.process_time() - began < 0.5  # 7 ms on an idle core; this only catches a blunder


def slow_grid(k, n):
    """The same posterior on a wide even grid: no ridge, no tail, no pruning worth mentioning."""
    x, u = np.linspace(-7, 7, 483)[:, None], np.linspace(-9, 26, 121)
    share, spread = 1 / (1 + np.exp(-x)), np.exp(u)
    a, b = (share * spread).ravel(), ((1 - share) * spread).ravel()
    log = np.log(a) + np.log(b) - 2.5 * np.log(a + b)
    for y, m in zip(k, n, strict=True):
        log += gammaln(a + y) - gammaln(a) + gammaln(b + m - y) - gammaln(b) - gammaln(a + b + m) + gammaln(a + b)
    weight = np.exp(log - log.max())
    kept = weight > 1e-7
    return a[kept], b[kept], weight[kept] / weight[kept].sum()


def slowly(k, n):
    """Mean, both ends and the chance to be below the team, from exact Beta distributions at every node."""
    a, b, weight = slow_grid(k, n)
    rows = []
    for y, m in zip(k, n, strict=True):

        def below(share, y=y, m=m):
            return weight @ betainc(a + y, b + m - y, share)

        ends = [end(below, level) for level in (0.025, 0.975)]
        rows.append((weight @ ((a + y) / (a + b + m)), *ends, below(sum(k) / sum(n))))
    return np.array(rows)


def end(below, level):
    """The share below which the chance is `level`."""
    if below(1e-12) > level:
        return 0.0
    if below(1 - 1e-12) < level:
        return 1.0
    return brentq(lambda share: below(share) - level, 1e-12, 1 - 1e-12, xtol=1e-5)
