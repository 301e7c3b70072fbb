"""Seventy leads, marketing's class against sales' rating; and tables in which nothing varies."""

import csv
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable
from statsmodels.stats.inter_rater import cohens_kappa

from leadalign.stats.judgements import bowker, direction, stuart_maxwell, weighted_kappa

WORKED = [[20, 8, 4], [3, 10, 6], [1, 2, 16]]
tables = st.integers(2, 4).flatmap(
    lambda size: st.lists(st.lists(st.integers(0, 9), min_size=size, max_size=size), min_size=size, max_size=size)
)


def test_the_worked_table_has_its_agreement():
    found = weighted_kappa(WORKED)
    assert (found.kappa, found.se) == pytest.approx((0.553454, 0.079997), abs=5e-7)
    assert (found.agreed, found.count) == (46, 70)
    others = [weighted_kappa(WORKED, weights).kappa for weights in ("unweighted", "quadratic")]
    assert others == pytest.approx([0.4843, 0.6167], abs=5e-5)


def test_marketing_graded_higher_eighteen_times_and_lower_six():
    found = direction(WORKED)
    assert (found.higher, found.lower, found.p) == (18, 6, pytest.approx(0.0226558, abs=5e-8))


def test_neither_side_is_kinder_beyond_luck_in_the_worked_table():
    assert (bowker(WORKED).statistic, bowker(WORKED).p) == pytest.approx((6.0727273, 0.108), abs=5e-4)
    assert (stuart_maxwell(WORKED).statistic, stuart_maxwell(WORKED).p) == pytest.approx((5.7705, 0.056), abs=5e-4)


def test_the_published_table_of_sas_has_its_kappas(shared):
    folder = shared / "data" / "agreement_reference"
    expected = json.loads((folder / "expected.json").read_text())["cohen_sas_3x3.csv"]
    rows = csv.reader((folder / "cohen_sas_3x3.csv").read_text(encoding="utf-8").splitlines())
    table = [[int(cell) for cell in row[1:]] for row in list(rows)[1:]]
    plain, linear = weighted_kappa(table, "unweighted"), weighted_kappa(table)
    near = expected["tolerance"]
    assert plain.kappa == pytest.approx(expected["kappa"], abs=near)
    assert plain.se == pytest.approx(expected["ase"], abs=near)
    assert [plain.interval.low, plain.interval.high] == pytest.approx(expected["ci95"], abs=near)
    assert linear.kappa == pytest.approx(expected["weighted_linear_kappa"], abs=near)
    assert [linear.interval.low, linear.interval.high] == pytest.approx(expected["weighted_ci95"], abs=near)


@given(tables, st.sampled_from(["unweighted", "linear", "quadratic"]))
def test_kappa_is_what_statsmodels_says(table, weights):
    found = weighted_kappa(table, weights)
    if found is None:
        used = {i for i, row in enumerate(table) if sum(row)} | {j for row in table for j, n in enumerate(row) if n}
        assert len(used) <= 1
        return
    oracle = cohens_kappa(np.array(table), wt=None if weights == "unweighted" else weights)
    assert (found.kappa, found.se) == pytest.approx((oracle.kappa, oracle.std_kappa), abs=1e-7)


@given(tables)
def test_the_tests_of_direction_are_what_scipy_and_statsmodels_say(table):
    found = direction(table)
    if found:
        assert found.p == pytest.approx(stats.binomtest(found.higher, found.higher + found.lower).pvalue)
    if all(table[i][j] + table[j][i] for i in range(len(table)) for j in range(i)):
        square = SquareTable(np.array(table), shift_zeros=False)
        assert bowker(table).statistic == pytest.approx(square.symmetry().statistic)
        assert stuart_maxwell(table).statistic == pytest.approx(square.homogeneity("stuart_maxwell").statistic)


@pytest.mark.parametrize("table", [[], [[7]], [[0, 0], [0, 0]], [[9, 0], [0, 0]]])
def test_a_table_in_which_nothing_varies_gives_none(table):
    assert weighted_kappa(table) is None
    assert (direction(table), bowker(table), stuart_maxwell(table)) == (None, None, None)


def test_full_agreement_has_no_interval_but_that_of_the_share():
    found = weighted_kappa([[3, 0], [0, 2]])
    assert (found.kappa, found.interval) == (1, None)
    assert found.raw.low < 0.6
