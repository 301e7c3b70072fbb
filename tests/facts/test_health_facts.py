"""What data health counts, at the edges: nothing there, nothing known, days without an hour, steps nobody tells."""

import pytest

from leadalign.figures import Frame, figure, figures
from leadalign.ideal_lead.definition import Definition
from leadalign.metrics import metrics
from tests.test_health_oracles import HEALTH
from tests.worlds import World, hours

NOW = Frame(as_of=hours(5000))
HEALTH_METRICS = [name for name, each in metrics().items() if each.over in
                  ("points_at_creation", "points_at_hand_over", "duplicate_leads", "sequence_checks", "recorded_facts",
                   "rep_days", "reconciled")]  # fmt: skip


def kinds(world: World) -> dict[str, float]:
    found = figures(world.database(), "sequence_errors", NOW, ("kind",))
    return {each.by["kind"]: each.value for each in found if each.by["kind"]}


@pytest.mark.parametrize("name", HEALTH_METRICS)
def test_a_company_without_leads_has_no_data_and_never_zero(name):
    found = figure(World().person("r1", "sales").database(), name, NOW)
    assert (found.value, found.note) == (None, "no_data")


def test_leads_without_anything_wrong_have_no_impossible_sequences_which_is_zero_and_not_missing():
    assert figure(World().lead("L1").database(), "sequence_errors", NOW).value == 0


def test_before_a_definition_is_signed_the_crms_own_status_is_what_should_be_known():
    world = World().lead("L1", crm_readiness="ready").lead("L2")
    found = figure(world.database(), "completeness", NOW)
    assert (found.part, found.whole) == (1, 2)


def test_a_lead_about_which_nothing_is_known_is_nothing_and_not_missing():
    world = World(definitions=[Definition.model_validate(HEALTH)]).lead("L1", 1)
    found = figure(world.database(), "completeness", NOW)
    assert (found.part, found.whole, found.leads) == (0, 80, 1)


def test_without_a_hand_over_nothing_can_be_said_of_hand_overs():
    assert figure(World().lead("L1").database(), "handover_completeness", NOW).note == "no_data"


def test_a_definition_of_musts_alone_has_no_points_to_know():
    musts = {**HEALTH, "criteria": HEALTH["criteria"][:1]}
    world = World(definitions=[Definition.model_validate(musts)]).lead("L1", 1)
    assert figure(world.database(), "completeness", NOW).note == "no_data"


def test_what_was_learned_after_creation_was_not_known_at_creation():
    world = World().lead("L1").value("L1", "crm_readiness", "ready", 5).step("L1", "handed_off", 6)
    db = world.database()
    assert (figure(db, "completeness", NOW).value, figure(db, "handover_completeness", NOW).value) == (0, 1)


def test_a_close_date_without_an_hour_is_compared_by_its_day():
    same_day = (
        World().lead("L1", 12).step("L1", "won", -8)
    )  # midnight of the day on which the lead was created at 18:00
    assert kinds(same_day) == {}
    with_hour = World().lead("L1", 12).step("L1", "won", 3)
    assert kinds(with_hour) == {"won_before_created": 1}
    day_before = World().lead("L1", 12).step("L1", "won", -32)
    assert kinds(day_before) == {"won_before_created": 1}


def test_an_answer_without_any_hand_over_is_out_of_no_order():
    assert kinds(World().lead("L1").step("L1", "accepted", 1)) == {}
    assert kinds(World().lead("L1").step("L1", "accepted", 1).step("L1", "handed_off", 5)) == {
        "answered_before_handed_over": 1
    }


def test_where_nobody_tells_assignments_nobody_worked_unassigned():
    story = World().lead("L1").step("L1", "handed_off", 1).activity("L1", 2)
    assert kinds(story) == {}
    assert kinds(story.lead("L2").step("L2", "assigned", 4)) == {"worked_unassigned": 1}


def test_a_hand_over_worked_twice_before_assignment_is_one_mistake():
    story = World().lead("L1").step("L1", "handed_off", 1).activity("L1", 2).activity("L1", 3).step("L1", "assigned", 4)
    assert kinds(story) == {"worked_unassigned": 1}


def test_who_accepted_a_lead_needs_no_assignment():
    story = World().lead("L1").step("L1", "handed_off", 1).step("L1", "accepted", 2).activity("L1", 3)
    assert kinds(story.lead("L2").step("L2", "assigned", 4)) == {}


def test_a_deal_opened_again_after_it_was_lost_is_no_second_opening():
    again = World().lead("L1").step("L1", "opportunity", 1).step("L1", "lost", 2).step("L1", "opportunity", 3)
    assert kinds(again) == {}
    assert kinds(World().lead("L1").step("L1", "opportunity", 1).step("L1", "opportunity", 3)) == {"opened_twice": 1}


def test_two_deals_of_one_lead_may_both_be_open():
    two = World().lead("L1").step("L1", "opportunity", 1, deal_id="A").step("L1", "opportunity", 3, deal_id="B")
    assert kinds(two) == {}


def test_five_minutes_between_two_clocks_are_no_contradiction():
    assert kinds(World().lead("L1").value("L1", "size", 5, 10, 10 - 5 / 60)) == {}
    assert kinds(World().lead("L1").value("L1", "size", 5, 10, 9)) == {"recorded_before_happened": 1}


def test_what_lies_in_the_future_is_no_error_any_more_once_its_day_has_come_but_was_recorded_early():
    world = World().lead("L1").step("L1", "lost", 6000, recorded=10)
    db = world.database()
    when = {instant: figures(db, "sequence_errors", Frame(as_of=hours(instant)), ("kind",)) for instant in (5000, 7000)}
    found = {instant: [each.by["kind"] for each in rows if each.by["kind"]] for instant, rows in when.items()}
    assert found == {5000: ["in_future"], 7000: ["recorded_before_happened"]}


def test_a_call_on_a_duplicate_before_it_came_is_no_mistake_when_its_first_lead_was_there():
    world = World().lead("L1").lead("L2", 50).step("L2", "merged", 60, reason="dup_of:L1").activity("L2", 20)
    assert kinds(world) == {}


def test_an_impossible_day_is_counted_on_the_nearest_possible_one():
    world = World().lead("L1", 24 * 40).step("L1", "won", 1).lead("L2").step("L2", "lost", 90_000, recorded=1)
    days = {each.by["kind"]: each.by["day"].isoformat() for each in
            figures(world.database(), "sequence_errors", NOW, ("kind", "day")) if each.by["kind"]}  # fmt: skip
    assert days == {"won_before_created": "2026-02-13", "in_future": "2026-07-31"}


def test_a_sales_person_whose_hours_nobody_entered_works_the_usual_day():
    db = World().lead("L1").activity("L1", 1, 60).database()
    found = figure(db, "logging_coverage", Frame(as_of=hours(24 * 28)))
    assert found.whole == 21 * 480  # January 2026, Sunday to Thursday


def test_who_stopped_logging_counts_for_sixty_more_working_days():
    db = World().lead("L1").activity("L1", 1, 60).database()
    whole = {month: figure(db, "logging_coverage", Frame(as_of=hours(5000)).between(*month)).whole for month in (
        (hours(24 * 60).date(), hours(24 * 70).date()), (hours(24 * 150).date(), hours(24 * 160).date()))}  # fmt: skip
    assert [bool(minutes) for minutes in whole.values()] == [True, False]


def test_the_same_opening_told_by_two_files_is_no_second_opening():
    assert kinds(World().lead("L1").step("L1", "opportunity", 1).step("L1", "opportunity", 1)) == {}


def test_work_after_a_hand_over_ended_needs_no_assignment():
    story = World().lead("L1").step("L1", "handed_off", 1).step("L1", "rejected", 2).activity("L1", 3)
    assert kinds(story.lead("L2").step("L2", "assigned", 4)) == {}
