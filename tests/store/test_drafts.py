"""A dropped file waits in the database for a word, through any restart, and leaves when it has one."""

import threading
from pathlib import Path

import pytest

from leadalign.problems import Refusal
from leadalign.store import (
    answer_draft,
    discard_draft,
    draft_content,
    keep_draft,
    open_database,
    register_person,
    settle_draft,
    waiting_drafts,
)
from leadalign.store import drafts as desk
from leadalign.store.people import COMMAND_LINE

CONTENT = "id,name\n1,דנה\n".encode() * 1000


@pytest.fixture
def db(tmp_path: Path):
    db = open_database(tmp_path / "leadalign.duckdb")
    yield db
    db.close()


def test_a_dropped_file_is_there_after_a_restart_with_its_answers(tmp_path: Path):
    path = tmp_path / "leadalign.duckdb"
    db = open_database(path)
    kept = keep_draft(db, COMMAND_LINE, "leads.csv", CONTENT)
    answer_draft(db, COMMAND_LINE, kept, {"date_order": "dmy"})
    db.close()
    again = open_database(path)
    (draft,) = waiting_drafts(again)
    assert (draft.file_name, draft.answers, draft.kept_by) == ("leads.csv", {"date_order": "dmy"}, "command-line")
    assert draft_content(again, draft.draft_id) == CONTENT
    again.close()


def test_an_empty_file_waits_too(db):
    assert draft_content(db, keep_draft(db, COMMAND_LINE, "empty.csv", b"")) == b""


def test_the_same_file_dropped_twice_waits_once(db):
    assert keep_draft(db, COMMAND_LINE, "a.csv", CONTENT) == keep_draft(db, COMMAND_LINE, "a.csv", CONTENT)
    keep_draft(db, COMMAND_LINE, "b.csv", CONTENT)
    assert [draft.file_name for draft in waiting_drafts(db)] == ["a.csv", "b.csv"]


def test_a_discarded_file_is_gone_and_the_audit_says_by_whom(db):
    noa = register_person(db, "Noa", "marketing")
    kept = keep_draft(db, noa, "a.csv", CONTENT)
    discard_draft(db, noa, kept)
    assert waiting_drafts(db) == []
    told = db.rows("SELECT recorded_by, details FROM log.audit WHERE action = 'discard_draft'")
    assert told[0][0] == "noa"
    assert "a.csv" in told[0][1]
    with pytest.raises(Refusal, match="unknown_draft"):
        draft_content(db, kept)


def test_a_file_that_came_in_leaves_the_desk(db):
    settle_draft(db, keep_draft(db, COMMAND_LINE, "a.csv", CONTENT))
    assert waiting_drafts(db) == []


def test_sales_may_not_drop_answer_or_discard(db):
    tal, kept = register_person(db, "Tal", "sales"), keep_draft(db, COMMAND_LINE, "a.csv", CONTENT)
    for attempt in (
        lambda: keep_draft(db, tal, "b.csv", CONTENT),
        lambda: answer_draft(db, tal, kept, {}),
        lambda: discard_draft(db, tal, kept),
    ):
        with pytest.raises(Refusal, match="not_allowed"):
            attempt()
    assert len(waiting_drafts(db)) == 1


def test_the_desk_has_an_end(db, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(desk, "MOST_DRAFTS", 2)
    monkeypatch.setattr(desk, "MOST_BYTES", 2 * len(CONTENT) + 10)
    keep_draft(db, COMMAND_LINE, "a.csv", CONTENT)
    with pytest.raises(Refusal, match="drafts_too_large"):
        keep_draft(db, COMMAND_LINE, "b.csv", CONTENT + CONTENT)
    keep_draft(db, COMMAND_LINE, "b.csv", CONTENT)
    with pytest.raises(Refusal, match="too_many_drafts"):
        keep_draft(db, COMMAND_LINE, "c.csv", b"x")


def test_a_waiting_file_changes_no_figure_and_makes_nobody_look_again(db):
    before = db.version(), db.changed_at
    answer_draft(db, COMMAND_LINE, keep_draft(db, COMMAND_LINE, "a.csv", CONTENT), {"a": 1})
    assert (db.version(), db.changed_at) == before


def test_dropping_a_file_does_not_wait_for_a_long_import(db):
    with db.writing("batches"):
        dropping = threading.Thread(target=keep_draft, args=(db, COMMAND_LINE, "a.csv", CONTENT), daemon=True)
        dropping.start()
        dropping.join(timeout=20)
        assert not dropping.is_alive()
    assert len(waiting_drafts(db)) == 1
