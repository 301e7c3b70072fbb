"""The Zoho sample as it lies: the facts that its SOURCE.md states come out of the records."""

import json

import pandas as pd
import pytest

ZOHO = "data/zoho_crm_sample"


@pytest.fixture
def zoho(real):
    """The records of one of the sample's files."""
    return lambda name: real(f"{ZOHO}/{name}.csv").records


def attribute(records: dict[str, pd.DataFrame], name: str) -> pd.Series:
    """One attribute by lead, as a value."""
    one = records["attributes"]
    return one[one["attr"] == name].set_index("lead_id")["value"].map(json.loads)


def test_fact_1_conversion_by_source(zoho):
    leads = zoho("Leads")
    converted = attribute(leads, "converted")
    by_source = leads["leads"].set_index("lead_id")["source"].to_frame().assign(converted=converted)
    counts = by_source.groupby("source")["converted"].agg(["size", "sum"])
    assert (len(converted), int(converted.sum())) == (3900, 3632)
    assert counts.loc["Advertisement"].tolist() == [412, 384]
    assert counts.loc["Employee Referral"].tolist() == [449, 414]
    deals = zoho("Potentials")["stages"]
    assert set(deals["lead_id"]) == set(converted[converted].index)


def test_fact_2_open_and_closed_deals_with_their_amounts_and_ages(zoho):
    deals = zoho("Potentials")
    stages = deals["stages"]
    amounts = stages.groupby("event")["amount"].agg(["size", "sum"])
    assert amounts.loc["won"].tolist() == [1425, 89_066_200]
    assert amounts.loc["lost"].tolist() == [485, 32_059_400]
    assert amounts.loc["opportunity"].tolist() == [3632, 231_380_900]
    stage = attribute(deals, "deal_stage")
    still_open = stage[~stage.str.startswith("Closed")]
    assert still_open.value_counts()[["Qualification", "Prospect", "Negotiation/Review"]].tolist() == [698, 245, 64]
    opened = (
        stages[stages["event"] == "opportunity"].set_index("lead_id")["occurred_at"].dt.tz_convert("Asia/Jerusalem")
    )
    closing = pd.to_datetime(attribute(deals, "deal_closing_at"), utc=True).dt.tz_convert("Asia/Jerusalem")
    age = (closing.dt.tz_localize(None).dt.normalize() - opened.dt.tz_localize(None).dt.normalize()).dt.days
    mean = age[still_open.index].groupby(still_open).mean()
    assert mean[["Prospect", "Qualification"]].tolist() == pytest.approx([341.3061, 239.3696], abs=0.0001)


def test_fact_3_talk_time(zoho):
    calls, status = zoho("Calls")["activities"], attribute(zoho("Leads"), "lead_status")
    seconds = calls["minutes"] * 60
    assert (len(calls), round(seconds.sum()), int((seconds == 0).sum())) == (4100, 1_665_700, 760)
    assert int((seconds == 0)[calls["person_id"] == "Jasmine Frank"].sum()) == 700
    assert calls["direction"].value_counts().to_dict() == {"Inbound": 3560, "Outbound": 540}
    by_purpose = seconds.groupby(calls["purpose"]).agg(["size", "sum"]).round().astype(int)
    assert by_purpose.loc["Demo"].tolist() == [2250, 626_710]
    assert by_purpose.loc["Negotiation"].tolist() == [50, 39_660]
    linked = calls[calls["lead_id"].notna()]
    assert (len(linked), round((linked["minutes"] * 60).sum())) == (170, 75_429)
    junk = linked[linked["lead_id"].map(status) == "Junk Lead"]
    assert (len(junk), round((junk["minutes"] * 60).sum())) == (16, 5_520)


def test_fact_4_win_rate_by_status_is_flat(zoho):
    leads, stages = zoho("Leads"), zoho("Potentials")["stages"]
    ended = stages[stages["event"].isin(["won", "lost"])].assign(
        status=lambda one: one["lead_id"].map(attribute(leads, "lead_status"))
    )
    wins = ended.groupby("status")["event"].agg([lambda one: (one == "won").sum(), "size"])
    assert wins.loc["Junk Lead"].tolist() == [131, 175]
    assert wins.loc["Pre Qualified"].tolist() == [278, 370]
    created = leads["leads"].set_index("lead_id")["created_at"]
    opened = stages[stages["event"] == "opportunity"]
    assert int((opened["occurred_at"] < opened["lead_id"].map(created)).sum()) == 1819


def test_fact_5_campaign_costs(zoho):
    costs = zoho("Campaigns")["costs"]
    assert (len(costs), round(costs["cost"].sum()), set(costs["currency"])) == (110, 44_209_580, {"USD"})


def test_events_of_three_thousand_hours_are_refused_as_selling_time(real):
    found = real(f"{ZOHO}/Events.csv")
    hours = [row.details["hours"] for row in found.refused if row.reason == "too_long_for_selling"]
    assert (found.rows, len(hours), found.records) == (0, 2978, {})
    assert 2900 < min(hours) < max(hours) < 3100


@pytest.mark.parametrize("name", ["Accounts", "Contacts", "Tasks", "Campaign_Lead_Status"])
def test_what_no_format_knows_waits_for_a_mapping(real, name):
    assert real(f"{ZOHO}/{name}.csv").format is None
