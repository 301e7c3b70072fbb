"""The same company written in each CRM's layout gives the same figures, and they are those worked out by hand."""

from datetime import UTC, date, datetime
from types import ModuleType

import pytest

from leadalign import uploads
from leadalign.facts import Viewpoint, table
from leadalign.figures import Frame, figure, figures
from leadalign.store import Database, open_database
from leadalign.store.people import COMMAND_LINE
from tests.crm_layouts import dynamics, espocrm, hebrew, hubspot, mautic, odoo, pipedrive, salesforce, suitecrm, zoho
from tests.crm_layouts.company import COMPANY

LAYOUTS = {
    "salesforce": salesforce, "hubspot": hubspot, "pipedrive": pipedrive, "dynamics": dynamics, "odoo": odoo,
    "espocrm": espocrm, "suitecrm": suitecrm, "zoho": zoho, "mautic": mautic, "salesforce in hebrew": hebrew,
}  # fmt: skip
"""A module for each CRM: `files(company)` by file name, and what of the company its exports TELL."""
EXPORTED = datetime(2026, 4, 15, 6, tzinfo=UTC)


def brought_in(layout: ModuleType) -> Database:
    """The layout's files in a database, in the order in which they are named."""
    db = open_database(None)
    for name, content in layout.files(COMPANY).items():
        found = uploads.understand(db, name, content)
        assert found.format is not None, name
        assert not found.questions, (name, found.questions)
        uploads.take_in(db, COMMAND_LINE, found, content, EXPORTED)
    return db


def telling(what: str) -> list[str]:
    """The CRMs whose exports tell this."""
    return [name for name, layout in LAYOUTS.items() if what in layout.TELLS]


@pytest.fixture(scope="module")
def worlds():
    """The company as each CRM tells it."""
    found = {name: brought_in(layout) for name, layout in LAYOUTS.items()}
    yield found
    for db in found.values():
        db.close()


def by(db: Database, name: str, column: str) -> dict:
    """A figure's part and whole for each value of a column."""
    return {each.by[column]: (each.part, each.whole) for each in figures(db, name, Frame(), (column,))}


def parts(db: Database, name: str, column: str) -> dict:
    """What of a figure is not nothing, for each value of a column."""
    return {key: part for key, (part, _) in by(db, name, column).items() if part}


@pytest.mark.parametrize("crm", telling("leads") + telling("contacts"))
def test_twelve_leads_in_three_months_from_four_sources(worlds, crm):
    assert parts(worlds[crm], "leads_created", "month") == {
        date(2026, 1, 1): 5, date(2026, 2, 1): 4, date(2026, 3, 1): 3,
    }  # fmt: skip
    assert parts(worlds[crm], "leads_created", "source") == {"Webinar": 4, "Search": 4, "Partner": 2, "Trade show": 2}


@pytest.mark.parametrize("crm", telling("leads"))
def test_eight_leads_became_opportunities_on_their_days(worlds, crm):
    view = Viewpoint(EXPORTED)
    found = worlds[crm].rows(
        "SELECT CAST(timezone('Asia/Jerusalem', opened_at) AS DATE) AS day "
        f"FROM {table(worlds[crm], 'first_opportunities', view)} ORDER BY day"
    )
    days = [(1, 20), (1, 25), (1, 28), (2, 16), (2, 20), (2, 25), (3, 1), (3, 12)]
    assert [day for (day,) in found] == [date(2026, month, day) for month, day in days]


@pytest.mark.parametrize("crm", telling("deals"))
def test_two_deals_won_in_february_and_two_in_march(worlds, crm):
    assert parts(worlds[crm], "deals_won", "month") == {date(2026, 2, 1): 2, date(2026, 3, 1): 2}


@pytest.mark.parametrize("crm", telling("deals"))
def test_deals_keep_their_amounts_and_reasons(worlds, crm):
    found = worlds[crm].rows(
        "SELECT event, amount, reason FROM live.stage_events WHERE deal_id IS NOT NULL AND event IN ('won', 'lost') "
        "ORDER BY event, amount"
    )
    assert found == [
        ("lost", 8_000, "price"), ("lost", 15_000, "no budget"), ("won", 7_250.5, None), ("won", 12_500, None),
        ("won", 30_000, None), ("won", 50_000, None),
    ]  # fmt: skip


@pytest.mark.parametrize("crm", telling("deals"))
def test_four_of_twelve_leads_were_won_half_of_them_from_webinars(worlds, crm):
    assert by(worlds[crm], "won_share", "source") == {
        "Webinar": (2, 4), "Search": (2, 4), "Partner": (0, 2), "Trade show": (0, 2),
    }  # fmt: skip


@pytest.mark.parametrize("crm", telling("acceptance"))
def test_all_eight_hand_overs_were_accepted(worlds, crm):
    answered = figure(worlds[crm], "acceptance_rate", Frame())
    assert (answered.part, answered.whole) == (8, 8)


@pytest.mark.parametrize("crm", telling("activities"))
def test_each_rep_spent_these_minutes_on_leads_that_were_not_ready(worlds, crm):
    assert by(worlds[crm], "unready_time_share", "rep") == {
        "Gil Paran": (20, 167), "Dana Katz": (43, 108), "Rami Levi": (90, 150),
    }  # fmt: skip
    assert figure(worlds[crm], "unready_minutes", Frame()).value == 153


@pytest.mark.parametrize("crm", telling("activities"))
def test_one_call_was_with_nobody_known_and_the_planned_one_took_no_time(worlds, crm):
    orphans = figure(worlds[crm], "orphans", Frame())
    assert (orphans.part, orphans.whole) == (1, 14)
    assert figure(worlds[crm], "orphan_minutes", Frame()).value == 10
