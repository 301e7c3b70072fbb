"""Exports that nobody here wrote, brought in as they lie: their published facts must come out of our own figures."""

from pathlib import Path

import pytest

from leadalign import uploads
from leadalign.figures import Frame, figure, figures
from leadalign.intake import build_format
from leadalign.store import Database, open_database
from leadalign.store.people import COMMAND_LINE

LEADS = {"lead_id": "mql_id", "created_at": "first_contact_date", "source": "origin", "campaign": "landing_page_id"}
DEALS = {"lead_id": "mql_id", "deal_id": "seller_id", "owner_id": "sr_id", "won_at": "won_date"}
OLIST_RATES = {
    "organic search": (271, 2296),
    "paid search": (195, 1586),
    "social": (75, 1350),
    "unknown": (179, 1099),
    "direct traffic": (56, 499),
    "email": (15, 493),
    "referral": (24, 284),
    "other": (4, 150),
    "display": (6, 118),
    "other publicities": (3, 65),
    "": (14, 60),
}


def bring_in(db: Database, path: Path, **mapped):
    """Takes a file in, by the mapping where it is in no known format."""
    content = path.read_bytes()
    chosen = build_format(path.stem, **mapped) if mapped else None
    found = uploads.understand(db, path.name, content, chosen)
    return found, uploads.take_in(db, COMMAND_LINE, found, content)


def olist(shared: Path, leads: str) -> Database:
    db = open_database(None)
    folder = shared / "data" / "olist_funnel"
    bring_in(db, folder / leads, kind="leads", mapping=LEADS, spaces=["source"])
    bring_in(db, folder / "olist_closed_deals_dataset.csv", kind="deals", mapping=DEALS)
    return db


@pytest.fixture(scope="module")
def iso(shared):
    db = olist(shared, "olist_marketing_qualified_leads_dataset.csv")
    yield db
    db.close()


@pytest.fixture(scope="module")
def day_first(shared):
    db = olist(shared, "variants/olist_mql_ddmmyyyy_underscores.csv")
    yield db
    db.close()


@pytest.fixture(scope="module")
def zoho(shared):
    db = open_database(None)
    for name in ("Users", "Leads", "Potentials", "Calls", "Campaigns", "Events"):
        bring_in(db, shared / "data" / "zoho_crm_sample" / f"{name}.csv")
    yield db
    db.close()


def counts(db: Database, name: str, by: str) -> dict:
    return {each.by[by]: (each.part or 0, each.whole) for each in figures(db, name, Frame(), (by,))}


def test_olist_won_842_of_8000(iso):
    won = figure(iso, "won_share", Frame())
    assert (won.part, won.whole) == (842, 8000)


def test_olist_rates_by_origin_keep_the_blank_apart_from_unknown(iso):
    found = counts(iso, "won_share", "source")
    assert {name.replace("_", " "): rate for name, rate in found.items()} == OLIST_RATES


def test_olist_cohorts_by_the_month_of_first_contact(iso):
    found = {month.isoformat(): rate for month, rate in counts(iso, "won_share", "month").items()}
    assert [found[f"2018-0{month}-01"] for month in range(1, 6)] == [
        (152, 1141),
        (149, 1028),
        (167, 1174),
        (183, 1352),
        (130, 1303),
    ]


def test_olist_wins_are_counted_in_the_month_they_were_won(iso):
    found = {month.isoformat(): part for month, (part, _) in counts(iso, "deals_won", "month").items()}
    assert (found["2018-04-01"], found["2018-05-01"], found["2018-01-01"]) == (207, 122, 73)


@pytest.mark.parametrize("name", ["won_share", "leads_created", "deals_won"])
@pytest.mark.parametrize("by", ["source", "month", "week", "campaign"])
def test_both_copies_of_the_olist_leads_give_the_same_page(iso, day_first, name, by):
    assert counts(iso, name, by) == counts(day_first, name, by)


def test_zoho_conversion_by_source_is_the_published_one(zoho):
    found = dict(zoho.rows(
        "SELECT l.source, count(*) FILTER (WHERE a.value = 'true') || '/' || count(*) FROM live.leads AS l "
        "JOIN live.attribute_events AS a ON a.lead_id = l.lead_id AND a.attr = 'converted' GROUP BY l.source"
    ))  # fmt: skip
    assert found == {
        "Advertisement": "384/412",
        "Cold Call": "386/408",
        "Employee Referral": "414/449",
        "External Referral": "359/383",
        "Online Store": "344/370",
        "Partner": "362/386",
        "Public Relations": "334/366",
        "Sales Mail Alias": "347/371",
        "Trade Show": "344/371",
        "Web Research": "358/384",
    }


def test_zoho_names_no_source_best(zoho):
    assert [each.by for each in figures(zoho, "won_share", Frame(), ("source",)) if each.best] == []


def test_zoho_deals_won_and_their_value(zoho):
    assert figure(zoho, "deals_won", Frame()).value == 1425
    assert zoho.rows("SELECT sum(amount) FROM live.stage_events WHERE event = 'won'") == [(89_066_200,)]
    assert zoho.rows("SELECT count(*), sum(amount) FROM live.stage_events WHERE event = 'lost'") == [(485, 32_059_400)]


def test_zoho_open_deals_by_stage(zoho):
    found = dict(zoho.rows(
        "SELECT value, count(*) FROM live.attribute_events WHERE attr = 'deal_stage' GROUP BY value"
    ))  # fmt: skip
    expected = {
        "Initial Offer": 283,
        "Needs Analysis": 296,
        "Negotiation/Review": 64,
        "Proposal/Price Quote": 136,
        "Prospect": 245,
        "Qualification": 698,
    }
    assert {stage: found.get(f'"{stage}"') for stage in expected} == expected


def test_zoho_talk_time_is_mostly_on_no_lead(zoho):
    logged, orphans = figure(zoho, "sales_minutes", Frame()), figure(zoho, "orphans", Frame())
    assert (orphans.part, orphans.whole) == (4100 - 170, 4100)
    assert logged.value == pytest.approx(75_429 / 60)
    assert logged.value + figure(zoho, "orphan_minutes", Frame()).value == pytest.approx(1_665_700 / 60)
    assert figure(zoho, "imputed_minutes_share", Frame()).part in (
        0,
        None,
    )  # a call of 0 seconds is logged, not missing


def test_zoho_events_of_3000_hours_are_no_selling_time(zoho, shared):
    path = shared / "data" / "zoho_crm_sample" / "Events.csv"
    found = uploads.understand(zoho, path.name, path.read_bytes())
    assert (found.rows, len(found.refused), {row.reason for row in found.refused}) == (
        0,
        2978,
        {"too_long_for_selling"},
    )


def test_zoho_says_that_no_definition_is_signed(zoho):
    from leadalign.ideal_lead.classes import schedule

    assert schedule(zoho).in_force(zoho.changed_at).version == 0
