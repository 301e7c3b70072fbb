"""The acceptance checks A01-A05 and the worked examples of M1, on the tiny world of the specification."""

from collections import defaultdict
from datetime import UTC, datetime

import pytest

from leadalign.ideal_lead.intervals import class_at, class_intervals
from leadalign.ideal_lead.judging import judge, margin, minimal_flips, questions_worth_asking
from leadalign.ideal_lead.known import FAR, known_at


def at(text):
    return datetime.fromisoformat(text)


@pytest.fixture
def route(leads, schedule):
    def of(lead_id, when, mode="known"):
        return class_at(leads[lead_id], schedule, at(when), mode, leads).route

    return of


@pytest.fixture
def at_creation(leads, versions):
    def judged(lead_id, version=1):
        return judge(versions[version], known_at(leads[lead_id], leads[lead_id].created_at))

    return judged


def test_a01_each_lead_has_its_route_at_creation(leads, at_creation):
    routes = defaultdict(str)
    for lead_id in leads:
        routes[at_creation(lead_id).route] += lead_id + " "
    assert routes == {
        "SRL": "L01 L02 L05 L06 L09 L12 ",
        "NURTURE": "L04 L11 ",
        "LOW": "L03 L10 ",
        "UNFIT": "L07 ",
        "UNDETERMINED": "L08 ",
    }


def test_a02_an_unknown_budget_that_cannot_change_the_route_leaves_the_lead_ready(at_creation):
    judged = at_creation("L02")
    assert (judged.route, judged.cells, judged.readiness) == ("SRL", ("B1", "B2"), (60, 100))
    assert (judged.cell, judged.unknown) == (None, ("R1",))


def test_a02_a_lead_that_could_go_two_ways_is_undetermined_and_says_what_to_ask(at_creation):
    judged = at_creation("L08")
    assert (judged.cells, judged.value, judged.readiness) == (("A2", "A3", "B2", "B3"), (70, 100), (40, 75))
    assert questions_worth_asking(judged) == (("R2", ("timeline_days",), True), ("V3", ("seniority",), False))


def test_a03_a_lead_becomes_ready_when_it_is_recorded_not_when_it_is_observed(route):
    assert route("L04", "2026-01-14T10:00Z") == "NURTURE"
    assert route("L04", "2026-01-25T09:04Z") == "NURTURE"
    assert route("L04", "2026-01-25T09:05Z") == "SRL"
    assert route("L04", "2026-01-27T09:00Z") == "SRL"


def test_a04_hindsight_knows_what_was_recorded_two_days_later(route):
    assert route("L11", "2026-02-03T09:00Z") == "NURTURE"
    assert route("L11", "2026-02-03T09:00Z", "hindsight") == "SRL"


def test_a05_the_new_definition_judges_from_its_first_second(route):
    assert route("L05", "2026-01-31T21:59:59Z") == "SRL"
    assert route("L05", "2026-01-31T22:00:00Z") == "LOW"
    assert route("L05", "2026-01-31T22:00:00Z", "what-if:1") == "SRL"


def test_the_new_definition_moves_two_leads_and_no_other(leads, at_creation):
    moved = {lead_id for lead_id in leads if at_creation(lead_id).route != at_creation(lead_id, 2).route}
    assert moved == {"L02", "L05"}


def test_a_nurtured_lead_is_one_answer_away_from_ready_and_both_answers_are_named(leads, schedule):
    judged = class_at(leads["L11"], schedule, at("2026-02-01T00:00+02:00"))
    assert minimal_flips(judged) == (("R1",), ("R2",))
    assert margin(judged, "readiness") == ("3", 24, 25)
    assert margin(judged, "value") == ("A", 20, None)


def test_a_merged_lead_speaks_with_the_voice_of_its_survivor(leads, schedule):
    merged = at("2026-01-27T07:00Z")
    assert (
        class_at(leads["L12"], schedule, at("2026-01-27T06:59Z"), leads=leads).known.events["budget"].event_id[:3]
        == "L12"
    )
    assert class_at(leads["L12"], schedule, merged, leads=leads).known.events["budget"].event_id[:3] == "L01"
    assert class_at(leads["L12"], schedule, merged).known.events["budget"].event_id[:3] == "L12"


def test_each_criterion_is_explained_with_value_source_and_points(leads, schedule):
    explained = {each.id: each for each in class_at(leads["L04"], schedule, at("2026-01-27T09:00Z")).explain}
    observed = datetime(2026, 1, 25, 9, tzinfo=UTC)
    assert explained["R1"] == ("R1", "points", "readiness", True, (("budget", True, observed, "e1"),), 40)
    assert (explained["R3"].result, explained["R3"].points) == (False, 0)
    assert (explained["V0"].kind, explained["V0"].points) == ("must", 0)


def test_the_intervals_of_a_lead_tell_its_story_once(leads, schedule):
    story = [(each.valid_from, each.route, each.version) for each in class_intervals(leads["L05"], schedule)]
    assert story == [
        (at("2026-01-11T07:00Z"), "SRL", 1),
        (at("2026-01-31T22:00Z"), "LOW", 2),
    ]
    assert class_intervals(leads["L05"], schedule)[-1].valid_to == FAR


def test_intervals_in_the_three_modes_differ_only_where_the_mode_matters(leads, schedule):
    def ready_from(mode):
        return next(each.valid_from for each in class_intervals(leads["L11"], schedule, mode) if each.route == "SRL")

    assert ready_from("known") == at("2026-02-05T08:00Z")
    assert ready_from("hindsight") == at("2026-02-02T08:00Z")
    assert ready_from("what-if:1") == at("2026-02-05T08:00Z")
