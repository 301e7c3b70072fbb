"""CRMs that count their records from 1 can stand beside each other: their number 7 is not one lead."""

import pytest

from leadalign import uploads
from leadalign.intake import understand
from leadalign.settings import Settings
from leadalign.store import open_database
from leadalign.store.people import COMMAND_LINE

MAUTIC = b"id,firstname,lastname,email,points,stage,date_added\n7,Dana,Bar,dana@one.co.il,40,MQL,2026-01-05 08:00:00\n"
ODOO = (
    b".id,name,contact_name,email_from,type,stage_id,user_id,expected_revenue,create_date,date_conversion,active\n"
    b"7,Order,Gil Tal,gil@two.co.il,lead,New,Noa,500,2026-01-06 08:00:00,,True\n"
)


@pytest.mark.parametrize(("name", "content", "lead"), [("m.csv", MAUTIC, "mautic-7"), ("o.csv", ODOO, "odoo-7")])
def test_a_counted_id_tells_its_crm(name, content, lead):
    found = understand(name, content, settings=Settings())
    assert list(found.records["leads"]["lead_id"]) == [lead]


def test_two_counting_crms_are_taken_in_beside_each_other():
    db = open_database(None)
    for content in (MAUTIC, ODOO):
        uploads.take_in(db, COMMAND_LINE, uploads.understand(db, "f.csv", content), content)
    assert db.rows("SELECT lead_id FROM live.leads ORDER BY 1") == [("mautic-7",), ("odoo-7",)]
    db.close()


def test_an_external_id_stays_as_it_is():
    found = understand(
        "o.csv", ODOO.replace(b".id", b"id").replace(b"\n7,", b"\n__export__.crm_7,"), settings=Settings()
    )
    assert list(found.records["leads"]["lead_id"]) == ["__export__.crm_7"]
