"""What the data health page counts, counted a second way in plain Python on random small worlds."""

from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadalign.figures import Frame, figure, figures
from leadalign.ideal_lead.definition import Definition
from leadalign.work_calendar import Calendar
from tests.worlds import START, World, hours

LEADS, REPS, NOW, DEFAULTS = ("L1", "L2", "L3"), ("r1", "r2"), hours(5000), {"call": 10, "meeting": 60}
KINDS = ("won", "accepted", "rejected", "handed_off", "assigned", "opportunity", "lost", "recycled")
SLACK = timedelta(minutes=5)
COMPANY = Calendar()
moment = st.one_of(st.integers(-60, 60), st.sampled_from([-10, 14, 38, 4990, 4999, 5001, 6000]))
"""Hours; 14 and 38 are midnight in Jerusalem, and some lie in the future."""
delay = st.sampled_from([0, 0, 0, -1, 1, 30, 200])
HEALTH = {
    "definition_id": "ideal", "version": 1, "effective_from": START.isoformat(), "effective_to": None,
    "agreed_by": {"marketing": "m1", "sales": "r1"}, "value_bands": [["A", 50], ["B", 0]],
    "readiness_bands": [["1", 0]], "routes": {"A1": "SRL", "B1": "LOW"},
    "criteria": [
        {"id": "M", "dimension": "value", "kind": "must", "expr": {"op": "in", "attr": "country", "values": ["IL"]}},
        {"id": "S", "dimension": "value", "kind": "points", "points": 60,
         "expr": {"op": "cmp", "attr": "size", "cmp": ">=", "value": 50}},
        {"id": "J", "dimension": "value", "kind": "points", "points": -20,
         "expr": {"op": "cmp", "attr": "student", "cmp": "==", "value": True}},
    ],
}  # fmt: skip
POINTS = {"size": 60, "student": 20}


@st.composite
def worlds(draw) -> World:
    """A few leads with steps, values and calls in an order that makes sense or not."""
    world = World(definitions=[Definition.model_validate(HEALTH)])
    for rep, minutes in zip(REPS, draw(st.sampled_from([(480, 240), (480, None)])), strict=True):
        world.person(rep, "sales", daily_work_min=minutes)
    world.person("m1", "marketing")
    for lead in LEADS[: draw(st.integers(1, 3))]:
        known = {name: draw(st.sampled_from([None, 80, True])) for name in ("size", "student", "country")}
        world.lead(lead, draw(st.integers(0, 30)), **{name: value for name, value in known.items() if value})
        for _ in range(draw(st.integers(0, 5))):
            at = draw(moment)
            world.step(lead, draw(st.sampled_from(KINDS)), at, at + draw(delay))
        for _ in range(draw(st.integers(0, 2))):
            at = draw(moment)
            world.value(lead, draw(st.sampled_from(["size", "student"])), 80, at, at + draw(delay))
    for _ in range(draw(st.integers(0, 6))):
        lead, rep = draw(st.sampled_from([*LEADS, None])), draw(st.sampled_from([*REPS, "m1"]))
        world.activity(lead, draw(moment), draw(st.sampled_from([None, 30])), rep, recorded=draw(moment))
    return world


def leads(world: World) -> dict[str, object]:
    return {row["lead_id"]: row["created_at"] for row in world.leads}


def known_points(world: World, lead: str, at) -> tuple[int, int]:
    """Points that could be told, and all, of a lead at a moment."""
    told = {}
    for row in sorted(world.values, key=lambda row: (row["observed_at"], row["recorded_at"], row["event_id"])):
        if row["lead_id"] == lead and row["observed_at"] <= at and row["recorded_at"] <= at:
            told[row["attr"]] = row["value"]
    comparable = {"size": told.get("size") == "80", "student": told.get("student") in ("true", "80")}
    return sum(POINTS[name] for name in POINTS if comparable[name] and answers(name, told[name])), sum(POINTS.values())


def answers(name: str, value: str) -> bool:
    """A size must be a number and a student true or false, or the rule cannot say."""
    return value == "80" if name == "size" else value == "true"


def standing(world: World) -> list[dict]:
    """The steps recorded and happened by now, in order."""
    found = [s for s in world.steps if s["recorded_at"] <= NOW and s["occurred_at"] <= NOW]
    return sorted(found, key=lambda s: (s["occurred_at"], int(s["event_id"][1:])))


def is_before(at, other) -> bool:
    """By the moment, but a bare day only by its day."""
    local, there = (each.astimezone(ZoneInfo("Asia/Jerusalem")) for each in (at, other))
    bare = (local.hour, local.minute) == (0, 0)
    return local.date() < there.date() or (at < other and not bare)


def cycles(world: World, lead: str) -> list[dict]:
    found: list[dict] = []
    for step in (s for s in standing(world) if s["lead_id"] == lead):
        if step["event"] == "handed_off":
            found.append({"at": step["occurred_at"], "until": None, "ended": None, "taken": None})
            if len(found) > 1:
                found[-2]["until"] = step["occurred_at"]
        elif found:
            if step["event"] in ("rejected", "recycled", "won", "lost") and not found[-1]["ended"]:
                found[-1]["ended"] = step["occurred_at"]
            if step["event"] in ("assigned", "accepted", "opportunity", "won") and not found[-1]["taken"]:
                found[-1]["taken"] = step["occurred_at"]
    return found


def calls(world: World) -> list[dict]:
    return [a for a in world.activities if a["started_at"] <= NOW and a["recorded_at"] <= NOW]


def unassigned(world: World, lead: str) -> int:
    """Cycles in which a sales person worked before anybody had the lead, where assignments are told at all."""
    if not any(s["event"] == "assigned" for s in standing(world)):
        return 0
    mine = [a["started_at"] for a in calls(world) if a["lead_id"] == lead and a["person_id"] != "m1"]
    return sum(
        any(
            cycle["at"] <= at
            and all(end is None or at < end for end in (cycle["until"], cycle["ended"], cycle["taken"]))
            for at in mine
        )
        for cycle in cycles(world, lead)
    )


def opened_twice(world: World, lead: str) -> int:
    told = [s for s in standing(world) if s["lead_id"] == lead and s["event"] in
            ("opportunity", "won", "lost", "rejected", "recycled")]  # fmt: skip
    return sum(
        a["event"] == b["event"] == "opportunity" and a["occurred_at"] < b["occurred_at"] for a, b in pairwise(told)
    )


def errors(world: World) -> dict[str, int]:
    """Each kind of impossible thing, counted one by one."""
    born, steps = leads(world), standing(world)
    handed = {s["lead_id"]: s["occurred_at"] for s in reversed(steps) if s["event"] == "handed_off"}
    told = [
        *((row["lead_id"], row["occurred_at"], row["recorded_at"]) for row in world.steps),
        *((row["lead_id"], row["observed_at"], row["recorded_at"]) for row in world.values),
        *((row["lead_id"], row["started_at"], row["recorded_at"]) for row in world.activities),
    ]
    early = [at for lead, at, recorded in told if lead in born and recorded <= NOW and recorded < at - SLACK]
    found = {
        "won_before_created": sum(
            is_before(s["occurred_at"], born[s["lead_id"]]) for s in steps if s["event"] == "won"
        ),
        "activity_before_created": sum(
            is_before(a["started_at"], born[a["lead_id"]]) for a in calls(world) if a["lead_id"] in born
        ),
        "answered_before_handed_over": sum(
            is_before(s["occurred_at"], handed[s["lead_id"]])
            for s in steps
            if s["event"] in ("accepted", "rejected") and s["lead_id"] in handed
        ),
        "recorded_before_happened": sum(at <= NOW + SLACK for at in early),
        "in_future": sum(at > NOW + SLACK for at in early),
        "worked_unassigned": sum(unassigned(world, lead) for lead in born),
        "opened_twice": sum(opened_twice(world, lead) for lead in born),
    }
    return {kind: count for kind, count in found.items() if count}


@given(worlds())
def test_impossible_sequences_agree_with_a_count_by_hand(world):
    db, expected = world.database(), errors(world)
    by_kind = {each.by["kind"]: int(each.part or 0) for each in figures(db, "sequence_errors", Frame(NOW), ("kind",))}
    assert {kind: count for kind, count in by_kind.items() if kind} == expected
    assert figure(db, "sequence_errors", Frame(as_of=NOW)).value == sum(expected.values())
    db.close()


@given(worlds())
def test_what_is_known_logged_and_late_agrees_with_a_count_by_hand(world):
    db = world.database()
    check_what_was_known_of_leads(db, world)
    check_logged_time(db, world)
    check_how_late_things_are_recorded(db, world)
    db.close()


def check_what_was_known_of_leads(db, world: World) -> None:
    created = [known_points(world, lead, at) for lead, at in leads(world).items()]
    handed = [
        known_points(world, lead, cycle["at"])
        for lead, at in leads(world).items()
        for cycle in cycles(world, lead)
        if cycle["at"] >= at
    ]
    for name, told in (("completeness", created), ("handover_completeness", handed)):
        found = figure(db, name, Frame(as_of=NOW))
        assert (found.part or 0, found.whole or 0) == (sum(k for k, _ in told), sum(n for _, n in told))
        assert (found.value is None) == (not told)


def check_logged_time(db, world: World) -> None:
    today = COMPANY.day_of(NOW)
    own = {row["person_id"]: row["daily_work_min"] or 480 for row in world.people if row["function"] == "sales"}
    available = logged = 0.0
    for rep, minutes in own.items():
        days = [COMPANY.day_of(a["started_at"]) for a in calls(world) if a["person_id"] == rep]
        if not days:
            continue
        rows = COMPANY.rows(min(days).replace(day=1), today)
        last = next(row.work_day_no for row in rows if row.day == max(days))
        there = [row for row in rows if row.work_day_no <= last + 60 and row.day < today]
        available += sum(row.work_fraction * minutes for row in there)
        logged += sum(
            DEFAULTS["call"] if a["minutes"] is None else a["minutes"]
            for a in calls(world)
            if a["person_id"] == rep and a["lead_id"] in leads(world) and COMPANY.day_of(a["started_at"]) < today
        )
    found = figure(db, "logging_coverage", Frame(as_of=NOW))
    assert (found.part or 0, found.whole or 0) == (logged, pytest.approx(available))


def check_how_late_things_are_recorded(db, world: World) -> None:
    told = [
        *((row["lead_id"], row["occurred_at"], row["recorded_at"]) for row in world.steps),
        *((row["lead_id"], row["observed_at"], row["recorded_at"]) for row in world.values),
        *((row["lead_id"], row["started_at"], row["recorded_at"]) for row in world.activities),
    ]
    days = sorted(
        max((recorded - at) / timedelta(days=1), 0)
        for lead, at, recorded in told
        if lead in leads(world) and at <= NOW and recorded <= NOW
    )
    nine_in_ten = figure(db, "recording_delay_days", Frame(as_of=NOW))
    assert figure(db, "longest_recording_delay_days", Frame(as_of=NOW)).value == (
        pytest.approx(days[-1]) if days else None
    )
    assert nine_in_ten.value == (pytest.approx(quantile(days, 0.9)) if days else None)


def quantile(ordered: list[float], share: float) -> float:
    """Between two neighbours by the straight line."""
    place = share * (len(ordered) - 1)
    below = ordered[int(place)]
    return below + (place - int(place)) * (ordered[min(int(place) + 1, len(ordered) - 1)] - below)


@given(worlds(), st.data())
def test_duplicates_agree_with_a_count_by_hand(world, data):
    merged = [lead for lead in leads(world) if lead != "L1" and data.draw(st.booleans())]
    for lead in merged:
        world.step(lead, "merged", 70, reason="dup_of:L1")
    db = world.database()
    found = figure(db, "duplicates", Frame(as_of=NOW))
    assert (found.part, found.whole) == (len(merged), len(leads(world)))
    waiting = figure(db, "open_duplicates", Frame(as_of=NOW))
    assert (waiting.part, waiting.whole) == (0, len(leads(world)) - len(merged))
    db.close()
