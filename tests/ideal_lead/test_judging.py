"""Judging: exact over what is unknown, explained, and honest about what it cannot tell."""

from hypothesis import given
from hypothesis import strategies as st

from leadalign.ideal_lead.definition import Definition
from leadalign.ideal_lead.judging import READINESS, judge, minimal_flips, questions_worth_asking, weigh
from leadalign.ideal_lead.known import Known
from tests.ideal_lead.oracle import cells_of, definitions_json, route_of, values

BANDS = {"value_bands": [["A", 50], ["B", 0]], "readiness_bands": [["1", 50], ["2", 0]]}


def flag(attr, kind="points", points=0, dimension="readiness"):
    expr = {"op": "cmp", "attr": attr, "cmp": "==", "value": True}
    return {"id": attr, "dimension": dimension, "kind": kind, "points": points, "expr": expr}


def definition(*criteria, **parts):
    whole = {
        "definition_id": "small",
        "version": 1,
        "effective_from": "2026-01-01T00:00:00Z",
        "effective_to": None,
        "agreed_by": {"marketing": "m", "sales": "s"},
        "routes": {"A1": "SRL", "B1": "SRL", "A2": "NURTURE", "B2": "NURTURE"},
        "criteria": criteria,
    }
    return Definition.model_validate({**whole, **BANDS, **parts})


@given(definitions_json(), st.lists(st.sampled_from([True, False, None]), min_size=6, max_size=6))
def test_the_cells_are_those_of_every_completion_of_the_unknown(plain, answers):
    answers = tuple(answers[: len(plain["criteria"])])
    judged = weigh(Definition.model_validate(plain), answers)
    assert set(judged.cells) == cells_of(plain, answers)
    assert judged.route == route_of(plain, cells_of(plain, answers))


@given(definitions_json(), st.dictionaries(st.sampled_from(["x", "y"]), values))
def test_what_comes_to_be_known_never_contradicts_what_was_judged_before(plain, known):
    agreed = Definition.model_validate(plain)
    before = weigh(agreed, agreed.answers(Known(known)))
    for place, answer in enumerate(before.answers):
        if answer is None:
            learned = (*before.answers[:place], True, *before.answers[place + 1 :])
            assert set(weigh(agreed, learned).cells) <= set(before.cells)


def test_a_failed_must_or_a_met_exclusion_is_unfit_whatever_the_points():
    rules = definition(flag("fits", "must"), flag("competitor", "exclude"), flag("budget", points=50))
    assert judge(rules, Known({"fits": False, "competitor": False, "budget": True})).route == "UNFIT"
    assert judge(rules, Known({"fits": True, "competitor": True, "budget": True})).cells == ("X",)
    assert judge(rules, Known({"fits": True, "competitor": False, "budget": True})).cell == "B1"


def test_a_missing_must_is_a_question_and_not_a_failure():
    judged = judge(definition(flag("fits", "must"), flag("budget", points=50)), Known({"budget": True}))
    assert (judged.route, judged.cells) == ("UNDETERMINED", ("B1", "X"))
    assert questions_worth_asking(judged) == (("fits", ("fits",), True),)


def test_a_failed_must_decides_although_all_else_is_unknown():
    judged = judge(definition(flag("fits", "must"), flag("budget", points=50)), Known({"fits": False}))
    assert (judged.route, judged.unknown) == ("UNFIT", ("budget",))


def test_scores_that_no_completion_reaches_do_not_make_a_lead_undetermined():
    gap = {"readiness_bands": [["1", 60], ["2", 50], ["3", 10], ["4", 0]], "routes": {"*": "LOW", "B2": "SRL"}}
    judged = judge(definition(flag("one", points=5), flag("two", points=70), **gap), Known({}))
    assert judged.cells == ("B1", "B4")
    assert judged.route == "LOW"


def test_negative_points_lower_the_lowest_score_and_leave_the_highest():
    judged = judge(definition(flag("free_mail", points=-20), flag("budget", points=60)), Known({}))
    assert judged.readiness == (-20, 60)
    assert set(judged.cells) == {"B1", "B2"}


def test_with_more_than_twelve_unknown_every_band_between_the_bounds_is_possible():
    three = {"readiness_bands": [["1", 130], ["2", 65], ["3", 0]]}
    many = [flag(f"c{n}", points=1) for n in range(12)]
    assert judge(definition(*many, **three), Known({})).cells == ("B3",)
    big = [flag("a", points=130), *many]
    assert judge(definition(*big, **three), Known({})).cells == ("B1", "B2", "B3")
    assert judge(definition(*big, **three), Known({"c0": False})).cells == ("B1", "B3")


def test_an_unknown_that_moves_no_band_is_not_worth_asking():
    rules = definition(flag("budget", points=50), flag("trifle", points=1))
    assert [question.id for question in questions_worth_asking(judge(rules, Known({})))] == ["budget"]


def test_a_value_of_the_wrong_kind_is_the_thing_to_ask_about():
    judged = judge(definition(flag("budget", points=50)), Known({"budget": "perhaps"}))
    assert questions_worth_asking(judged) == (("budget", ("budget",), True),)


def test_flips_are_the_smallest_ways_to_ready_and_nothing_where_there_is_none():
    rules = definition(
        flag("fits", "must"),
        flag("competitor", "exclude"),
        flag("a", points=25),
        flag("b", points=25),
        flag("c", points=30),
    )
    nothing = judge(rules, Known({"fits": True, "competitor": False, "a": False, "b": False, "c": False}))
    assert minimal_flips(nothing) == (("a", "b"), ("a", "c"), ("b", "c"))
    barred = judge(rules, Known({"fits": False, "competitor": True, "a": True, "b": True, "c": False}))
    assert minimal_flips(barred) == (("fits", "competitor"),)
    assert minimal_flips(judge(definition(flag("a", points=5)), Known({"a": False}))) == ()


def test_a_ready_lead_needs_no_flip():
    assert minimal_flips(judge(definition(flag("a", points=50)), Known({"a": True}))) == ()


def test_each_route_has_its_word_for_the_facts():
    assert READINESS == {
        "SRL": "ready",
        "NURTURE": "unready",
        "LOW": "unfit",
        "UNFIT": "unfit",
        "UNDETERMINED": "undetermined",
    }


def test_a_score_below_every_band_is_in_the_last_one():
    judged = judge(definition(flag("spam", points=-5)), Known({"spam": True}))
    assert judged.cell == "B2"
