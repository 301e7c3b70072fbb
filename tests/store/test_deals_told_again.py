"""A deal that an export tells again: what changed is noticed, and what did not change stays as old as it was."""

from datetime import UTC, datetime

from leadalign import uploads
from leadalign.facts import Viewpoint, table
from leadalign.figures import Frame, figure
from leadalign.store import Database, open_database
from leadalign.store.people import COMMAND_LINE

FIRST, SECOND = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
LEADS = (
    "LEADID,Lead Owner,Lead Status,Created Time,CONVERTED\n"
    "11,Dana,Qualified,2026-01-05,Yes\n12,Dana,Qualified,2026-01-06,Yes\n"
)
DEALS = "Record Id,Deal Name,Deal Owner,Created Time,Closing Date,Amount,Stage,LEADID,Reason For Loss\n"


def told(db: Database, text: str, at: datetime) -> int:
    """How many rows the file added."""
    return uploads.take_in(
        db, COMMAND_LINE, uploads.understand(db, "f.csv", text.encode()), text.encode(), at
    ).events_added


def deal(owner: str = "Gil", lead: str = "11", reason: str = "price", stage: str = "Closed Lost") -> str:
    """An export of one deal."""
    return f"{DEALS}7,One,{owner},2026-01-20,2026-02-10,500,{stage},{lead},{reason}\n"


def steps(db: Database) -> list[tuple]:
    """The steps of the deal as they stand."""
    fact = table(db, "stage_events", Viewpoint(SECOND))
    return db.rows(
        f"SELECT event, lead_id, owner_id, reason, CAST(recorded_at AS DATE)::TEXT FROM {fact} "
        "WHERE deal_id = '7' ORDER BY occurred_at"
    )


def world() -> Database:
    """The two leads and the deal as first told."""
    db = open_database(None)
    told(db, LEADS, FIRST)
    told(db, deal(), FIRST)
    return db


def test_the_same_export_adds_nothing():
    assert told(world(), deal(), SECOND) == 0


def test_another_owner_reason_and_lead_are_noticed_and_the_steps_stay_as_old_as_they_are():
    db = world()
    before = steps(db)
    assert told(db, deal(owner="Rami", lead="12", reason="no budget"), SECOND) > 0
    assert [row[:4] for row in steps(db)] == [
        ("opportunity", "12", "Rami", None), ("lost", "12", "Rami", "no budget"),
    ]  # fmt: skip
    assert [row[4] for row in steps(db)] == [row[4] for row in before]


def test_what_was_known_then_is_still_what_was_known_then():
    db = world()
    told(db, deal(owner="Rami", lead="12"), SECOND)
    fact = table(db, "stage_events", Viewpoint(FIRST))
    assert db.rows(f"SELECT DISTINCT lead_id, owner_id FROM {fact} WHERE deal_id = '7'") == [("11", "Gil")]


def test_an_export_without_the_column_takes_nothing_back():
    db = world()
    header = "Record Id,Deal Name,Deal Owner,Created Time,Closing Date,Amount,Stage\n"
    told(db, header + "7,One,Gil,2026-01-20,2026-02-10,500,Closed Lost\n", SECOND)
    assert {row[1:4] for row in steps(db)} == {("11", "Gil", None), ("11", "Gil", "price")}


def test_a_win_that_changes_hands_stays_a_win_of_its_month():
    db = open_database(None)
    told(db, LEADS, FIRST)
    told(db, deal(stage="Closed Won"), FIRST)
    told(db, deal(stage="Closed Won", owner="Rami"), SECOND)
    assert figure(db, "deals_won", Frame()).value == figure(db, "deals_won_known", Frame()).value == 1
