"""A CRM may number deals and leads alike: deal 1 has nothing to do with lead 1 unless something ties the two."""

from datetime import UTC, datetime

import pytest

from leadalign import uploads
from leadalign.facts import Viewpoint, table
from leadalign.figures import Frame, figures
from leadalign.intake import build_format
from leadalign.store import Database, open_database
from leadalign.store.people import COMMAND_LINE

LEADS = b"no,born,size,mail\n1,2026-01-05,5,dana@one.co.il\n2,2026-01-06,900,gil@two.co.il\n"
ALONE = b"deal,start,end,state,price\n1,2026-01-09,2026-02-01,won,500\n"
TIED = b"deal,whose,start,end,state,price,zone\n1,2,2026-01-09,2026-02-01,won,500,north\n"
AT = datetime(2026, 3, 1, tzinfo=UTC)
OF_LEADS = build_format("ours leads", "leads", {"lead_id": "no", "created_at": "born", "email": "mail"})
OF_DEALS = {"deal_id": "deal", "opened_at": "start", "closed_at": "end", "stage": "state", "amount": "price"}


@pytest.fixture
def db():
    found = open_database(None)
    bring(found, LEADS, OF_LEADS)
    yield found
    found.close()


def bring(db: Database, content: bytes, format) -> None:
    """Takes a file in."""
    uploads.take_in(db, COMMAND_LINE, uploads.understand(db, "f.csv", content, format), content, AT)


def won(db: Database) -> list[tuple]:
    """Whose deal was won."""
    return db.rows(f"SELECT lead_id, deal_id FROM {table(db, 'deals_won', Viewpoint(AT))}")


def test_a_deal_without_a_lead_is_no_win_of_the_lead_with_its_number(db):
    bring(db, ALONE, build_format("ours deals", "deals", OF_DEALS))
    assert won(db) == [(None, "1")]
    assert [figures(db, name, Frame(AT))[0].part for name in ("deals_won", "won_share")] == [1, 0]


def test_a_deal_of_lead_2_takes_nothing_away_from_lead_1(db):
    bring(db, TIED, build_format("ours deals", "deals", OF_DEALS | {"lead_id": "whose"}))
    assert won(db) == [("2", "1")]
    said = db.rows(f"SELECT lead_id, value FROM {table(db, 'attribute_events', Viewpoint(AT))} WHERE attr = 'size'")
    assert sorted(said) == [("1", "5"), ("2", "900")]


def test_a_lead_that_is_its_own_deal_keeps_its_win(db):
    bring(db, TIED.replace(b"1,2,", b"2,2,"), build_format("ours deals", "deals", OF_DEALS | {"lead_id": "whose"}))
    assert won(db) == [("2", "2")]
