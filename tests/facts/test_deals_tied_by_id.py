"""A deal belongs to the lead that says by ID what it became, and a name does not count beside an ID."""

from datetime import UTC, datetime

import pytest

from leadalign import uploads
from leadalign.facts import Viewpoint, table
from leadalign.store import open_database
from leadalign.store.people import COMMAND_LINE

LEADS = (
    b"ID,Last Name,Account Name,Status,Lead Source,Converted,Opportunity ID,Assigned to,Date Created\n"
    b"a1,Bar,One,Converted,Web,1,d7,Gil,2026-01-05 10:00\na2,Tal,Two,New,Web,0,,Gil,2026-01-06 10:00\n"
)
DEALS = (
    b"ID,Opportunity Name,Account Name,Opportunity Amount,Expected Close Date,Sales Stage,Assigned to,Date Created\n"
    b"d7,Order,Two,500,2026-02-01,Closed Won,Gil,2026-01-09 10:00\n"
)
AT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("order", [("leads", "deals"), ("deals", "leads")])
def test_the_id_of_the_deal_ties_it_whatever_the_order_of_the_files(order):
    db = open_database(None)
    for name in order:
        content = {"leads": LEADS, "deals": DEALS}[name]
        found = uploads.understand(db, f"{name}.csv", content)
        uploads.take_in(db, COMMAND_LINE, found, content, AT)
    view = Viewpoint(AT)
    assert db.rows(f"SELECT deal_id, lead_id FROM {table(db, 'deal_leads', view)}") == [("d7", "a1")]
    assert db.rows(f"SELECT lead_id FROM {table(db, 'stage_events', view)} WHERE event = 'won'") == [("a1",)]
    db.close()
