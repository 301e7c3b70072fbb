"""kill -9 at any moment: what was confirmed is there, whole, and of what was not confirmed there is nothing."""

import os

import pytest

from bench.faults import AIMS, LEADS, half_there, kill_again_and_again, lost
from leadalign.__main__ import check
from leadalign.store import open_database
from leadalign.store.people import COMMAND_LINE
from leadalign.uploads import take_in, take_out, understand

KILLS = 52
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


def test_a_process_killed_52_times_loses_nothing_that_it_confirmed_and_leaves_nothing_half_there(tmp_path, capsys):
    path = tmp_path / "killed.duckdb"
    told = kill_again_and_again(path, KILLS, seed=3)
    assert told.wrong == []
    assert told.kills == dict.fromkeys(AIMS, KILLS // len(AIMS))
    assert min(told.confirmed[what] for what in ("import", "undo", "format", "rating")) > 0
    assert told.slowest_opening < 5
    check(path)
    assert f"batches: {sum(1 for _ in standing(path))}" in capsys.readouterr().out


def standing(path):
    db = open_database(path)
    found = db.rows("SELECT batch_id FROM live.batches")
    db.close()
    return found


@pytest.fixture
def db():
    """A database with two uploads of one export, and of a third that was undone."""
    db = open_database(None)
    for grade in "ABC":
        content = f"Id,Born,Source,Grade\nL1,2026-01-04T07:00:00Z,Ads,{grade}\nL2,2026-01-04T08:00:00Z,,A\n".encode()
        report = take_in(db, COMMAND_LINE, understand(db, "leads.csv", content, LEADS), content)
    take_out(db, COMMAND_LINE, report.batch_id)
    yield db
    db.close()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM log.leads WHERE lead_id = 'L2'",
        "DELETE FROM log.batches WHERE batch_id = (SELECT min(batch_id) FROM log.leads)",
        "DELETE FROM log.audit WHERE action = 'undo'",
        "DELETE FROM log.batch_undos",
        "UPDATE log.leads SET event_order = 1",
    ],
)
def test_what_is_half_there_is_found(db, damage):
    assert half_there(db) == []
    db.engine.run(damage)
    assert half_there(db) != []


def test_what_is_lost_is_found(db):
    assert lost(db, [("import", "no such upload", 3)]) == ["import no such upload was confirmed and is lost"]
