"""The state of each check, the rows behind it, and which export is overdue."""

from datetime import timedelta

import pytest

from leadalign import data_health
from leadalign.data_health import CHECKS, feeds, finding, findings, impossible_things, orphans, unknown_criteria
from leadalign.figures import Frame
from leadalign.ideal_lead.definition import Definition
from leadalign.metrics import metrics
from leadalign.store import open_database
from tests.test_health_oracles import HEALTH
from tests.worlds import World, hours

NOW = Frame(as_of=hours(5000))


def state(world: World, name: str) -> str:
    check = next(check for check in CHECKS if check.name == name)
    return finding(world.database(), check, NOW).state


def test_every_check_bends_a_number_and_every_bent_number_knows_it():
    assert [check.name for check in CHECKS if not check.bends] == []
    assert all(check.metric in metrics() for check in CHECKS)


def test_nothing_to_check_is_no_data_and_not_bad():
    found = findings(World().person("r1", "sales").database(), NOW)
    assert {each.state for each in found} == {"no_data"}


def test_at_the_agreed_floor_all_is_well_and_below_it_not():
    def rated(count: int) -> World:
        world = World()
        for number in range(5):
            world.lead(f"L{number}").activity(f"L{number}", 1)
            if number < count:
                world.rating(f"L{number}", 5, 2)
        return world

    assert [state(rated(count), "rating") for count in (2, 3, 4)] == ["bad", "good", "good"]


def test_one_impossible_sequence_is_one_too_many():
    assert state(World().lead("L1").step("L1", "won", 5), "sequences") == "good"
    assert state(World().lead("L1", 9).step("L1", "won", 5), "sequences") == "bad"


def test_the_worst_comes_first():
    world = World().lead("L1", 9).step("L1", "won", 5).activity(None, 10, 30)
    found = data_health.worst_first(findings(world.database(), NOW))
    assert found[0].check.name in ("logging", "orphans")
    assert [each.severity for each in found] == sorted((each.severity for each in found), reverse=True)


def test_what_a_page_is_narrowed_to_plays_no_part():
    db = World().lead("L1").activity("L1", 1).database()
    narrow = findings(db, NOW.at(source="nowhere"))
    assert [each.figure for each in narrow] == [each.figure for each in findings(db, NOW)]


def test_an_impossible_thing_is_told_with_its_lead_both_moments_and_its_file():
    (found,) = impossible_things(World().lead("L1", 9).step("L1", "won", 5).database(), NOW)
    assert (found["kind"], found["lead_id"], found["happened_at"], found["against_at"], found["file"]) == (
        "won_before_created", "L1", hours(5), hours(9), "world.csv",
    )  # fmt: skip


def test_orphans_are_told_with_the_lead_that_they_name():
    found = orphans(World().lead("L1").activity("L1", 1).activity("L7", 30).activity(None, 60).database(), NOW)
    assert [(row["lead_id"], row["file"]) for row in found] == [("", "world.csv"), ("L7", "world.csv")]


def test_the_criteria_nobody_could_answer_are_ranked_by_their_points():
    world = World(definitions=[Definition.model_validate(HEALTH)])
    world.lead("L1", 1, country="IL").lead("L2", 1, country="IL", size=80)
    assert unknown_criteria(world.database(), NOW, "points_at_creation") == [
        {"criterion": "S", "asks": "size", "points": 60, "unknown_leads": 1},
        {"criterion": "J", "asks": "student", "points": 20, "unknown_leads": 2},
    ]


def delivered(*days: float, kind: str = "leads"):
    """A company whose HubSpot export came on these days, each with a lead of its own."""
    db = open_database(None)
    for number, day in enumerate(days):
        World().lead(f"L{number}", day * 24 - 1).into(db, hours(day * 24), "hubspot")
    return db


def test_an_export_that_comes_daily_is_overdue_after_a_day_and_a_half():
    (feed,) = feeds(delivered(1, 2, 3, 4))
    assert (feed.system, feed.kind, feed.deliveries, feed.rhythm) == ("hubspot", "leads", 4, timedelta(days=1))
    assert (feed.last_upload, feed.last_event) == (hours(96), hours(95))
    assert [feed.is_overdue(hours(96 + each)) for each in (36, 36.1)] == [False, True]


def test_an_export_without_a_rhythm_is_overdue_after_a_week():
    (feed,) = feeds(delivered(1, 4))
    assert (feed.rhythm, feed.is_overdue(hours(24 * 11)), feed.is_overdue(hours(24 * 11 + 1))) == (None, False, True)


def test_files_that_come_together_are_one_delivery():
    (feed,) = feeds(delivered(1, 1.2, 1.4, 8, 15))
    assert (feed.deliveries, feed.rhythm) == (3, timedelta(days=6.8))


def test_an_export_that_was_old_when_it_came_is_no_fresh_news():
    db = World().lead("L1", 0).into(open_database(None), hours(24 * 9), "hubspot")
    (feed,) = feeds(db)
    assert feed.was_old


def test_what_was_undone_feeds_nothing():
    from leadalign.store import history, undo
    from leadalign.store.people import COMMAND_LINE

    db = delivered(1)
    undo(db, COMMAND_LINE, history(db)[0]["batch_id"], [])
    assert feeds(db) == ()


@pytest.mark.parametrize("metric", [name for name, each in metrics().items() if data_health.checks_of(name)])
def test_a_number_names_every_check_it_rests_on(metric):
    assert {check.bias for check in data_health.checks_of(metric)} <= set(metrics()[metric].bias)
