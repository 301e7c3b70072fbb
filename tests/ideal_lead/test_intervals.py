"""Classes through time: the intervals, a single moment, and a slow judge must tell the same story."""

from datetime import timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadalign.ideal_lead.definition import Definition, Schedule
from leadalign.ideal_lead.intervals import class_at, class_intervals
from leadalign.ideal_lead.known import FAR, LeadHistory, Merge, known_at
from tests.ideal_lead.oracle import START, leads, modes, moments, schedules_json, slow_class

TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def history(plain, shift=lambda row: row):
    return LeadHistory("a", shift(plain["created_at"]), rows(plain["events"], shift), rows(plain["touches"], shift))


def rows(plain, shift):
    return tuple(tuple(shift(cell) if hasattr(cell, "tzinfo") else cell for cell in row) for row in plain)


def schedule_of(definitions):
    return Schedule(Definition.model_validate(each) for each in definitions)


def summary(judged):
    return judged and (judged.definition.version, judged.route, judged.cells, judged.unknown)


def found_in(intervals, at):
    inside = [each for each in intervals if each.valid_from <= at < each.valid_to]
    assert len(inside) <= 1
    return (inside[0].version, inside[0].route, inside[0].cells, inside[0].unknown) if inside else None


@settings(max_examples=100)
@given(leads, schedules_json(), modes, st.lists(st.integers(-900, 12_000), max_size=8))
def test_intervals_and_single_moments_and_the_slow_judge_agree(plain, definitions, mode, minutes):
    lead, schedule = history(plain), schedule_of(definitions)
    intervals = class_intervals(lead, schedule, mode)
    cuts = [each.valid_from for each in intervals]
    probes = [*cuts, *(cut - TICK for cut in cuts), *(START + timedelta(minutes=each) for each in minutes)]
    for at in probes:
        expected = slow_class(plain, definitions, at, mode)
        assert found_in(intervals, at) == summary(class_at(lead, schedule, at, mode)) == expected


@given(leads, schedules_json(), modes)
def test_intervals_fill_the_lead_s_life_without_gap_and_every_cut_changes_something(plain, definitions, mode):
    intervals = class_intervals(history(plain), schedule_of(definitions), mode)
    assert (intervals[0].valid_from, intervals[-1].valid_to) == (plain["created_at"], FAR)
    for earlier, later in pairwise(intervals):
        assert earlier.valid_to == later.valid_from > earlier.valid_from
        assert earlier[2:] != later[2:]


@given(leads, schedules_json(), moments, moments, st.sampled_from(["known", "what-if:0"]))
def test_what_is_recorded_later_never_changes_what_was_known(plain, definitions, at, when, mode):
    schedule = schedule_of(definitions)
    more = {
        **plain,
        "events": [*plain["events"], ("late", "x", 2, when, at + TICK)],
        "touches": [*plain["touches"], (when, at + TICK, "call")],
    }
    assert summary(class_at(history(more), schedule, at, mode)) == summary(class_at(history(plain), schedule, at, mode))


@given(leads, schedules_json(), modes, st.randoms(use_true_random=False))
def test_the_order_in_which_events_arrive_does_not_matter(plain, definitions, mode, chance):
    shuffled = {
        **plain,
        "events": chance.sample(plain["events"], len(plain["events"])),
        "touches": plain["touches"][::-1],
    }
    schedule = schedule_of(definitions)
    assert class_intervals(history(shuffled), schedule, mode) == class_intervals(history(plain), schedule, mode)


@given(leads, schedules_json(), modes, st.integers(-11, 13))
def test_the_same_moments_told_in_another_utc_offset_give_the_same_classes(plain, definitions, mode, hours):
    zone = timezone(timedelta(hours=hours))
    schedule = schedule_of(definitions)
    elsewhere = history(plain, lambda moment: moment.astimezone(zone))
    assert class_intervals(elsewhere, schedule, mode) == class_intervals(history(plain), schedule, mode)
    assert summary(class_at(elsewhere, schedule, (START + DAY).astimezone(zone), mode)) == summary(
        class_at(history(plain), schedule, START + DAY, mode)
    )


# ---- by hand


def crm(*events, lead_id="a", created_at=START, merges=()):
    """A lead whose CRM status changes; events as (hours after START, status, hours until it was recorded)."""
    told = [
        (f"{lead_id}{place}", "crm_readiness", status, START + hours * HOUR, START + (hours + later) * HOUR)
        for place, (hours, status, later) in enumerate(events)
    ]
    return LeadHistory(lead_id, created_at, tuple(told), merges=tuple(merges))


def routes(lead, mode="known", leads=()):
    by_id = {each.lead_id: each for each in leads}
    return [((each.valid_from - START) / HOUR, each.route) for each in class_intervals(lead, Schedule(), mode, by_id)]


def test_before_its_creation_a_lead_has_no_class():
    lead = crm((-5, "ready", 0))
    assert class_at(lead, Schedule(), START - TICK) is None
    assert class_at(lead, Schedule(), START).route == "SRL"


def test_of_two_facts_of_one_moment_the_one_recorded_later_counts_then_the_higher_event_id():
    assert routes(crm((1, "ready", 1), (1, "unready", 2))) == [(0, "UNDETERMINED"), (2, "SRL"), (3, "NURTURE")]
    assert routes(crm((1, "ready", 2), (1, "unready", 1))) == [(0, "UNDETERMINED"), (2, "NURTURE"), (3, "SRL")]
    assert routes(crm((1, "ready", 1), (1, "unready", 1))) == [(0, "UNDETERMINED"), (2, "NURTURE")]


def test_an_old_observation_that_comes_in_late_does_not_replace_a_newer_one():
    assert routes(crm((0, "unready", 9), (5, "ready", 0))) == [(0, "UNDETERMINED"), (5, "SRL")]
    assert routes(crm((0, "unready", 9), (5, "ready", 0)), "hindsight") == [(0, "NURTURE"), (5, "SRL")]


def test_a_fact_recorded_before_it_is_true_waits_until_it_is():
    assert routes(crm((5, "ready", -3))) == [(0, "UNDETERMINED"), (5, "SRL")]


def test_an_attribute_that_is_emptied_is_unknown_again():
    assert routes(crm((0, "ready", 0), (4, None, 0))) == [(0, "SRL"), (4, "UNDETERMINED")]


def test_a_lead_stops_being_ready_only_because_time_passed():
    count = {"op": "count_within", "event": "webinar", "days": 30, "n": 3}
    rules = {
        "definition_id": "d", "version": 1, "effective_from": "2025-01-01T00:00:00Z", "effective_to": None,
        "agreed_by": {"marketing": "m", "sales": "s"},
        "value_bands": [["A", 0]], "readiness_bands": [["1", 1], ["2", 0]], "routes": {"A1": "SRL", "A2": "NURTURE"},
        "criteria": [{"id": "R", "dimension": "readiness", "kind": "points", "points": 1, "expr": count}],
    }  # fmt: skip
    touches = tuple((START.replace(day=day), START.replace(day=day), "webinar") for day in (1, 10, 20))
    intervals = class_intervals(LeadHistory("a", START, (), touches), schedule_of([rules]))
    assert [(each.valid_from.day, each.route) for each in intervals] == [(1, "NURTURE"), (20, "SRL"), (31, "NURTURE")]


def test_a_merged_lead_is_judged_by_its_survivor_once_the_merge_is_known():
    survivor = crm((0, "ready", 0), (8, "unfit", 0), lead_id="b")
    merged = crm((0, "unready", 0), merges=[Merge(START + 4 * HOUR, "b", START + 6 * HOUR)])
    assert routes(merged, leads=[survivor]) == [(0, "NURTURE"), (6, "SRL"), (8, "UNFIT")]
    assert routes(merged, "hindsight", leads=[survivor]) == [(0, "NURTURE"), (4, "SRL"), (8, "UNFIT")]
    assert routes(merged) == [(0, "NURTURE")]


def test_a_merged_lead_speaks_for_itself_until_its_survivor_exists():
    newer = crm((0, "ready", 0), lead_id="b", created_at=START + 7 * HOUR)
    merged = crm((0, "unready", 0), merges=[(START + 4 * HOUR, "b")])
    assert routes(merged, leads=[newer]) == [(0, "NURTURE"), (7, "SRL")]


def test_survivors_that_are_merged_themselves_are_followed_and_a_ring_of_merges_ends():
    last = crm((0, "ready", 0), lead_id="c", merges=[(START + 9 * HOUR, "a")])
    middle = crm((0, "unfit", 0), lead_id="b", merges=[(START + 5 * HOUR, "c")])
    first = crm((0, "unready", 0), merges=[(START + 2 * HOUR, "b")])
    assert routes(first, leads=[first, middle, last]) == [(0, "NURTURE"), (2, "UNFIT"), (5, "SRL")]


@settings(max_examples=60)
@given(st.data())
def test_merged_leads_have_the_same_class_in_intervals_and_at_a_moment(data):
    statuses = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["ready", "unready", "unfit"]), st.integers(0, 5)))
    merges = st.lists(st.tuples(st.integers(0, 9), st.sampled_from("abc"), st.integers(0, 9)), max_size=2)
    family = [
        crm(*data.draw(statuses), lead_id=name, created_at=START + data.draw(st.integers(0, 3)) * HOUR,
            merges=[(START + at * HOUR, into, START + known * HOUR) for at, into, known in data.draw(merges)])
        for name in "abc"
    ]  # fmt: skip
    by_id = {each.lead_id: each for each in family}
    intervals = class_intervals(family[0], Schedule(), "known", by_id)
    for hours in range(16):
        for at in (START + hours * HOUR, START + hours * HOUR - TICK):
            assert found_in(intervals, at) == summary(class_at(family[0], Schedule(), at, "known", by_id))


def test_a_mode_that_does_not_exist_is_refused():
    for wrong in ("later", "what-if:x"):
        with pytest.raises(ValueError, match=r"later|x"):
            class_intervals(crm(), Schedule(), wrong)


def test_what_was_known_names_the_event_that_told_it():
    known = known_at(crm((1, "ready", 1), (1, "unready", 2)), START + 2 * HOUR)
    assert (known.values, known.events["crm_readiness"].event_id) == ({"crm_readiness": "ready"}, "a0")
