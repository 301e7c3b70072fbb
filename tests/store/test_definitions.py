"""A version of the definition is written, discussed, signed by both functions, superseded; and never edited."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from leadalign.ideal_lead.classes import schedule
from leadalign.ideal_lead.versions import copy_to_draft, discuss, document, import_draft, version, versions
from leadalign.problems import Refusal
from leadalign.settings import settings
from leadalign.store import (
    check_definitions,
    definition_draft,
    definition_drafts,
    dissent,
    dissent_on,
    look_at,
    open_database,
    register_person,
    save_definition,
    sign,
    start_with_own_data,
    withdraw,
)
from leadalign.store.workspace import mark_as_demo
from leadalign.texts import has, say
from leadalign.uploads import take_in, understand
from tests.agreed import Company, rules
from tests.worlds import World


@pytest.fixture
def us():
    company = Company.open()
    yield company
    company.db.close()


def refused(act, *arguments):
    with pytest.raises(Refusal) as refusal:
        act(*arguments)
    problem = refusal.value.problem
    assert all(say(f"problems.{problem.code}", language, **problem.details) for language in ("en", "he"))
    return problem.code


def rows_of_versions(us):
    return us.db.rows("SELECT version, signed_marketing, signed_sales FROM live.definition_versions ORDER BY version")


def test_with_both_signatures_a_text_is_a_version_and_with_one_it_is_not(us):
    draft = us.discussed()
    assert sign(us.db, us.maya, draft.draft_id, draft.sha256).state == "discussed"
    assert rows_of_versions(us) == []
    assert sign(us.db, us.ron, draft.draft_id, draft.sha256).state == "signed"
    assert rows_of_versions(us) == [(1, "maya", "ron")]


def test_the_stored_hash_is_the_definitions_own(us):
    us.signed()
    found = version(us.db)
    assert found.state == "in_force"
    assert found.sha256 == found.definition.sha()
    assert document(found.definition)["agreed_by"] == {"marketing": "maya", "sales": "ron"}


def test_a_version_holds_from_its_date_and_never_before_its_signatures(us):
    before = datetime.now(UTC)
    us.signed(rules(50, datetime(2020, 1, 1, tzinfo=UTC)))
    later = datetime.now(UTC) + timedelta(days=30)
    us.signed(rules(200, later))
    one, two = versions(us.db)
    assert before < one.begins < datetime.now(UTC)
    assert (one.state, one.ends) == ("in_force", two.begins)
    assert (two.state, two.begins) == ("signed", later)
    assert [each.state for each in versions(us.db, later)] == ["superseded", "in_force"]


def test_a_version_must_begin_after_the_one_before_it(us):
    us.signed(rules(50, datetime.now(UTC) + timedelta(days=30)))
    draft = save_definition(us.db, us.maya, rules(200, datetime.now(UTC) + timedelta(days=10)))
    seen = definition_draft(us.db, draft).sha256
    assert refused(discuss, us.db, us.maya, draft, seen) == "definition_begins_early"


def test_two_people_who_sign_at_the_same_moment_both_count(us):
    draft, both = us.discussed(), Barrier(2)

    def at_once(who):
        both.wait()
        return sign(us.db, who, draft.draft_id, draft.sha256)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(at_once, (us.maya, us.ron)))
    assert definition_draft(us.db, draft.draft_id).functions == {"marketing", "sales"}
    assert rows_of_versions(us) == [(1, "maya", "ron")]
    assert check_definitions(us.db) == ()


def test_twenty_people_who_sign_at_the_same_moment_all_count_once(us):
    draft, all_there = us.discussed(), Barrier(20)
    crowd = [register_person(us.db, f"P{n}", "sales" if n % 2 else "marketing") for n in range(20)]

    def at_once(who):
        all_there.wait()
        sign(us.db, who, draft.draft_id, draft.sha256)

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(at_once, crowd))
    signed = definition_draft(us.db, draft.draft_id).signatures
    assert sorted(each.person_id for each in signed) == sorted(each.person_id for each in crowd)
    assert len(rows_of_versions(us)) == 1
    assert check_definitions(us.db) == ()


def test_a_signature_counts_for_the_text_that_was_seen_and_for_no_other(us):
    draft = us.discussed()
    other = us.discussed(rules(200))
    assert refused(sign, us.db, us.ron, draft.draft_id, other.sha256) == "definition_changed_meanwhile"
    save_definition(us.db, us.ron, rules(500), draft.draft_id, draft.sha256)
    assert refused(sign, us.db, us.maya, draft.draft_id, draft.sha256) == "definition_changed_meanwhile"
    changed = definition_draft(us.db, draft.draft_id).sha256
    assert refused(sign, us.db, us.maya, draft.draft_id, changed) == "definition_not_under_discussion"


def test_a_text_that_another_version_overtook_is_put_up_and_signed_anew(us):
    draft = us.discussed()
    sign(us.db, us.maya, draft.draft_id, draft.sha256)
    us.signed(rules(200))
    assert definition_draft(us.db, draft.draft_id).state == "overtaken"
    assert refused(sign, us.db, us.ron, draft.draft_id, draft.sha256) == "definition_overtaken"
    again = discuss(us.db, us.ron, draft.draft_id, draft.sha256)
    assert again != draft.sha256
    assert definition_draft(us.db, draft.draft_id).signatures == ()


def test_nothing_is_edited_after_the_first_signature(us):
    draft = us.discussed()
    sign(us.db, us.maya, draft.draft_id, draft.sha256)
    change = (save_definition, us.db, us.ron, rules(9), draft.draft_id, draft.sha256)
    assert refused(*change) == "definition_signed_already"
    assert refused(discuss, us.db, us.ron, draft.draft_id, draft.sha256) == "definition_signed_already"
    sign(us.db, us.ron, draft.draft_id, draft.sha256)
    assert refused(*change) == "definition_closed"
    assert refused(withdraw, us.db, us.ron, draft.draft_id, draft.sha256) == "definition_closed"


def test_a_change_over_somebody_elses_change_is_refused(us):
    draft = save_definition(us.db, us.maya, rules())
    seen = definition_draft(us.db, draft).sha256
    save_definition(us.db, us.ron, rules(100), draft, seen)
    assert refused(save_definition, us.db, us.maya, rules(70), draft, seen) == "definition_changed_meanwhile"


def test_nobody_signs_twice_and_who_has_no_part_in_it_does_not_sign(us):
    draft = us.discussed()
    sign(us.db, us.maya, draft.draft_id, draft.sha256)
    assert refused(sign, us.db, us.maya, draft.draft_id, draft.sha256) == "signed_twice"
    ana = register_person(us.db, "Ana", "other")
    assert refused(sign, us.db, ana, draft.draft_id, draft.sha256) == "not_allowed"


def test_management_is_asked_for_its_signature_and_not_needed(us):
    draft = us.signed()
    assert sign(us.db, us.eli, draft.draft_id, draft.sha256).functions == {"marketing", "sales", "sponsor"}
    us.signed(rules(200))
    yael = register_person(us.db, "Yael", "sales")
    assert refused(sign, us.db, yael, draft.draft_id, draft.sha256) == "definition_overtaken"


def test_two_signatures_of_one_function_are_not_both_functions(us):
    draft = us.discussed()
    noa = register_person(us.db, "Noa", "marketing")
    for who in (us.maya, noa, us.eli):
        sign(us.db, who, draft.draft_id, draft.sha256)
    assert rows_of_versions(us) == []


def test_dissent_is_kept_with_its_words(us):
    draft = us.discussed()
    dissent(us.db, us.ron, "  50 is too few  ", draft.draft_id)
    sign(us.db, us.maya, draft.draft_id, draft.sha256)
    sign(us.db, us.ron, draft.draft_id, draft.sha256)
    dissent(us.db, us.eli, "Still too few", version=1)
    assert [(each.person_id, each.words) for each in dissent_on(us.db)[1]] == [
        ("ron", "50 is too few"),
        ("eli", "Still too few"),
    ]
    assert refused(dissent, us.db, us.ron, " ", draft.draft_id) == "dissent_without_words"


def test_a_withdrawn_text_stays_in_the_log_and_off_the_table(us):
    draft = us.discussed()
    withdraw(us.db, us.ron, draft.draft_id, draft.sha256)
    assert [each.state for each in definition_drafts(us.db)] == ["withdrawn"]
    assert refused(sign, us.db, us.ron, draft.draft_id, draft.sha256) == "definition_not_under_discussion"


def test_an_unfinished_draft_is_kept_but_not_discussed(us):
    draft = save_definition(us.db, us.maya, {"criteria": []})
    seen = definition_draft(us.db, draft).sha256
    assert refused(discuss, us.db, us.maya, draft, seen) == "definition_not_finished"


def test_an_exported_version_comes_back_as_a_draft_that_nobody_signed(us):
    us.signed()
    text = json.dumps(document(version(us.db).definition))
    draft = definition_draft(us.db, import_draft(us.db, us.maya, "v1.json", text))
    assert (draft.state, draft.signatures) == ("draft", ())
    assert draft.rules["criteria"] == document(version(us.db).definition)["criteria"]
    assert draft.rules == definition_draft(us.db, copy_to_draft(us.db, us.maya)).rules
    assert refused(import_draft, us.db, us.maya, "x.json", "[1") == "not_a_definition"


def test_versions_signed_elsewhere_join_the_chain(us, shared):
    for name in ("definition_v1.json", "definition_v2.json"):
        content = (shared / "fixture" / name).read_bytes()
        take_in(us.db, us.maya, understand(us.db, name, content), content)
    us.signed(rules(300))
    one, two, three = versions(us.db)
    assert (one.sha256[:8], two.sha256[:8]) == ("8bf9aacb", "186c179d")
    assert (one.previous, two.previous, three.previous) == ("", one.chain, two.chain)
    assert [each.person_id for each in two.signatures] == ["m1", "r1"]
    assert check_definitions(us.db) == ()


def test_a_file_may_not_bring_a_second_version_of_a_number(us, shared):
    us.signed(rules(definition_id="ours"))
    content = (shared / "fixture" / "definition_v1.json").read_bytes()
    found = understand(us.db, "definition_v1.json", content)
    assert refused(take_in, us.db, us.maya, found, content) == "definition_number_taken"


def test_a_version_that_comes_in_as_a_file_overtakes_what_is_under_discussion(us, shared):
    draft = us.discussed()
    content = (shared / "fixture" / "definition_v1.json").read_bytes()
    take_in(us.db, us.maya, understand(us.db, "definition_v1.json", content), content)
    assert refused(sign, us.db, us.ron, draft.draft_id, draft.sha256) == "definition_overtaken"


def test_a_company_may_wait_for_managements_signature(us, monkeypatch):
    monkeypatch.setenv("LEADALIGN_SPONSOR_MUST_SIGN", "true")
    settings.cache_clear()
    draft = us.signed()
    assert (draft.state, rows_of_versions(us)) == ("discussed", [])
    assert sign(us.db, us.eli, draft.draft_id, draft.sha256).state == "signed"
    monkeypatch.undo()
    settings.cache_clear()
    assert check_definitions(us.db) == ()


def test_looking_at_a_version_is_written_down(us):
    us.signed()
    begun = version(us.db).looked_at
    look_at(us.db, us.ron, 1)
    assert version(us.db).looked_at > begun
    assert refused(look_at, us.db, us.ron, 7) == "unknown_version"


def test_what_was_known_of_the_past_is_judged_as_before_once_a_version_is_signed():
    world = World().lead("L1", employees=60, budget=True).lead("L2", at=5, employees=20).database()
    us = Company.open(world)
    us.signed(rules(50))
    then = datetime.now(UTC)
    before = schedule(us.db).in_force(then)
    us.signed(rules(10, datetime(2020, 1, 1, tzinfo=UTC)))
    assert schedule(us.db).in_force(then) == before
    assert schedule(us.db).in_force(then - timedelta(days=400)).version == 0
    assert schedule(us.db).in_force(datetime.now(UTC)).version == 2
    world.close()


def test_starting_with_own_data_leaves_no_definition_of_the_demo():
    db = open_database(None)
    mark_as_demo(db)
    us = Company.open(db)
    us.signed()
    start_with_own_data(us.db, us.maya)
    assert definition_drafts(us.db) == []
    assert check_definitions(us.db) == ()
    us.signed()
    assert check_definitions(us.db) == ()
    us.db.close()


def test_every_state_and_act_has_words():
    named = [f"states.{each}" for each in ("draft", "discussed", "overtaken", "withdrawn", "signed", "in_force")]
    named += [f"acts.{each}" for each in ("saved", "put_up", "signed", "dissented", "withdrawn", "looked_at")]
    assert [each for each in named if not has(f"definition.{each}")] == []
