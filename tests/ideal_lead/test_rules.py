"""Rules: true, false, or not to be told; and the very moments at which time turns an answer."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter, ValidationError

from leadalign.ideal_lead.known import Known, Touch
from leadalign.ideal_lead.rules import AnyExpression

JANUARY = datetime(2026, 1, 1, tzinfo=UTC)
YES, NO = {"op": "exists", "attr": "here"}, {"op": "exists", "attr": "nowhere"}
UNKNOWN = {"op": "cmp", "attr": "nowhere", "cmp": "==", "value": 1}


def rule(op, **parts):
    return TypeAdapter(AnyExpression).validate_python({"op": op, **parts})


def holds(op, known=None, **parts):
    return rule(op, **parts).holds(known or Known({"here": True}))


def compared(value, cmp, other):
    return rule("cmp", attr="x", cmp=cmp, value=other).holds(Known({"x": value}))


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        (YES, YES, True, True),
        (YES, NO, False, True),
        (YES, UNKNOWN, None, True),
        (NO, NO, False, False),
        (NO, UNKNOWN, False, None),
        (UNKNOWN, UNKNOWN, None, None),
    ],
)
def test_what_is_unknown_decides_nothing_unless_the_rest_decides_already(a, b, both, either):
    assert holds("all", of=[a, b]) is holds("all", of=[b, a]) is both
    assert holds("any", of=[a, b]) is holds("any", of=[b, a]) is either


def test_not_turns_an_answer_and_leaves_the_unknown_unknown():
    assert [holds("not", of=part) for part in (YES, NO, UNKNOWN)] == [False, True, None]


def test_all_of_nothing_holds_and_any_of_nothing_does_not():
    assert holds("all", of=[]) is True
    assert holds("any", of=[]) is False


@pytest.mark.parametrize(
    ("value", "cmp", "other", "answer"),
    [
        (50, ">=", 50, True),
        (50, ">", 50, False),
        (49.9, "<", 50, True),
        (50, "<=", 50, True),
        (50, "!=", 50, False),
        ("b", ">", "a", True),
        (True, "==", True, True),
        (False, "==", True, False),
    ],
)
def test_a_comparison_of_like_with_like_has_an_answer(value, cmp, other, answer):
    assert compared(value, cmp, other) is answer


@pytest.mark.parametrize("value", [None, "100", True, float("nan"), float("inf"), [100]])
@pytest.mark.parametrize("cmp", ["==", "!=", ">="])
def test_what_cannot_be_compared_with_a_number_is_unknown_and_no_error(value, cmp):
    assert compared(value, cmp, 50) is None


def test_a_flag_is_not_the_number_one():
    assert compared(1, "==", True) is None
    assert compared(True, "==", 1) is None
    assert rule("in", attr="x", values=[1]).holds(Known({"x": True})) is None


def test_a_value_is_in_a_list_of_its_kind():
    country = rule("in", attr="x", values=["IL", "US", 7])
    assert [country.holds(Known({"x": x})) for x in ("IL", "FR", 7, 8, None, True)] == [
        True, False, True, False, None, None,
    ]  # fmt: skip
    assert rule("in", attr="x", values=[]).holds(Known({"x": "IL"})) is False


def test_between_includes_both_ends():
    size = rule("between", attr="x", low=50, high=200)
    assert [size.holds(Known({"x": x})) for x in (49, 50, 200, 201, "60", None)] == [
        False, True, True, False, None, None,
    ]  # fmt: skip


def test_exists_is_never_unknown():
    assert [rule("exists", attr="x").holds(Known(values)) for values in ({}, {"x": None}, {"x": False})] == [
        False, False, True,
    ]  # fmt: skip


TOUCHES = tuple(Touch(JANUARY.replace(day=day), JANUARY, "webinar") for day in (1, 10, 20))


def touched(at, event="webinar", **parts):
    return rule("count_within", event=event, **{"days": 30, "n": 3, **parts}).holds(Known({}, TOUCHES, JANUARY, at))


def test_three_touches_in_thirty_days_hold_from_the_third_until_the_first_has_left():
    assert touched(datetime(2026, 1, 19, 23, 59, tzinfo=UTC)) is False
    assert touched(datetime(2026, 1, 20, tzinfo=UTC)) is True
    assert touched(datetime(2026, 1, 30, 23, 59, 59, 999999, tzinfo=UTC)) is True
    assert touched(datetime(2026, 1, 31, tzinfo=UTC)) is False


def test_touches_of_another_type_do_not_count_and_the_star_counts_all():
    assert touched(datetime(2026, 1, 20, tzinfo=UTC), event="call") is False
    assert touched(datetime(2026, 1, 20, tzinfo=UTC), event="*") is True


@pytest.mark.parametrize(("n", "expires"), [(3, 31), (2, 40), (1, 50), (4, None)])
def test_a_count_expires_when_the_touch_leaves_without_which_there_are_too_few(n, expires):
    enough = rule("count_within", event="webinar", days=30, n=n)
    moment = enough.expires_at(Known({}, TOUCHES, JANUARY, datetime(2026, 1, 20, tzinfo=UTC)))
    assert moment == (expires and JANUARY + timedelta(days=expires - 1))


def test_thirty_days_are_thirty_times_24_hours_although_the_clocks_change():
    zone = ZoneInfo("Asia/Jerusalem")
    touch = Touch(datetime(2026, 3, 20, 12, tzinfo=zone).astimezone(UTC), JANUARY, "call")
    known = Known({}, (touch,), JANUARY, datetime(2026, 4, 19, 12, 30, tzinfo=zone))
    assert rule("count_within", event="call", days=30, n=1).holds(known) is True


@pytest.mark.parametrize(
    ("cmp", "before", "on", "after"),
    [(">=", False, True, True), (">", False, False, True), ("<", True, False, False), ("<=", True, True, False)],
)
def test_age_turns_on_the_birthday_to_the_microsecond(cmp, before, on, after):
    young, tick = rule("age_days", cmp=cmp, value=30), timedelta(microseconds=1)
    birthday = JANUARY + timedelta(days=30)

    def known(at):
        return Known({}, (), JANUARY, at)

    assert [young.holds(known(at)) for at in (birthday - tick, birthday, birthday + tick)] == [before, on, after]
    turns = young.expires_at(known(JANUARY))
    assert young.holds(known(turns)) is not young.holds(known(turns - tick))
    assert young.expires_at(known(turns)) is None


def test_a_rule_of_rules_reads_what_its_parts_read_and_expires_with_the_first():
    count = {"op": "count_within", "event": "webinar", "days": 30, "n": 3}
    both = rule(
        "all",
        of=[
            UNKNOWN,
            {"op": "not", "of": {"op": "any", "of": [YES, count]}},
            {"op": "age_days", "cmp": "<", "value": 90},
        ],
    )
    known = Known({}, TOUCHES, JANUARY, datetime(2026, 1, 20, tzinfo=UTC))
    assert both.attributes() == {"nowhere", "here"}
    assert both.touch_types() == {"webinar"}
    assert both.expires_at(known) == datetime(2026, 1, 31, tzinfo=UTC)
    assert [(seen.attr, seen.value) for seen in both.seen(known)] == [
        ("nowhere", None), ("here", None), ("webinar", 3), ("age_days", 19.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"op": "like", "attr": "x", "value": "%"},
        {"op": "exists", "attr": "x", "extra": 1},
        {"op": "exists", "attr": ""},
        {"op": "cmp", "attr": "x", "cmp": ">=", "value": True},
        {"op": "cmp", "attr": "x", "cmp": "~", "value": 1},
        {"op": "cmp", "attr": "x", "cmp": "==", "value": float("nan")},
        {"op": "between", "attr": "x", "low": 2, "high": 1},
        {"op": "between", "attr": "x", "low": 2, "high": "z"},
        {"op": "count_within", "event": "call", "days": 0, "n": 1},
        {"op": "count_within", "event": "call", "days": 30, "n": 0},
        {"op": "not", "of": [YES]},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValidationError):
        rule(**wrong)
