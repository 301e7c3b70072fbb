"""A lead or deal that a whole export lacks is asked for; it is gone only where a person says so, and may come back."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadalign.intake import build_format
from leadalign.store import open_database
from leadalign.store.people import COMMAND_LINE
from leadalign.uploads import others_are_gone, take_in, take_out, understand
from tests.worlds import World, hours

LEADS = build_format("our leads", "leads", {"lead_id": "Id", "created_at": "Born", "name": "Name"})
DEALS = build_format("our deals", "deals", {"deal_id": "Deal", "lead_id": "Id", "opened_at": "Opened", "won_at": "Won"})
DAY = timedelta(days=1)


@pytest.fixture
def db():
    opened = open_database(None)
    yield opened
    opened.close()


def leads(*numbers: int) -> bytes:
    return "\n".join(["Id,Born,Name", *(f"L{n},2026-01-04T07:00:00Z,Lead {n}" for n in numbers), ""]).encode()


def deals(*numbers: int, won: tuple[int, ...] = ()) -> bytes:
    rows = (f"D{n},L{n},2026-01-05T07:00:00Z,{'2026-01-06T07:00:00Z' if n in won else ''}" for n in numbers)
    return "\n".join(["Deal,Id,Opened,Won", *rows, ""]).encode()


def asked(db, content, format=LEADS):
    """What is asked about records that the file lacks; None where nothing is."""
    found = understand(db, "export.csv", content, format).questions
    return next((question.details for question in found if question.code.endswith("_missing")), None)


def upload(db, content, format=LEADS, *, gone=False, day=1):
    at = hours(0) + day * DAY
    found = understand(db, "export.csv", content, format, at=at)
    return take_in(db, COMMAND_LINE, others_are_gone(found) if gone else found, content, at)


def steps(db, lead):
    """The lead's steps that stand: event, reason and day."""
    return db.rows(
        "SELECT e.event, e.reason, date_diff('day', ?::TIMESTAMPTZ, e.occurred_at) FROM live.stage_events AS e "
        "ANTI JOIN live.stage_events AS v ON v.voids_event_id = e.event_id "
        "WHERE e.lead_id = ? AND e.event <> 'withdrawn' ORDER BY e.occurred_at", [hours(0), lead],
    )  # fmt: skip


def test_a_whole_export_that_lacks_leads_asks_whether_they_are_gone(db):
    upload(db, leads(*range(10)))
    assert asked(db, leads(*range(8))) == {"count": 2, "whole": 10, "examples": "Lead 8, Lead 9"}


def test_nothing_is_asked_of_a_first_file_or_one_that_shows_every_lead_or_few_of_them(db):
    assert asked(db, leads(1, 2)) is None
    upload(db, leads(*range(10)))
    assert asked(db, leads(*range(12))) is None
    assert asked(db, leads(*range(7))) is None


def test_nobody_answers_and_nothing_happens(db):
    upload(db, leads(*range(10)))
    report = upload(db, leads(*range(8)), day=2)
    assert (report.events_added, report.gone, steps(db, "L9")) == (0, 0, [])


def test_leads_that_are_gone_are_disqualified_at_the_upload_and_not_asked_for_again(db):
    upload(db, leads(*range(10)))
    report = upload(db, leads(*range(9)), gone=True, day=2)
    assert (report.added["stages"], report.gone) == (1, 1)
    assert report.leads == {"new": 0, "changed": 1, "same": 9}
    assert steps(db, "L9") == [("disqualified", "gone_from_export", 2)]
    assert asked(db, leads(*range(9))) is None


def test_a_lead_that_is_shown_again_stands_as_before(db):
    upload(db, leads(*range(10)))
    upload(db, leads(*range(9)), gone=True, day=2)
    report = upload(db, leads(*range(10)), day=3)
    assert (steps(db, "L9"), report.leads) == ([], {"new": 0, "changed": 1, "same": 9})
    assert asked(db, leads(*range(9))) is not None


def test_undoing_the_upload_takes_the_answer_back(db):
    upload(db, leads(*range(10)))
    report = upload(db, leads(*range(9)), gone=True, day=2)
    take_out(db, COMMAND_LINE, report.batch_id)
    assert steps(db, "L9") == []


def test_undoing_an_earlier_upload_tells_the_answer_anew_without_it(db):
    first = upload(db, leads(*range(10)))
    upload(db, leads(*range(12)), day=2)
    upload(db, leads(*range(1, 11)), gone=True, day=3)
    assert [lead for lead in range(12) if steps(db, f"L{lead}")] == [0, 11]
    take_out(db, COMMAND_LINE, first.batch_id)
    assert [lead for lead in range(12) if steps(db, f"L{lead}")] == [0, 11]
    assert steps(db, "L11") == [("disqualified", "gone_from_export", 3)]


def test_a_lead_in_a_refused_row_is_not_missing(db):
    upload(db, leads(*range(10)))
    assert asked(db, leads(*range(9)) + b"L9,no date at all,Lead 9\n") is None


@pytest.mark.parametrize("event", ["merged", "disqualified", "won", "lost", "opportunity"])
def test_a_lead_whose_story_went_on_elsewhere_may_leave_the_export(db, event):
    upload(db, leads(*range(10)))
    World().step("L9", event, 30).into(db, hours(40))
    assert asked(db, leads(*range(9))) is None
    assert asked(db, leads(*range(8)))["count"] == 1


def test_an_open_deal_that_is_gone_is_lost_and_a_won_one_may_leave(db):
    upload(db, deals(*range(10), won=(8,)), DEALS)
    assert asked(db, deals(*range(8)), DEALS) == {"count": 1, "whole": 10, "examples": "D9"}
    report = upload(db, deals(*range(8)), DEALS, gone=True, day=2)
    assert (report.gone, steps(db, "L9")[-1]) == (1, ("lost", "gone_from_export", 2))
    upload(db, deals(*range(10), won=(8,)), DEALS, day=3)
    assert steps(db, "L9") == [("opportunity", None, 1)]


@given(st.sets(st.integers(0, 30), min_size=1), st.sets(st.integers(0, 30), min_size=1))
def test_the_count_is_exact_and_nothing_is_asked_where_nothing_is_missing(before, now):
    db = open_database(None)
    upload(db, leads(*before))
    missing, found = before - now, asked(db, leads(*now))
    looks_whole = len(before & now) >= 0.8 * len(before)
    assert (found["count"] if found else 0) == (len(missing) if looks_whole else 0)
    if found:
        assert upload(db, leads(*now), gone=True, day=2).gone == len(missing)
    db.close()
