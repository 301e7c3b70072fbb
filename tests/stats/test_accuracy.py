"""A share corrected for the errors of the judgement behind it."""

import pytest

from leadalign.stats.accuracy import seen_share, true_share


def test_a44_a_share_that_errors_shrank_comes_back():
    seen = seen_share(0.30, 0.80, 0.95)
    assert seen == pytest.approx(0.275)
    assert true_share(seen, 0.80, 0.95) == pytest.approx(0.30)


def test_a_judgement_that_never_errs_changes_nothing():
    assert true_share(0.4, 1, 1) == pytest.approx(0.4)


def test_a_judgement_no_better_than_a_coin_tells_nothing():
    assert true_share(0.4, 0.5, 0.5) is None


def test_a_corrected_share_stays_a_share():
    assert true_share(0.02, 0.9, 0.9) == 0
    assert true_share(0.99, 0.9, 0.9) == 1
