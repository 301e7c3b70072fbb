"""Marketing's records against sales', lead by lead, counted a second way in plain Python on random small worlds."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadalign.figures import Frame, figure, figures
from leadalign.reconciliation import reconciliation
from leadalign.store import open_database
from leadalign.work_calendar import Calendar
from tests.worlds import World, hours

NOW = Frame(as_of=hours(5000))
LEADS = ("L1", "L2", "L3", "L4")
moment = st.sampled_from([1, 5, 30, 200, 650, 665, 700])
"""Hours from 4 January; at 665 it is February in Jerusalem, and January still in UTC."""
MARKETING, SALES = ("handed_off", "opportunity", "won"), ("assigned", "accepted", "opportunity", "won", "lost")
ARRIVED = ("assigned", "accepted", "rejected", "opportunity", "won")


@st.composite
def stories(draw) -> tuple[World, World]:
    """What marketing's CRM tells of four leads, and what sales' tells of them and of one that nobody knows."""
    marketing, sales = World(), World().person("r1", "sales")
    for lead in LEADS:
        marketing.lead(lead, 0)
        for event in draw(st.lists(st.sampled_from(MARKETING), max_size=3, unique=True)):
            marketing.step(lead, event, draw(moment))
    for lead in (*LEADS, "D9"):
        for event in draw(st.lists(st.sampled_from(SALES), max_size=3, unique=True)):
            sales.step(lead, event, draw(moment))
            sales.steps[-1]["event_id"] = f"sales-{len(sales.steps)}"
    for _ in range(draw(st.integers(0, 3))):
        sales.activity(draw(st.sampled_from([*LEADS, "D9"])), draw(moment))
    return marketing, sales


def first_days(world: World, events: tuple[str, ...]) -> dict[str, object]:
    """The first day on which each lead has one of these steps."""
    found: dict = {}
    for step in sorted(world.steps, key=lambda step: step["occurred_at"]):
        if step["event"] in events:
            found.setdefault(step["lead_id"], Calendar().day_of(step["occurred_at"]))
    return found


def arrived(sales: World) -> dict[str, object]:
    """When sales first did anything with each lead: a step, or a call on a lead that somebody knows."""
    found = first_days(sales, ARRIVED)
    for call in sales.activities:
        day = Calendar().day_of(call["started_at"])
        if call["lead_id"] in LEADS:
            found[call["lead_id"]] = min(day, found.get(call["lead_id"], day))
    return found


def two_lists(marketing: World, sales: World) -> dict[str, tuple[dict, dict]]:
    return {
        "handed_over": (first_days(marketing, ("handed_off",)), arrived(sales)),
        "opportunity": (first_days(marketing, ("opportunity",)), first_days(sales, ("opportunity",))),
        "won": (first_days(marketing, ("won",)), first_days(sales, ("won",))),
    }


def database(marketing: World, sales: World):
    db = marketing.into(open_database(None), hours(9_000), "hubspot")
    return sales.into(db, hours(9_000), "salesforce")


@given(stories(), st.sampled_from([None, 1, 2]))
def test_both_lists_close_and_agree_with_a_count_by_hand(told, month):
    db, lists = database(*told), two_lists(*told)
    frame = (
        NOW
        if month is None
        else NOW.between(*(Calendar().day_of(hours(0)).replace(day=1, month=m) for m in (month, month + 1)))
    )
    for thing, (ours, theirs) in lists.items():
        a, b = ({lead for lead, day in each.items() if month in (None, day.month)} for each in (ours, theirs))
        found = reconciliation(db, frame, thing)
        if not (ours and theirs):
            assert found.state == ("one_side" if ours or theirs else "nothing")
            continue
        assert found.state == "two_sides"
        assert (found.marketing, found.sales, found.both) == (len(a), len(b), len(a & b))
        assert (found.marketing - found.both, found.sales - found.both) == (len(a - b), len(b - a))
        assert {row["lead_id"] for row in found.only_marketing} == a - b
        assert {row["lead_id"] for row in found.only_sales} == b - a
        assert sum(found.reasons("only_marketing").values()) == len(a - b)
    db.close()


@given(stories())
def test_the_share_told_by_both_agrees_with_a_count_by_hand(told):
    db = database(*told)
    both, every = Counter(), Counter()
    for thing, (ours, theirs) in two_lists(*told).items():
        if ours and theirs:
            both[thing], every[thing] = len(ours.keys() & theirs.keys()), len(ours.keys() | theirs.keys())
    found = {
        each.by["thing"]: (each.part or 0, each.whole or 0) for each in figures(db, "told_by_both", NOW, ("thing",))
    }
    assert {thing: counts for thing, counts in found.items() if counts[1]} == {
        thing: (both[thing], every[thing]) for thing in every
    }
    whole = figure(db, "told_by_both", NOW)
    assert whole.value == (pytest.approx(sum(both.values()) / sum(every.values())) if every else None)
    db.close()


def world_of_reasons() -> tuple[World, World]:
    """One lead for each reason why one list lacks what the other has."""
    marketing, sales = World(), World()
    for lead in ("same", "moved", "open", "lost", "late", "lone", "twin", "double"):
        marketing.lead(lead, 0)
    for lead, at in (
        ("same", 50),
        ("moved", 640),
        ("open", 60),
        ("lost", 60),
        ("lone", 60),
        ("late", 8_000),
        ("twin", 60),
    ):
        marketing.step(lead, "won", at)
    marketing.step("double", "merged", 10, reason="dup_of:twin")
    told = [("same", "won", 50), ("moved", "won", 665), ("open", "opportunity", 40), ("lost", "lost", 61),
            ("double", "won", 60), ("D7", "won", 70)]  # fmt: skip
    for number, (lead, event, at) in enumerate(told):
        sales.step(lead, event, at)
        sales.steps[-1]["event_id"] = f"sales-{number}"
    return marketing, sales


def test_each_difference_has_its_reason_where_it_can_be_told():
    marketing, sales = world_of_reasons()
    db = marketing.into(open_database(None), hours(9_000), "hubspot")
    sales.into(db, hours(5_000), "salesforce")
    found = reconciliation(db, Frame(as_of=hours(9_500)), "won")
    assert (found.marketing, found.sales, found.both) == (7, 4, 3)  # the merged one speaks for its twin
    assert {row["lead_id"]: row["reason"] for row in found.only_marketing} == {
        "open": "still_open", "lost": "lost_there", "late": "not_uploaded_yet", "lone": "no_trace",
    }  # fmt: skip
    assert {row["lead_id"]: row["reason"] for row in found.only_sales} == {"D7": "unknown_lead"}
    assert {row["lead_id"]: row["reason"] for row in found.moved} == {"moved": "other_month"}


def test_a_deal_that_each_side_has_in_another_month_is_only_in_one_list_of_that_month():
    marketing, sales = world_of_reasons()
    db = database(marketing, sales)
    january = Frame(as_of=hours(9_500)).between(*(Calendar().day_of(hours(0)).replace(day=1, month=m) for m in (1, 2)))
    found = reconciliation(db, january, "won")
    assert {row["lead_id"]: row["reason"] for row in found.only_marketing}["moved"] == "other_month"


def test_one_system_that_tells_both_sides_leaves_nothing_to_reconcile():
    world = World().lead("L1").step("L1", "handed_off", 1).step("L1", "assigned", 2).step("L1", "won", 9)
    db = world.database()
    assert [reconciliation(db, NOW, thing).state for thing in ("handed_over", "won")] == ["one_side", "one_side"]
    assert reconciliation(db, NOW, "opportunity").state == "nothing"
    assert figure(db, "told_by_both", NOW).note == "no_data"


def test_a_lead_that_was_set_aside_is_named_as_the_reason():
    marketing, sales = world_of_reasons()
    db = database(marketing, sales)
    with db.writing("aside_events") as writer:
        writer.insert("log.aside_events", event_id="x", lead_id="lone", event="set_aside", reason="test",
                      recorded_at=hours(9_100), recorded_by="r1")  # fmt: skip
    reasons = {
        row["lead_id"]: row["reason"] for row in reconciliation(db, Frame(as_of=hours(9_500)), "won").only_marketing
    }
    assert reasons["lone"] == "set_aside"
