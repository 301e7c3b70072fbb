"""The mix of classes when the definition was agreed, and now: two hundred leads, then a hundred."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadalign.stats.drift import drift


def test_the_worked_mix_moved_a_little_and_luck_could_do_that():
    found = drift([100, 60, 40], [40, 30, 30])
    assert (found.index, found.p) == (pytest.approx(0.0628609, abs=5e-8), pytest.approx(0.1230, abs=5e-5))


def test_the_same_mix_has_not_moved():
    found = drift([40, 20, 20], [20, 10, 10])
    assert (found.index, found.p) == (pytest.approx(0), pytest.approx(1))


def test_small_classes_are_joined_with_their_neighbour():
    assert drift([50, 2, 1, 40], [30, 1, 0, 30]) == drift([53, 40], [31, 30])
    assert drift([1, 50, 40], [1, 30, 30]) == drift([51, 40], [31, 30])


def test_a_class_that_vanished_counts_as_half_a_lead():
    assert drift([50, 20], [60, 0]).index == pytest.approx(drift([100, 40], [60, 0.5]).index, rel=0.02)


@pytest.mark.parametrize(
    ("before", "now"), [([], []), ([5], [9]), ([0, 0], [9, 8]), ([9, 8], [0, 0]), ([1, 1], [1, 1])]
)
def test_without_a_mix_there_is_nothing_to_say(before, now):
    assert drift(before, now) is None


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=6))
def test_it_is_never_negative_and_alike_in_both_directions(pairs):
    before, now = zip(*pairs, strict=True)
    found, back = drift(before, now), drift(now, before)
    assert (found is None) == (back is None)
    if found:
        assert found.index == pytest.approx(back.index)
        assert found.index >= 0
        assert 0 <= found.p <= 1
