"""Judging by SQL says of every lead at every moment what the engine says, from nothing and step by step."""

import os
import random
from datetime import timedelta
from itertools import count

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import judging
from bench.machine import seconds
from leadalign import store
from leadalign.ideal_lead.classes import schedule
from leadalign.ideal_lead.definition import Criterion, Schedule, by_crm_status
from leadalign.ideal_lead.intervals import class_intervals
from leadalign.ideal_lead.judging import READINESS
from leadalign.ideal_lead.lead_classes import forget, make_classes
from leadalign.store import open_database
from tests.ideal_lead import logged
from tests.ideal_lead.oracle import START
from tests.worlds import World, hours

LEADS = int(os.environ.get("LEADALIGN_LEADS_JUDGED", "30"))
DEFINITIONS = int(os.environ.get("LEADALIGN_DEFINITIONS", "15"))
MODES = ("known", "hindsight", "what-if:0")
_tables = (f"derived.classes_{number}" for number in count())


@pytest.fixture(scope="module")
def shared_db():
    with_leads = open_database(None)
    yield with_leads
    with_leads.close()


@pytest.fixture
def db():
    opened = open_database(None)
    yield opened
    opened.close()


def emptied(db):
    """The database without its leads, and without what was kept of judging them."""
    forget(db)
    with db.engine.transaction() as writer:
        for table in logged.TABLES:
            writer.run(f"DELETE FROM log.{table}")
    return db


def by_sql(db, versions, mode, until, keep=False):
    """Each lead's intervals, as the table tells them."""
    table = next(_tables)
    make_classes(db, versions, mode, until, table)
    found = {}
    for lead_id, *interval in db.rows(
        "SELECT lead_id, valid_from, valid_to, version, route, cells, value_lo, value_hi, ready_lo, ready_hi, unknown, "
        f"readiness, points, unknown_points FROM {table} ORDER BY lead_id, valid_from"
    ):
        found.setdefault(lead_id, []).append(tuple(interval))
    if not keep:
        db.engine.run(f"DROP TABLE {table}")
    return found


def by_engine(facts, versions, mode, until):
    """The same by the engine."""
    leads = logged.histories(facts, until if mode == "hindsight" else None)
    return {
        lead_id: [_told(each, versions.version(each.version)) for each in class_intervals(lead, versions, mode, leads)]
        for lead_id, lead in leads.items()
    }


def _told(each, definition):
    weights = {criterion.id: abs(criterion.points) for criterion in definition.criteria}
    cells, unknown = "|".join(each.cells), "|".join(each.unknown)
    open_points = sum(weights[criterion] for criterion in each.unknown)
    return (*each[:4], cells, *each[5:9], unknown, READINESS[each.route], sum(weights.values()), open_points)


@settings(max_examples=DEFINITIONS)
@given(st.integers(0, 10**9), st.integers(0, 24))
def test_sql_and_the_engine_say_the_same_of_every_lead_in_every_mode(shared_db, seed, quarter):
    facts, versions = logged.many(seed, LEADS), logged.versions(random.Random(seed))
    logged.write(emptied(shared_db), facts)
    until = START + timedelta(hours=6 * quarter)
    for mode in MODES:
        sql, engine = by_sql(shared_db, versions, mode, until), by_engine(facts, versions, mode, until)
        assert sql.keys() == engine.keys()
        assert [(lead, mode, sql[lead], engine[lead]) for lead in engine if sql[lead] != engine[lead]] == []


steps = st.lists(st.sampled_from(["upload", "more", "merge", "undo", "versions", "later"]), min_size=3, max_size=8)


@settings(max_examples=max(5, DEFINITIONS // 3))
@given(steps, st.integers(0, 10**9))
def test_step_by_step_gives_what_from_nothing_gives(shared_db, taken, seed):
    facts, dice, until = logged.Facts(), random.Random(seed), START
    database, written, versions = emptied(shared_db), None, logged.versions(dice)
    for number, step in enumerate(["upload", *taken]):
        until = _take(facts, dice, step, f"b{number}", until)
        versions = logged.next_versions(dice, versions) if step == "versions" else versions
        written = logged.write(database, facts, written)
        for mode in dice.sample(MODES, 2):
            assert by_sql(database, versions, mode, until, keep=True) == by_engine(facts, versions, mode, until)


def _take(facts, dice, step, batch, until):
    """One thing that happens to a company's log; gives the moment until which it is seen in hindsight."""
    leads = [row["lead_id"] for row in facts.rows["leads"]]
    if step == "upload":
        for _ in range(3):
            logged.add_lead(facts, dice, f"L{facts.number}", batch, leads)
    elif step == "more":
        logged.add_value(facts, dice, dice.choice(leads), batch)
        logged.add_touch(facts, dice, dice.choice(leads), batch)
    elif step == "merge":
        logged.add_merge(facts, dice, dice.choice(leads), dice.choice(leads), batch)
    elif step == "undo":
        facts.undone.add(dice.choice([row["batch_id"] for row in facts.rows["leads"]]))
    return until + timedelta(hours=6 * dice.randint(-3, 8)) if step == "later" else until


@pytest.fixture
def ready_once_x_is_known():
    rule = {"op": "exists", "attr": "x"}
    criterion = {"id": "x", "dimension": "readiness", "kind": "points", "points": 10, "expr": rule}
    return Schedule([by_crm_status().model_copy(update={"criteria": (Criterion.model_validate(criterion),)})])


def told(facts, lead_id, batch="b1", recorded=1, **more):
    """An hour after the beginning the attribute x of a lead is seen."""
    known = {"attr": "x", "value": "1", "observed_at": START + timedelta(hours=1), **more}
    number = facts.number
    facts.add(
        "attribute_events", START + timedelta(hours=recorded), batch, event_id=f"e{number}", lead_id=lead_id, **known
    )


def two_leads(batch="b1"):
    facts = logged.Facts()
    for lead_id in ("A", "B"):
        facts.add("leads", START, batch, lead_id=lead_id, created_at=START)
    return facts


def routes(db, versions, mode="known", until=99):
    """Each lead's routes, one after the other."""
    found = by_sql(db, versions, mode, START + timedelta(hours=until), keep=True)
    return {lead_id: [each[3] for each in intervals] for lead_id, intervals in found.items()}


def test_a_merged_lead_is_judged_anew_when_the_lead_it_became_part_of_learns_something(db, ready_once_x_is_known):
    facts = two_leads()
    merge = {"event": "merged", "reason": "dup_of:B", "event_id": "m", "voids_event_id": None}
    facts.add("stage_events", START, "b1", lead_id="A", occurred_at=START, **merge)
    written = logged.write(db, facts)
    assert routes(db, ready_once_x_is_known) == {"A": ["NURTURE"], "B": ["NURTURE"]}
    told(facts, "B")
    logged.write(db, facts, written)
    assert routes(db, ready_once_x_is_known) == {"A": ["NURTURE", "SRL"], "B": ["NURTURE", "SRL"]}


def test_hindsight_sees_only_what_was_recorded_until_then_wherever_one_looked_from_before(db, ready_once_x_is_known):
    facts = two_leads()
    told(facts, "A", recorded=10)
    logged.write(db, facts)
    for until, expected in ((9, ["NURTURE"]), (10, ["NURTURE", "SRL"]), (9, ["NURTURE"])):
        assert routes(db, ready_once_x_is_known, "hindsight", until) == {"A": expected, "B": ["NURTURE"]}


def test_what_an_undone_upload_told_is_gone_and_its_leads_with_it(db, ready_once_x_is_known):
    facts = two_leads()
    told(facts, "A", batch="b2")
    facts.add("leads", START, "b2", lead_id="C", created_at=START)
    logged.write(db, facts, {})
    assert routes(db, ready_once_x_is_known) == {"A": ["NURTURE", "SRL"], "B": ["NURTURE"], "C": ["NURTURE"]}
    facts.undone.add("b2")
    logged.write(db, facts, {table: len(facts.rows[table]) for table in logged.TABLES})
    assert routes(db, ready_once_x_is_known) == {"A": ["NURTURE"], "B": ["NURTURE"]}


def test_a_call_that_turns_out_to_be_with_somebody_else_counts_there_and_no_longer_here(db):
    called = {"op": "count_within", "event": "call", "days": 5, "n": 1}
    criterion = {"id": "called", "dimension": "readiness", "kind": "points", "points": 10, "expr": called}
    versions = Schedule([by_crm_status().model_copy(update={"criteria": (Criterion.model_validate(criterion),)})])
    facts = two_leads()
    call = {"activity_id": "a1", "type": "call", "started_at": START + timedelta(hours=1)}
    facts.add("activities", START + timedelta(hours=1), "b1", lead_id="A", **call)
    written = logged.write(db, facts)
    assert routes(db, versions) == {"A": ["NURTURE", "SRL", "NURTURE"], "B": ["NURTURE"]}
    facts.add("activities", START + timedelta(hours=2), "b1", lead_id="B", **call)
    logged.write(db, facts, written)
    assert routes(db, versions) == {"A": ["NURTURE"], "B": ["NURTURE", "SRL", "NURTURE"]}


@pytest.mark.parametrize("sign", [">=", "<=", ">", "<"])
def test_a_lead_s_age_turns_its_class_at_the_very_moment(db, sign):
    rule = {"op": "age_days", "cmp": sign, "value": 1.5}
    criterion = {"id": "age", "dimension": "readiness", "kind": "points", "points": 10, "expr": rule}
    versions = Schedule([by_crm_status().model_copy(update={"criteria": (Criterion.model_validate(criterion),)})])
    logged.write(db, two_leads())
    turn = by_sql(db, versions, "known", START)["A"][0][1]
    assert turn == START + timedelta(days=1.5, microseconds=sign in ("<=", ">"))


def test_after_a_failure_the_next_judging_begins_from_nothing(db, ready_once_x_is_known):
    facts = two_leads()
    written = logged.write(db, facts)
    assert routes(db, ready_once_x_is_known) == {"A": ["NURTURE"], "B": ["NURTURE"]}
    told(facts, "A")
    logged.write(db, facts, written)
    db.engine.run("CREATE TABLE derived.taken (n INTEGER)")
    with pytest.raises(duckdb.CatalogException):
        make_classes(db, ready_once_x_is_known, "known", START, "derived.taken")
    assert routes(db, ready_once_x_is_known) == {"A": ["NURTURE", "SRL"], "B": ["NURTURE"]}


def test_a_database_that_was_emptied_is_judged_from_nothing(db, ready_once_x_is_known):
    facts = two_leads()
    logged.write(db, facts)
    assert set(routes(db, ready_once_x_is_known)) == {"A", "B"}
    with db.engine.transaction() as writer:
        writer.run("DELETE FROM log.leads")
    assert routes(db, ready_once_x_is_known) == {}


def test_uploads_and_their_undoing_leave_the_classes_that_from_nothing_gives():
    world = World().lead("L1", crm_readiness="unready").lead("L2", crm_readiness="ready")
    later = World().value("L1", "crm_readiness", "ready", 30).lead("L3", at=20, crm_readiness="unfit")
    database = world.database()
    before = by_sql(database, schedule(database), "known", hours(99), keep=True)
    later.into(database, hours(20_000))
    step_by_step = by_sql(database, schedule(database), "known", hours(99), keep=True)
    last = max(store.history(database), key=lambda each: each["uploaded_at"])
    store.undo(database, store.register_person(database, "Ada", "marketing", None), last["batch_id"], [])
    undone = by_sql(database, schedule(database), "known", hours(99), keep=True)
    assert undone == before
    assert set(step_by_step) - set(before) == {"L3"}
    forget(database)
    assert by_sql(database, schedule(database), "known", hours(99)) == undone


def test_one_value_of_one_lead_among_many_costs_a_fraction_of_judging_all(db):
    versions = Schedule([judging.definition(1, judging.BEGIN)])
    judging.write_leads(db, 50_000)
    all_leads = seconds(lambda: make_classes(db, versions, "known", judging.NOW, next(_tables)))
    with db.writing("attribute_events") as writer:
        writer.run(judging.ONE_MORE, {"now": judging.NOW})
    one_lead = seconds(lambda: make_classes(db, versions, "known", judging.NOW, next(_tables)))
    assert one_lead < all_leads / 2
