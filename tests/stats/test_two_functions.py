"""Two functions judging the same sample leads: three people of marketing, three of sales, and random surveys."""

import itertools
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadalign.stats.agreement import alpha, pseudo_values
from leadalign.stats.two_functions import chance_of_gap, item_gaps, two_functions

FUNCTION = {"m1": "m", "m2": "m", "m3": "m", "r1": "s", "r2": "s", "r3": "s"}
SAID = {
    "V1": "545544", "V2": "445212", "V3": "232233", "V4": "112111", "V5": "343554", "V6": "434323",
}  # fmt: skip
ITEMS = [dict(zip(FUNCTION, map(float, said), strict=True)) for said in SAID.values()]


@st.composite
def surveys(draw, missing: bool):
    """Two to four people in each function on three to eight items; with `missing`, some answers are not there."""
    function = {f"m{i}": "m" for i in range(draw(st.integers(2, 4)))}
    function |= {f"s{i}": "s" for i in range(draw(st.integers(2, 4)))}
    answer = st.one_of(st.none(), st.integers(1, 5)) if missing else st.integers(1, 5)
    rows = draw(st.lists(st.lists(answer, min_size=len(function), max_size=len(function)), min_size=3, max_size=8))
    items = [{who: float(x) for who, x in zip(function, row, strict=True) if x is not None} for row in rows]
    return items, function


def test_the_worked_survey_comes_out_as_worked():
    found = two_functions(ITEMS, FUNCTION, "m", "s")
    assert (found.alpha, found.first, found.second, found.cross) == pytest.approx(
        (0.586087, 0.817391, 0.847826, 0.421739), abs=5e-7
    )
    assert (found.gap, found.expected) == pytest.approx((1.5, 3.650794), abs=5e-7)
    assert found.disagreements == pytest.approx((0.6667, 0.5556, 2.1111), abs=5e-5)
    assert found.shares == pytest.approx((6 / 30, 6 / 30, 18 / 30))


def test_what_to_discuss_first():
    gaps = item_gaps(ITEMS, FUNCTION, "m", "s")
    assert [list(SAID)[gap.item] for gap in gaps[:3]] == ["V2", "V5", "V6"]
    assert [gap.between for gap in gaps] == pytest.approx([6.889, 1.556, 0.778, 0, -0.111, -0.111], abs=5e-4)
    assert (gaps[0].first, gaps[0].second) == pytest.approx((4.3333, 1.6667), abs=5e-5)


def test_with_three_and_three_people_no_gap_is_rarer_than_two_in_twenty():
    assert chance_of_gap(ITEMS, FUNCTION, "m", "s") == pytest.approx(2 / 20)


def test_the_items_left_out_one_by_one_give_the_worked_estimate_and_error():
    assert pseudo_values(ITEMS, lambda items: alpha(items).alpha) == pytest.approx((0.704152, 0.301929), abs=5e-7)


@settings(max_examples=500)
@given(surveys(missing=False))
def test_the_three_parts_of_a_complete_survey_make_up_alpha(survey):
    items, function = survey
    found = two_functions(items, function, "m", "s")
    if found is None:
        assert alpha(items) is None
        return
    a, b = (sum(each == side for each in function.values()) for side in "ms")
    within, other, cross = (
        statistics.fmean((item[one] - item[two]) ** 2 for item in items for one, two in pairs)
        for pairs in pairs_of(function)
    )
    assert found.disagreements == pytest.approx((within, other, cross))
    n = a + b
    observed = (a * (a - 1) * within + b * (b - 1) * other + 2 * a * b * cross) / (n * (n - 1))
    assert 1 - observed / found.expected == pytest.approx(alpha(items).alpha) == pytest.approx(found.alpha)
    assert found.gap == pytest.approx(cross - (within + other) / 2)


def pairs_of(function):
    people = {side: [who for who in function if function[who] == side] for side in "ms"}
    yield list(itertools.combinations(people["m"], 2))
    yield list(itertools.combinations(people["s"], 2))
    yield list(itertools.product(people["m"], people["s"]))


@settings(max_examples=200)
@given(surveys(missing=True))
def test_they_still_do_when_answers_are_missing(survey):
    items, function = survey
    found = two_functions(items, function, "m", "s")
    if found is None:
        assert alpha(items) is None
        return
    parts = zip(found.shares, found.disagreements, strict=True)
    observed = sum(share * (part or 0) for share, part in parts)
    assert 1 - observed / found.expected == pytest.approx(alpha(items).alpha, abs=1e-9)
    assert sum(found.shares) == pytest.approx(1)


@settings(max_examples=40)
@given(surveys(missing=True))
def test_the_chance_of_a_gap_is_that_of_trying_all_ways_one_by_one(survey):
    items, function = survey
    people = sorted({who for item in items for who in item})
    seen = two_functions(items, function, "m", "s")
    gaps = []
    for chosen in itertools.combinations(people, sum(function[who] == "m" for who in people)):
        dealt = item_gaps(items, {who: "m" if who in chosen else "s" for who in people}, "m", "s")
        gaps += [statistics.fmean(gap.between for gap in dealt)] if dealt else []
    found = chance_of_gap(items, function, "m", "s")
    if found is None:
        assert seen is None or seen.gap is None or len({function[who] for who in people}) == 1
    else:
        own = statistics.fmean(gap.between for gap in item_gaps(items, function, "m", "s"))
        assert found == pytest.approx(sum(gap >= own - 1e-9 for gap in gaps) / len(gaps))


def test_many_people_are_dealt_out_at_random_and_always_the_same_way():
    function = {f"{side}{i}": side for side in "ms" for i in range(9)}
    items = [{who: float(3 + (who[0] == "m") + (int(who[1]) + turn) % 2) for who in function} for turn in range(4)]
    chances = {chance_of_gap(items, function, "m", "s") for _ in range(2)}
    assert len(chances) == 1
    assert chances.pop() < 0.05


@pytest.mark.parametrize("items", [[], [{"m1": 3.0}], [{"m1": 3.0, "r1": 3.0}] * 5, [{"x": 1.0, "y": 5.0}] * 3])
def test_too_little_to_compare_is_none(items):
    assert two_functions(items, FUNCTION, "m", "s") is None
    assert chance_of_gap(items, FUNCTION, "m", "s") is None
    assert item_gaps(items, FUNCTION, "m", "s") == []


def test_one_person_alone_in_a_function_leaves_that_part_open():
    found = two_functions([{"m1": 1.0, "r1": 2.0, "r2": 4.0}, {"m1": 5.0, "r1": 4.0}], FUNCTION, "m", "s")
    assert (found.first, found.gap) == (None, None)
    assert found.second is not None
    assert found.cross is not None
