"""Judging by SQL says of every lead at every moment what the engine says, from nothing and step by step."""

import os
import random
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadalign.ideal_lead.definition import Definition, Schedule
from leadalign.ideal_lead.intervals import class_intervals
from leadalign.ideal_lead.judging import READINESS
from leadalign.ideal_lead.lead_classes import forget, make_classes
from leadalign.store import open_database
from tests.ideal_lead import logged
from tests.ideal_lead.oracle import START, attributes, days, leaves, schedules_json

LEADS = int(os.environ.get("LEADALIGN_LEADS_JUDGED", "40"))
DEFINITIONS = int(os.environ.get("LEADALIGN_DEFINITIONS", "25"))
MODES = ("known", "hindsight", "what-if:0")
FURTHER = st.one_of(
    st.builds(
        lambda attr, sign, value: {"op": "cmp", "attr": attr, "cmp": sign, "value": value},
        attributes, st.sampled_from(["==", "!=", ">=", "<=", ">", "<"]),
        st.sampled_from([2.0**53, -(2.0**53), 2.0**60, 'q"z', "back\\slash", "שלום", "א", "\U0001f600", "\0", ""]),
    ),
    st.builds(lambda attr: {"op": "in", "attr": attr, "values": []}, attributes),
    st.builds(
        lambda attr, listed: {"op": "in", "attr": attr, "values": listed},
        attributes, st.lists(st.sampled_from([2.0**53, "שלום", "1", "true", False, 1.0]), min_size=1),
    ),
    st.builds(lambda attr: {"op": "between", "attr": attr, "low": "a", "high": "\U0001f600"}, attributes),
    st.builds(lambda length, n: {"op": "count_within", "event": "*", "days": length, "n": n}, days, st.integers(1, 3)),
)  # fmt: skip
RULES = st.recursive(
    leaves | FURTHER,
    lambda inner: st.one_of(
        st.builds(lambda op, of: {"op": op, "of": of}, st.sampled_from(["all", "any"]), st.lists(inner, max_size=3)),
        st.builds(lambda of: {"op": "not", "of": of}, inner),
    ),
    max_leaves=4,
)
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


def schedule_of(found):
    return Schedule(Definition.model_validate(each) for each in found)


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
@given(schedules_json(rules=RULES), st.integers(0, 10**9), st.integers(0, 24))
def test_sql_and_the_engine_say_the_same_of_every_lead_in_every_mode(shared_db, found, seed, quarter):
    facts, versions = logged.many(seed, LEADS), schedule_of(found)
    logged.write(emptied(shared_db), facts)
    until = START + timedelta(hours=6 * quarter)
    for mode in MODES:
        sql, engine = by_sql(shared_db, versions, mode, until), by_engine(facts, versions, mode, until)
        assert sql.keys() == engine.keys()
        assert [(lead, mode, sql[lead], engine[lead]) for lead in engine if sql[lead] != engine[lead]] == []


steps = st.lists(st.sampled_from(["upload", "more", "merge", "undo", "versions", "later"]), min_size=3, max_size=8)


@settings(max_examples=max(8, DEFINITIONS // 3))
@given(st.lists(schedules_json(rules=RULES), min_size=2, max_size=3), steps, st.integers(0, 10**9))
def test_step_by_step_gives_what_from_nothing_gives(shared_db, schedules, taken, seed):
    facts, dice, until = logged.Facts(), random.Random(seed), START
    database, written, versions = emptied(shared_db), None, schedule_of(schedules[0])
    for number, step in enumerate(["upload", *taken]):
        until = _take(facts, dice, step, f"b{number}", until)
        versions = schedule_of(dice.choice(schedules)) if step == "versions" else versions
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
