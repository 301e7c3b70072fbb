"""Deals and activities that only name their lead are tied to the one lead of that name, and to none of two."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from leadalign import uploads
from leadalign.facts import Viewpoint, table
from leadalign.figures import Frame, figure
from leadalign.store import Database, open_database
from leadalign.store.people import COMMAND_LINE
from tests.worlds import World, hours

AT = datetime(2026, 4, 15, tzinfo=UTC)
LEADS = "Lead - Title,Contact person,Organization,Lead - ID,Lead - Lead created,Person - Email\n"
DEALS = (
    "Deal - ID,Deal - Title,Deal - Stage,Deal - Status,Deal - Deal created,Deal - Won time,"
    "Deal - Contact person,Deal - Organization,Person - Email\n"
)
DONE = (
    "Activity - Subject,Activity - Due date,Activity - Due time,Activity - Type,Activity - Done,"
    "Activity - Assigned to user,Activity - Duration,Deal,Organization,Contact person\n"
)
PEOPLE = (
    "a,Noa Bar,One Ltd,L1,2026-01-05,noa@one.example\n"
    "b,Noa Bar,Two Ltd,L2,2026-01-06,noa@two.example\n"
    "c,Avi Tal,Three Ltd,L3,2026-01-07,avi@three.example\n"
    "d,Rina Sol,Three Ltd,L4,2026-01-08,rina@three.example\n"
)


def brought(*texts: str, at: datetime = AT, db: Database | None = None) -> Database:
    """These files in a database, in this order."""
    db = db or open_database(None)
    for text in texts:
        uploads.take_in(db, COMMAND_LINE, uploads.understand(db, "file.csv", text.encode()), text.encode(), at)
    return db


def lead_of_deal(db: Database) -> str | None:
    """The lead that the only deal belongs to."""
    return next(iter(db.rows(f"SELECT lead_id FROM {table(db, 'deal_leads', Viewpoint(AT))}")), (None,))[0]


def won(contact: str = "", company: str = "", email: str = "") -> str:
    """A deal won, of somebody."""
    return f"{DEALS}1,Big one,Proposal,Won,2026-02-01,2026-02-20,{contact},{company},{email}\n"


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ({"contact": "Noa Bar", "company": "Two Ltd"}, "L2"),
        ({"contact": " noa  BAR\u200f", "company": "TWO LTD"}, "L2"),
        ({"contact": "Noa Bar", "email": "Noa@One.example"}, "L1"),
        ({"contact": "Avi Tal"}, "L3"),
        ({"company": "One Ltd"}, "L1"),
        ({"contact": "Somebody New", "company": "One Ltd"}, "L1"),
        ({"contact": "Noa Bar"}, None),
        ({"company": "Three Ltd"}, None),
        ({"contact": "Avi Tal", "company": "One Ltd"}, None),
        ({"contact": "Nobody", "company": "Nowhere"}, None),
    ],
)
def test_words_mean_a_lead_where_they_can_mean_no_other(words, lead):
    assert lead_of_deal(brought(LEADS + PEOPLE, won(**words))) == lead


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_in_which_files_come_does_not_matter(order):
    call = f"{DONE}Demo,2026-01-20,10:00,Call,Done,Gil Paran,00:40,Big one,,\n"
    files = (LEADS + PEOPLE, won(contact="Avi Tal"), call)
    db = brought(*(files[place] for place in order))
    assert figure(db, "won_share", Frame()).part == 1
    assert (figure(db, "sales_minutes", Frame()).value, figure(db, "orphans", Frame()).part) == (40, 0)


def test_work_with_a_name_that_two_leads_have_is_an_orphan_and_counted():
    call = f"{DONE}Demo,2026-01-20,10:00,Call,Done,Gil Paran,00:40,,,Noa Bar\n"
    db = brought(LEADS + PEOPLE, call)
    assert (figure(db, "orphans", Frame()).part, figure(db, "orphan_minutes", Frame()).value) == (1, 40)


def test_a_deal_name_that_two_deals_have_ties_no_work():
    two = won(contact="Avi Tal") + "2,Big one,Proposal,Open,2026-02-02,,Rina Sol,,\n"
    call = f"{DONE}Demo,2026-02-20,10:00,Call,Done,Gil Paran,00:40,Big one,,\n"
    assert figure(brought(LEADS + PEOPLE, two, call), "orphans", Frame()).part == 1


def test_a_name_becomes_one_again_when_its_two_leads_are_merged():
    db = brought(LEADS + PEOPLE, won(contact="Noa Bar"))
    World().step("L2", "merged", 100, reason="dup_of:L1").into(db, hours(200))
    assert lead_of_deal(db) == "L1"


def test_another_contact_in_a_later_export_moves_the_deal():
    db = brought(LEADS + PEOPLE, won(contact="Avi Tal"))
    brought(won(contact="Rina Sol"), at=datetime(2026, 4, 14, tzinfo=UTC), db=db)
    assert lead_of_deal(db) == "L4"


def test_what_was_done_with_the_contact_that_a_lead_became_is_the_leads():
    leads = (
        "Id,OwnerId,LastName,Company,LeadSource,Status,IsConverted,CreatedDate,ConvertedContactId\n"
        "00Q5g00000ABCDe,005x,Bar,One,Web,Qualified,true,2026-01-05T08:00:00Z,0035g00000ABCDe\n"
    )
    task = (
        "Id,Subject,ActivityDate,OwnerId,WhoId,TaskSubtype,CallDurationInSeconds,Status\n"
        "00T5g00000ABCDe,Intro,2026-01-20,Gil,0035g00000ABCDeAAP,Call,600,Completed\n"
    )
    db = brought(task, leads)
    assert (figure(db, "sales_minutes", Frame()).value, figure(db, "orphans", Frame()).part) == (10, 0)
