"""Random leads as rows of the log, and the same leads as histories for the engine: two ways from one list of facts."""

import json
import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

import pyarrow as pa

from leadalign.ideal_lead.definition import Definition, Schedule
from leadalign.ideal_lead.known import AttributeEvent, LeadHistory, Merge, Touch
from tests.ideal_lead.oracle import CELL_ROUTES, START

ATTRIBUTES = ("x", "y")
VALUES = (
    *(None, "null", "true", "false", "0", "1", "2", "3", "1.5", "-0", "2e0", "-20", "1e999", "NaN", "-Infinity"),
    *("9007199254740992", "9007199254740993", "-9007199254740993", "1152921504606846976", "1" + 400 * "0", " 1", "1 "),
    *('"a"', '"b"', '""', '"שלום"', '"q\\"z"', '"back\\\\slash"', '"\\u05d0"', '"\\ud83d\\ude00"', '"\\u0000"', '"1"'),
    *('"A\U0001f600"', '"true"', '["a", 1]', "[]", "{}", '{"a": null}'),
)  # fmt: skip
"""JSON as a CRM may leave it: every kind, the numbers next to 2**53, quotes, backslashes, Hebrew, lists, objects."""
TABLES = ("leads", "attribute_events", "activities", "stage_events")


@dataclass
class Facts:
    """Rows of the log by table, and the uploads that were undone."""

    rows: dict[str, list[dict]] = field(default_factory=lambda: defaultdict(list))
    undone: set[str] = field(default_factory=set)
    number: int = 0

    def add(self, table, recorded_at, batch, **row):
        """One row; gives the number by which its event is known."""
        self.number += 1
        self.rows[table].append({**row, "recorded_at": recorded_at, "batch_id": batch})
        return self.number

    def live(self, table):
        """The rows that stand, in the order in which they came."""
        return [row for row in self.rows[table] if row["batch_id"] not in self.undone]


def moment(dice):
    """A moment from a few, so that ties and boundaries happen all the time; now and then a tick later."""
    return START + timedelta(hours=6 * dice.randint(-4, 24), microseconds=dice.choice([0, 0, 0, 1]))


def add_lead(facts, dice, lead_id, batch, others=()):
    """A lead with up to seven values and four touches, now and then merged into another one and taken back."""
    facts.add("leads", START, batch, lead_id=lead_id, created_at=dice.choice([START, START + timedelta(hours=6)]))
    for _ in range(dice.randint(0, 7)):
        add_value(facts, dice, lead_id, batch)
    for _ in range(dice.randint(0, 4)):
        add_touch(facts, dice, lead_id, batch)
    if others and dice.random() < 0.15:
        add_merge(facts, dice, lead_id, dice.choice(others), batch)


def add_value(facts, dice, lead_id, batch):
    """What an attribute was seen to be."""
    facts.add(
        "attribute_events", moment(dice), batch, event_id=f"e{facts.number}", lead_id=lead_id,
        attr=dice.choice(ATTRIBUTES), value=dice.choice(VALUES[:9] if dice.random() < 0.7 else VALUES),
        observed_at=moment(dice),
    )  # fmt: skip


def add_touch(facts, dice, lead_id, batch):
    """A call, a form, or a mail that a machine sent, which is no touch."""
    facts.add(
        "activities", moment(dice), batch, activity_id=f"a{facts.number}", lead_id=lead_id,
        type=dice.choice(["call", "call", "form", "automated_email"]), started_at=moment(dice),
    )  # fmt: skip


def add_merge(facts, dice, lead_id, into, batch):
    """The lead becomes part of another one; every other time that is taken back."""
    event_id = f"m{facts.number}"
    facts.add(
        "stage_events", moment(dice), batch, event_id=event_id, lead_id=lead_id, event="merged",
        occurred_at=moment(dice), reason=f"dup_of:{into}", voids_event_id=None,
    )  # fmt: skip
    if dice.random() < 0.5:
        facts.add(
            "stage_events", moment(dice), batch, event_id=f"w{facts.number}", lead_id=lead_id, event="withdrawn",
            occurred_at=moment(dice), reason=None, voids_event_id=event_id,
        )  # fmt: skip


def many(seed, count):
    """So many random leads."""
    facts, dice = Facts(), random.Random(seed)
    others = [f"L{number}" for number in range(count)]
    for lead_id in others:
        add_lead(facts, dice, lead_id, "b1", others)
    return facts


def write(db, facts, since=None):
    """Appends to the log what came since (a count for each table), and undoes what was undone."""
    with db.engine.transaction() as writer:
        for table in TABLES:
            rows = facts.rows[table][(since or {}).get(table, 0) :]
            fixed = {
                "leads": ", 'crm' AS system", "attribute_events": ", FALSE AS assumed"
            }.get(table, "")  # fmt: skip
            if rows:
                with writer.given("facts_given", pa.Table.from_pylist(rows)):
                    writer.run(
                        f"INSERT INTO log.{table} BY NAME SELECT *, 'somebody' AS recorded_by{fixed} FROM facts_given"
                    )
        writer.run("DELETE FROM log.batch_undos")
        for batch in facts.undone:
            writer.insert("log.batch_undos", batch_id=batch, recorded_at=START, recorded_by="somebody")
    return {table: len(facts.rows[table]) for table in TABLES}


def histories(facts, until=None):
    """What the engine knows of the leads, in hindsight as recorded until then."""
    created, found = {}, defaultdict(lambda: defaultdict(list))
    for row in facts.live("leads"):
        created[row["lead_id"]] = min(row["created_at"], created.get(row["lead_id"], row["created_at"]))
    seen = {table: [r for r in facts.live(table) if not until or r["recorded_at"] <= until] for table in TABLES}
    for row in seen["attribute_events"]:
        value = None if row["value"] is None else json.loads(row["value"])
        event = AttributeEvent(row["event_id"], row["attr"], value, row["observed_at"], row["recorded_at"])
        found[row["lead_id"]]["events"].append(event)
    for row in seen["activities"]:
        if row["type"] != "automated_email":
            found[row["lead_id"]]["touches"].append(Touch(row["started_at"], row["recorded_at"], row["type"]))
    undone = {row["voids_event_id"]: row["recorded_at"] for row in seen["stage_events"] if row["voids_event_id"]}
    for row in seen["stage_events"]:
        if row["event"] == "merged":
            into = row["reason"].removeprefix("dup_of:")
            merge = Merge(row["occurred_at"], into, row["recorded_at"], undone.get(row["event_id"]))
            found[row["lead_id"]]["merges"].append(merge)
    return {
        lead_id: LeadHistory(
            lead_id, at, tuple(found[lead_id]["events"]), tuple(found[lead_id]["touches"]),
            tuple(found[lead_id]["merges"]),
        )
        for lead_id, at in created.items()
    }  # fmt: skip


NUMBERS = (0.0, 1.0, 2.0, 1.5, -20.0, 2.0**53, -(2.0**53), 2.0**60)
TEXTS = ("a", "b", "", "1", "true", "שלום", "א", 'q"z', "back\\slash", "\U0001f600", "\0")
LEAF_OPERATORS = ("cmp", "cmp", "in", "between", "exists", "count_within", "age_days")


def rule(dice, depth=0):
    """A rule of any kind, at most three deep."""
    op = dice.choice((*LEAF_OPERATORS, *(("all", "any", "not") if depth < 2 else ())))
    attr = {"op": op, "attr": dice.choice(ATTRIBUTES)}
    if op == "cmp":
        value = dice.choice(dice.choice((NUMBERS, TEXTS, (True, False))))
        signs = ("==", "!=") if isinstance(value, bool) else ("==", "!=", ">=", "<=", ">", "<")
        return {**attr, "cmp": dice.choice(signs), "value": value}
    if op == "in":
        return {**attr, "values": dice.sample((*NUMBERS, *TEXTS, True, False), dice.choice((0, 1, 3, 6)))}
    if op == "between":
        low, high = sorted(dice.sample(dice.choice((NUMBERS, TEXTS)), 2))
        return {**attr, "low": low, "high": high}
    if op == "count_within":
        return {"op": op, "event": dice.choice(("call", "form", "*")), "days": dice.choice((0.5, 1.0, 2.25)),
                "n": dice.randint(1, 3)}  # fmt: skip
    if op == "age_days":
        return {"op": op, "cmp": dice.choice((">=", "<=", ">", "<")), "value": dice.choice((0, 0.5, 1.0, 2.25))}
    if op == "exists":
        return attr
    return {"op": op, "of": rule(dice, depth + 1) if op == "not" else [rule(dice, depth + 1) for _ in range(2)]}


def definition(dice, version, begins):
    """A version with up to seven criteria, now and then with more than are completed one by one."""
    criteria = []
    for place in range(dice.choice((0, 1, 2, 3, 4, 5, 6, 7, 16))):
        kind = dice.choice(["points", "points", "points", "must", "exclude"])
        points = dice.choice([-20, 30, 40, 50]) if kind == "points" else 0
        axis = dice.choice(["value", "readiness"])
        criteria.append({"id": f"c{place}", "dimension": axis, "kind": kind, "points": points, "expr": rule(dice)})
    return Definition.model_validate({
        "definition_id": "random", "version": version, "effective_from": begins, "effective_to": None,
        "agreed_by": {"marketing": "m", "sales": "s"} if version else {},
        "value_bands": [["A", 70], ["B", 30], ["C", 0]], "readiness_bands": [["1", 70], ["2", 30], ["3", -10]],
        "routes": CELL_ROUTES, "criteria": criteria,
    })  # fmt: skip


def versions(dice):
    """Version 0, and up to two signed ones; both may begin at one moment."""
    signed = [definition(dice, number, moment(dice)) for number in range(1, 1 + dice.randint(0, 2))]
    return Schedule([definition(dice, 0, START), *signed])


def next_versions(dice, old):
    """One version more, one taken back, or something else altogether."""
    what = dice.choice(["more", "more", "back", "other"])
    if what == "other" or (what == "back" and not old.signed):
        return versions(dice)
    if what == "back":
        return Schedule([old.unsigned, *old.signed[:-1]])
    number = max((each.version for each in old.signed), default=0) + 1
    return Schedule([old.unsigned, *old.signed, definition(dice, number, moment(dice))])
