"""Activities that come in again: only what is new or told otherwise is appended, and the last word counts."""

from collections.abc import Iterator

import pandas as pd
import pytest

from leadalign.store import Database, commit, open_database
from leadalign.store.people import COMMAND_LINE
from tests.worlds import hours, upload


@pytest.fixture
def db() -> Iterator[Database]:
    database = open_database(None)
    yield database
    database.close()


def tell(db: Database, at: float, *calls: tuple[str, float, float], **more: object) -> int:
    """Takes in calls (id, hour, minutes); how many rows that added."""
    rows = [
        {"activity_id": key, "lead_id": "L1", "person_id": "r1", "type": "call", "started_at": hours(began),
         "minutes": float(minutes), **more}
        for key, began, minutes in calls
    ]  # fmt: skip
    return commit(db, COMMAND_LINE, upload({"activities": pd.DataFrame(rows)}, hours(at))).events_added


def minutes(db: Database) -> list[tuple[str, float]]:
    """What stands, in the order of the log."""
    return db.rows("SELECT activity_id, minutes FROM live.activities ORDER BY event_order")


def test_the_same_activities_again_add_nothing(db):
    assert tell(db, 100, ("a1", 1, 5), ("a2", 2, 6)) == 2
    assert tell(db, 200, ("a2", 2, 6), ("a1", 1, 5)) == 0


def test_only_what_changed_is_appended_and_counts_as_known_from_then(db):
    tell(db, 100, ("a1", 1, 5), ("a2", 2, 6))
    assert tell(db, 200, ("a1", 1, 5), ("a2", 2, 7)) == 1
    assert minutes(db) == [("a1", 5), ("a2", 6), ("a2", 7)]
    assert db.rows("SELECT recorded_at FROM live.activities WHERE minutes = 7") == [(hours(200),)]


def test_a_correction_is_compared_with_the_last_word_not_with_an_earlier_one(db):
    for at, length, added in ((100, 5, 1), (200, 7, 1), (300, 7, 0), (400, 5, 1), (500, 5, 0)):
        assert tell(db, at, ("a1", 1, length)) == added


def test_of_two_rows_with_one_id_the_later_counts(db):
    assert tell(db, 100, ("a1", 1, 5), ("a1", 3, 6), ("a2", 2, 7)) == 2
    assert sorted(minutes(db)) == [("a1", 6), ("a2", 7)]


def test_how_a_call_came_about_and_what_for_is_kept_and_may_be_told_later(db):
    tell(db, 100, ("a1", 1, 5))
    assert tell(db, 200, ("a1", 1, 5), direction="Inbound", purpose="Demo") == 1
    assert tell(db, 300, ("a1", 1, 5), direction="Inbound", purpose="Demo") == 0
    assert db.rows("SELECT direction, purpose FROM live.activities ORDER BY event_order") == [
        (None, None), ("Inbound", "Demo"),
    ]  # fmt: skip


def test_an_export_that_lacks_a_column_takes_nothing_back(db):
    tell(db, 100, ("a1", 1, 5), outcome="Interested", purpose="Demo")
    assert tell(db, 200, ("a1", 1, 5)) == 0
    assert tell(db, 300, ("a1", 1, 8)) == 1
    assert db.rows("SELECT outcome, purpose FROM live.activities WHERE minutes = 8") == [("Interested", "Demo")]
