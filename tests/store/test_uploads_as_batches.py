"""An upload is compared with what is known: only what is new is appended, and it can be taken out again."""

from datetime import timedelta

import pandas as pd
import pytest

from leadalign.problems import Refusal
from leadalign.store import Upload, commit, history, later_uploads, open_database, undo
from leadalign.store.people import COMMAND_LINE, Actor
from tests.worlds import World, hours, upload

MONDAY = hours(24)
WEEK = timedelta(days=7)


def leads(**status):
    """A CRM's list of leads, each with its status of today, undated."""
    rows = [{"lead_id": lead, "system": "crm", "created_at": hours(0), "source": "Ads"} for lead in status]
    attributes = [
        {
            "lead_id": lead,
            "attr": "status",
            "value": f'"{said}"',
            "observed_at": pd.NaT,
            "recorded_at": pd.NaT,
            "source": "crm",
        }
        for lead, said in status.items()
    ]
    return {"leads": pd.DataFrame(rows), "attributes": pd.DataFrame(attributes)}


def deal(won_at):
    """A CRM's deal with the date it was won, or none."""
    rows = [{"slot": "crm/deals/D1/opportunity", "lead_id": "L1", "event": "opportunity", "occurred_at": hours(1)}]
    if won_at:
        rows.append({"slot": "crm/deals/D1/won", "lead_id": "L1", "event": "won", "occurred_at": won_at})
    return {"stages": pd.DataFrame(rows)}


def standing(db, event):
    return db.rows(
        "SELECT e.occurred_at FROM live.stage_events AS e "
        "ANTI JOIN live.stage_events AS v ON v.voids_event_id = e.event_id WHERE e.event = ? ORDER BY 1",
        [event],
    )


@pytest.fixture
def db():
    opened = open_database(None)
    yield opened
    opened.close()


def test_the_same_export_again_adds_nothing(db):
    first = commit(db, COMMAND_LINE, upload(leads(L1="New", L2="Open"), MONDAY))
    again = commit(db, COMMAND_LINE, upload(leads(L1="New", L2="Open"), MONDAY + WEEK))
    assert (first.added, again.added) == ({"leads": 2, "attributes": 2}, {"leads": 0, "attributes": 0})


def test_a_changed_value_is_one_new_event_recorded_at_the_upload(db):
    commit(db, COMMAND_LINE, upload(leads(L1="New", L2="Open"), MONDAY))
    report = commit(db, COMMAND_LINE, upload(leads(L1="Lost", L2="Open"), MONDAY + WEEK))
    assert report.added == {"leads": 0, "attributes": 1}
    assert db.rows(
        "SELECT lead_id, value, observed_at, recorded_at FROM live.attribute_events WHERE batch_id = ?",
        [report.batch_id],
    ) == [("L1", '"Lost"', MONDAY + WEEK, MONDAY + WEEK)]


def test_a_value_that_goes_and_comes_back_is_told_each_time(db):
    for week, status in enumerate(("New", "Lost", "New")):
        commit(db, COMMAND_LINE, upload(leads(L1=status), MONDAY + week * WEEK))
    assert db.rows("SELECT value FROM live.attribute_events ORDER BY observed_at") == [
        ('"New"',),
        ('"Lost"',),
        ('"New"',),
    ]


def test_undated_values_of_a_new_lead_count_from_its_creation_and_say_that_this_is_assumed(db):
    commit(db, COMMAND_LINE, upload(leads(L1="New"), MONDAY))
    assert db.rows("SELECT observed_at, recorded_at, assumed FROM live.attribute_events") == [
        (hours(0), hours(0), True)
    ]


def test_a_lead_that_an_earlier_upload_should_have_shown_was_not_known_before_this_one(db):
    commit(db, COMMAND_LINE, upload(leads(L1="New"), MONDAY))
    commit(db, COMMAND_LINE, upload(leads(L1="New", L2="Open"), MONDAY + WEEK))
    assert db.rows("SELECT recorded_at FROM live.leads WHERE lead_id = 'L2'") == [(MONDAY + WEEK,)]


def test_two_parts_of_one_export_are_one_delivery(db):
    commit(db, COMMAND_LINE, upload(leads(L1="New"), MONDAY))
    commit(db, COMMAND_LINE, upload(leads(L2="New"), MONDAY + timedelta(minutes=5)))
    assert db.rows("SELECT DISTINCT recorded_at FROM live.leads") == [(hours(0),)]


def test_a_date_that_moved_voids_what_it_said_before(db):
    commit(db, COMMAND_LINE, upload(deal(hours(10)), MONDAY))
    commit(db, COMMAND_LINE, upload(deal(hours(20)), MONDAY + WEEK))
    assert standing(db, "won") == [(hours(20),)]
    assert db.rows("SELECT count(*) FROM log.stage_events WHERE event = 'won'") == [(2,)]


def test_a_date_that_was_emptied_withdraws_what_it_said(db):
    commit(db, COMMAND_LINE, upload(deal(hours(10)), MONDAY))
    commit(db, COMMAND_LINE, upload(deal(None), MONDAY + WEEK))
    assert standing(db, "won") == []
    assert standing(db, "opportunity") == [(hours(1),)]


def test_an_undone_upload_is_in_no_table_and_stays_in_the_log(db):
    first = commit(db, COMMAND_LINE, upload(leads(L1="New"), MONDAY))
    undo(db, COMMAND_LINE, first.batch_id, [])
    assert db.rows("SELECT count(*) FROM live.leads") == [(0,)]
    assert db.rows("SELECT count(*) FROM log.leads") == [(1,)]
    assert history(db)[0]["undone_by"] == "command-line"


def test_undoing_an_early_upload_keeps_what_the_later_ones_said(db):
    first = commit(db, COMMAND_LINE, upload(leads(L1="New", L2="Open"), MONDAY))
    second = upload(leads(L2="Open", L3="New"), MONDAY + WEEK)
    commit(db, COMMAND_LINE, second)
    assert len(later_uploads(db, first.batch_id)) == 1
    undo(db, COMMAND_LINE, first.batch_id, [second])
    assert db.rows("SELECT lead_id FROM live.leads ORDER BY 1") == [("L2",), ("L3",)]


def test_what_fails_halfway_leaves_nothing_behind(db):
    broken = leads(L1="New")
    broken["activities"] = pd.DataFrame(
        [{"activity_id": "a1", "type": "call", "started_at": hours(1), "minutes": -5.0}]
    )
    with pytest.raises(Exception, match="CHECK"):
        commit(db, COMMAND_LINE, upload(broken, MONDAY))
    assert db.rows("SELECT count(*) FROM log.leads") == [(0,)]
    assert history(db) == []


def test_a_lead_id_that_another_system_uses_is_refused_and_not_mixed_up(db):
    World().lead("L1").into(db)
    with pytest.raises(Refusal) as refusal:
        commit(db, COMMAND_LINE, upload(leads(L1="New"), MONDAY))
    assert refusal.value.problem.code == "lead_ids_taken"


def test_an_upload_is_undone_once(db):
    first = commit(db, COMMAND_LINE, upload(leads(L1="New"), MONDAY))
    undo(db, COMMAND_LINE, first.batch_id, [])
    with pytest.raises(Refusal) as refusal:
        undo(db, COMMAND_LINE, first.batch_id, [])
    assert refusal.value.problem.code == "already_undone"


def test_only_those_whose_role_allows_it_bring_files_in(db):
    sales = Actor("r1", "Dana", "sales", "sales")
    with pytest.raises(Refusal) as refusal:
        commit(db, sales, upload(leads(L1="New"), MONDAY))
    assert refusal.value.problem.code == "not_allowed"
    assert db.rows("SELECT count(*) FROM log.leads") == [(0,)]


def test_every_write_is_in_the_audit_trail(db):
    commit(db, COMMAND_LINE, upload(leads(L1="New"), MONDAY))
    assert db.rows("SELECT recorded_by, action FROM log.audit") == [("command-line", "import")]


def test_an_upload_knows_its_file(db):
    content = b"lead_id\nL1\n"
    kept = Upload(
        "leads.csv", content, "abc", "world", "", "leads", leads(L1="New"), {"rows": 1, "refused": []}, MONDAY
    )
    first = commit(db, COMMAND_LINE, kept)
    second = commit(db, COMMAND_LINE, kept)
    assert (second.batch_id, second.events_added) == (first.batch_id, 0)
    assert len(history(db)) == 1
    undo(db, COMMAND_LINE, first.batch_id, [])
    assert commit(db, COMMAND_LINE, kept).events_added == 2
