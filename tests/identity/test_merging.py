"""Two leads become one by a person's word, and two again; no figure known before changes, and nobody is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadalign import uploads
from leadalign.figures import Frame, figure
from leadalign.metrics import metrics
from leadalign.problems import Refusal
from leadalign.store import Database, answer_pair, merge, merge_all, open_database, register_person, undo, unmerge
from leadalign.store.people import COMMAND_LINE
from tests.test_oracles import worlds
from tests.worlds import World, hours

NAMES = [name for name, each in metrics().items() if each.over != "work_days"]


def figures(db: Database, as_of=None) -> dict:
    """Part, whole and value of every metric."""
    found = {name: figure(db, name, Frame(as_of=as_of)) for name in NAMES}
    return {name: (each.value, each.part, each.whole, each.n) for name, each in found.items()}


def three() -> World:
    """Three leads, each with an hour of sales time."""
    world = World().person("r1", "sales")
    for number in (1, 2, 3):
        world.lead(f"L{number}", number, source=f"S{number}", crm_readiness="ready").activity(f"L{number}", 10, 60)
    return world


def test_the_earliest_created_speaks_for_both_whichever_is_named_first():
    for pair in (("L1", "L2"), ("L2", "L1")):
        db = three().database()
        assert merge(db, COMMAND_LINE, *pair) == "L1"
        assert figure(db, "leads_created", Frame()).value == 2
        assert {each: figure(db, "sales_minutes", Frame().at(source=each)).part for each in ("S1", "S2")} == {
            "S1": 120,
            "S2": None,
        }


def test_chains_lead_to_the_earliest_and_a_second_word_about_the_same_is_refused():
    db = three().database()
    assert merge(db, COMMAND_LINE, "L3", "L2") == "L2"
    assert merge(db, COMMAND_LINE, "L3", "L1") == "L1"
    assert figure(db, "leads_created", Frame()).value == 1
    with pytest.raises(Refusal, match="already_one_lead"):
        merge(db, COMMAND_LINE, "L2", "L1")
    unmerge(db, COMMAND_LINE, "L2")
    assert figure(db, "leads_created", Frame()).value == 2
    unmerge(db, COMMAND_LINE, "L3")
    assert figure(db, "leads_created", Frame()).value == 3


def test_a_long_chain_keeps_every_lead_with_the_first():
    world = World()
    for number in range(12):
        world.lead(f"L{number:02}", number).activity(f"L{number:02}", 50, 10)
    db = world.database()
    for number in range(11, 0, -1):
        merge(db, COMMAND_LINE, f"L{number:02}", f"L{number - 1:02}")
    assert figure(db, "leads_created", Frame()).value == 1
    assert figure(db, "sales_minutes", Frame().at(lead_id="L00")).part == 120


def test_merges_in_a_circle_that_an_upload_tells_of_lose_nobody():
    world = three().step("L1", "merged", 20, reason="dup_of:L2").step("L2", "merged", 20, reason="dup_of:L1")
    db = world.step("L3", "merged", 21, reason="dup_of:L1").database()
    assert figure(db, "leads_created", Frame()).value == 3
    assert figure(db, "sales_minutes", Frame()).part == 180


def test_two_words_about_one_duplicate_double_nothing():
    world = three().step("L3", "merged", 20, reason="dup_of:L1").step("L3", "merged", 30, reason="dup_of:L2")
    db = world.database()
    assert figure(db, "sales_minutes", Frame().at(lead_id="L2")).part == 120
    assert figure(db, "leads_created", Frame()).value == 2


@pytest.mark.parametrize("undone", [0, 1])
def test_undoing_the_upload_of_either_lead_leaves_the_other_whole(undone):
    db = three().database()
    second = World().lead("M1", 0.5 if undone else 5).activity("M1", 20, 30)
    second.activities[0]["activity_id"] = "later"
    second.values.clear()
    batch = second.into(db, hours(10_001))
    batches = [row[0] for row in batch.rows("SELECT batch_id FROM live.batches ORDER BY event_order")]
    before = figures_of(three())
    merge(db, COMMAND_LINE, "L1", "M1")
    assert figure(db, "leads_created", Frame()).value == 3
    undo(db, COMMAND_LINE, batches[1], [])
    assert {name: figure(db, name, Frame()).part for name in before} == before
    with pytest.raises(Refusal, match="not_merged"):
        unmerge(db, COMMAND_LINE, "L1" if undone else "M1")


def figures_of(world: World) -> dict:
    db = world.database()
    return {name: figure(db, name, Frame()).part for name in ("leads_created", "sales_minutes", "orphans")}


def test_a_merge_ends_no_hand_over_of_the_lead_that_stays():
    world = World().person("r1", "sales").lead("L1", 0, crm_readiness="unready").lead("L2", 1)
    world.step("L1", "handed_off", 2).step("L2", "merged", 5, reason="dup_of:L1").activity("L1", 8, 30)
    found = figure(world.database(), "unready_minutes", Frame(as_of=hours(99)).at(origin="handed_off"))
    assert found.part == 30


def test_between_merge_and_unmerge_the_survivor_decided_and_that_stays_known():
    world = World().person("r1", "sales").lead("L1", 0, crm_readiness="ready").lead("L2", 1, crm_readiness="unready")
    world.step("L2", "merged", 10, reason="dup_of:L1").step("L2", "withdrawn", 20, voids_event_id="s0")
    for at in (5, 15, 25):
        world.activity("L2", at, 60)
    db = world.database()
    db.engine.run("UPDATE log.stage_events SET voids_event_id = 's0' WHERE event = 'withdrawn'")
    for as_of, unready in ((16, 60), (99, 120)):
        assert figure(db, "unready_minutes", Frame(as_of=hours(as_of))).part == unready
    hindsight = Frame(as_of=hours(99), mode="hindsight")
    assert figure(db, "unready_minutes", hindsight).part == 180


@settings(max_examples=8)
@given(worlds(), st.sampled_from([("L1", "L2"), ("L2", "L1")]))
def test_merging_and_taking_it_back_gives_every_figure_as_before(world, pair):
    if len(world.leads) < 2:
        world.lead("L2", 1)
    db, before_merge = world.database(), hours(5000)
    before, known_then = figures(db), figures(db, before_merge)
    duplicate = ({"L1", "L2"} - {merge(db, COMMAND_LINE, *pair)}).pop()
    assert figures(db, before_merge) == known_then
    assert figure(db, "leads_created", Frame()).value == 1
    unmerge(db, COMMAND_LINE, duplicate)
    assert figures(db, before_merge) == known_then
    assert figures(db) == before
    db.close()


def test_of_many_merges_all_or_none_are_made():
    db = three().database()
    with pytest.raises(Refusal, match="unknown_lead"):
        merge_all(db, COMMAND_LINE, [("L1", "L2"), ("L1", "L9")])
    assert figure(db, "leads_created", Frame()).value == 3
    assert merge_all(db, COMMAND_LINE, [("L1", "L2"), ("L2", "L3")]) == ["L1", "L1"]


def test_who_may_not_merge_is_refused_and_who_may_is_in_the_audit():
    db = three().database()
    rep = register_person(db, "Dana", "sales")
    for act in (lambda: merge(db, rep, "L1", "L2"), lambda: answer_pair(db, rep, "L1", "L2", "different")):
        with pytest.raises(Refusal, match="not_allowed"):
            act()
    noa = register_person(db, "Noa", "marketing")
    merge(db, noa, "L1", "L2")
    assert db.rows("SELECT recorded_by FROM log.audit WHERE action = 'merge_leads'") == [(noa.person_id,)]


def test_a_merge_that_salesforce_made_is_taken_over_and_taken_back_with_it():
    head = "Id,Status,CreatedDate,LastModifiedDate,OwnerId,LeadSource,MasterRecordId\n"
    one = "00Q5g00000ABCDeEAP,Open,2026-01-05T10:00:00Z,2026-01-05T10:00:00Z,Dana,Web,\n"
    two = "00Q5g00000ABCDfEAP,Open,2026-01-06T10:00:00Z,2026-01-07T10:00:00Z,Dana,Ads,"
    db = open_database(None)
    for into, at, expected in (("00Q5g00000ABCDe", 400, 1), ("", 800, 2)):
        content = f"{head}{one}{two}{into}\n".encode()
        found = uploads.understand(db, "leads.csv", content)
        uploads.take_in(db, COMMAND_LINE, found, content, hours(at))
        assert figure(db, "leads_created", Frame()).value == expected
