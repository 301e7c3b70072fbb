"""What people type goes through the store, which knows who writes and refuses what the role does not allow."""

from datetime import date

import pytest

from leadalign.problems import Refusal
from leadalign.store import (
    actor,
    is_demo,
    open_database,
    people,
    rate_lead,
    rating_reasons,
    register_person,
    save_format,
    saved_formats,
    start_with_own_data,
)
from leadalign.texts import has
from leadalign.uploads import load_demo
from tests.worlds import World


@pytest.fixture
def db():
    world = World().lead("L1").database()
    yield world
    world.close()


def code(refused) -> str:
    return refused.value.problem.code


def test_sales_rates_a_lead_with_reasons_and_a_word(db):
    dana = register_person(db, "Dana Levi", "sales")
    rate_lead(db, dana, "L1", 4, ("good_fit",), "  knows what she wants ")
    assert db.rows("SELECT rating, reasons, comment, rater_id, recorded_by FROM live.ratings") == [
        (4, "good_fit", "knows what she wants", "dana-levi", "dana-levi")
    ]


def test_a_second_rating_stands_beside_the_first(db):
    dana = register_person(db, "Dana", "sales")
    rate_lead(db, dana, "L1", 4)
    rate_lead(db, dana, "L1", 2)
    assert db.rows("SELECT rating FROM live.ratings ORDER BY event_order") == [(4,), (2,)]


@pytest.mark.parametrize("function", ["marketing", "management"])
def test_only_sales_rates_leads(db, function):
    with pytest.raises(Refusal) as refused:
        rate_lead(db, register_person(db, "Noa", function), "L1", 5)
    assert code(refused) == "not_allowed"
    assert db.rows("SELECT count(*) FROM log.ratings") == [(0,)]


@pytest.mark.parametrize("rating", [0, 6, -1, 3.5, True, "5"])
def test_a_rating_is_a_whole_number_from_1_to_5(db, rating):
    with pytest.raises(Refusal) as refused:
        rate_lead(db, register_person(db, "Dana", "sales"), "L1", rating)
    assert code(refused) == "rating_out_of_range"


def test_reasons_come_from_the_agreed_list(db):
    with pytest.raises(Refusal) as refused:
        rate_lead(db, register_person(db, "Dana", "sales"), "L1", 3, ("'; DROP TABLE log.ratings; --",))
    assert code(refused) == "unknown_reason"


def test_there_are_words_for_every_reason():
    assert [reason for reason in rating_reasons() if not has(f"ui.reasons.{reason}")] == []


def test_a_lead_that_nobody_knows_cannot_be_rated(db):
    with pytest.raises(Refusal) as refused:
        rate_lead(db, register_person(db, "Dana", "sales"), "L2", 3)
    assert code(refused) == "unknown_lead"


def test_an_endless_note_is_refused(db):
    with pytest.raises(Refusal) as refused:
        rate_lead(db, register_person(db, "Dana", "sales"), "L1", 3, (), "x" * 1001)
    assert code(refused) == "comment_too_long"


def test_two_people_of_one_name_are_two_people(db):
    first, second = register_person(db, "Dana Levi", "sales"), register_person(db, "Dana Levi", "marketing")
    assert first.person_id != second.person_id
    assert actor(db, second.person_id).function == "marketing"


@pytest.mark.parametrize(("name", "function"), [("  ", "sales"), ("Dana", ""), ("Dana", "boss")])
def test_a_person_needs_a_name_and_a_function(db, name, function):
    with pytest.raises(Refusal) as refused:
        register_person(db, name, function)
    assert code(refused) == "person_incomplete"
    assert people(db) == []


def test_nobody_writes_under_a_name_that_nobody_has(db):
    with pytest.raises(Refusal) as refused:
        actor(db, "ghost")
    assert code(refused) == "unknown_person"


def test_a_saved_format_is_replaced_by_a_newer_one_of_its_name(db):
    noa = register_person(db, "Noa", "marketing")
    save_format(db, noa, "ours", "old")
    save_format(db, noa, "ours", "new")
    assert saved_formats(db) == [("ours", "new")]


def test_starting_with_own_data_leaves_nothing_of_the_demo_but_who_one_is():
    db = open_database(None)
    load_demo(db, date(2026, 11, 8), leads=20)
    dana = register_person(db, "Dana Levi", "marketing")
    start_with_own_data(db, dana)
    assert not is_demo(db)
    assert [person["name"] for person in people(db)] == ["Dana Levi"]
    kept = (
        "leads",
        "activities",
        "stage_events",
        "attribute_events",
        "ratings",
        "goals",
        "batches",
        "definition_versions",
    )
    assert {table: db.rows(f"SELECT count(*) FROM log.{table}")[0][0] for table in kept} == dict.fromkeys(kept, 0)
    with pytest.raises(Refusal):
        start_with_own_data(db, dana)
    db.close()
