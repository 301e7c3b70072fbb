"""Records: what leads, deals and activities of each CRM become, drawn from the samples in tests/intake/samples."""

import json

import pytest

from leadalign.intake import formats
from tests.intake.conftest import rows


def test_extra_columns_of_our_own_layout_are_attributes_known_from_the_leads_creation(sample):
    found = sample("native_leads").records
    of_l01 = found["attributes"][found["attributes"]["lead_id"] == "L01"]
    assert ("employees", "120", "2026-01-04 07:00", "2026-01-04 07:00") in rows(
        of_l01, "attr", "value", "observed_at", "recorded_at"
    )
    assert {attr: json.loads(value) for attr, value in rows(of_l01, "attr", "value")} == {
        "country": "IL", "employees": 120, "industry": "software", "seniority": "vp", "budget": True,
        "timeline_days": 60, "engagements_30d": 4,
    }  # fmt: skip
    assert "stages" not in found


def test_a_blank_attribute_is_unknown_and_not_false(sample):
    found = sample("native_leads").records["attributes"]
    assert "budget" not in [attr for lead, attr in rows(found, "lead_id", "attr") if lead == "L02"]


def test_events_of_our_own_layout_carry_both_clocks(real):
    found = real("fixture/stage_events.csv").records["stages"]
    won = found[(found["lead_id"] == "L06") & (found["event"] == "won")]
    assert rows(won, "slot", "occurred_at", "recorded_at", "event_id") == [
        ("native/stage_events/s34/won", "2026-01-29 10:00", "2026-02-01 06:00", "s34")
    ]


def test_attribute_events_are_typed_attribute_by_attribute(real):
    found = real("fixture/attribute_events.csv").records["attributes"]
    assert rows(found, "attr", "value")[:3] == [("budget", "true"), ("timeline_days", "90"), ("budget", "false")]


def test_every_table_of_the_fixture_comes_in_whole(real):
    counts = {
        "leads": 12, "activities": 16, "stage_events": 50, "attribute_events": 6, "people": 6, "ratings": 9,
        "goals": 2, "campaign_costs": 4, "survey_answers": 48,
    }  # fmt: skip
    for name, count in counts.items():
        found = real(f"fixture/{name}.csv")
        assert (found.rows, found.refused, found.questions) == (count, [], [])


def test_goals_bring_their_floor_and_costs_their_currency(sample):
    goals, costs = sample("native_goals").records["goals"], sample("native_campaign_costs").records["costs"]
    assert rows(goals, "goal_id", "target", "floor_metric", "floor_target")[0] == ("G1", 50, "sales_ready_leads", 10)
    assert str(goals["month"][0]) == "2026-01-01"
    assert rows(costs, "cost", "currency")[0] == (6000, "ILS")


def test_a_definition_is_one_record_with_its_rules_whole(real):
    found = real("fixture/definition_v2.json")
    record = found.records["definitions"].iloc[0]
    assert (found.kind, record["version"], record["signed_sales"]) == ("definition", 2, "r1")
    assert str(record["effective_from"]) == "2026-01-31 22:00:00+00:00"
    assert len(json.loads(record["rules"])["criteria"]) == 7


def test_zoho_leads_are_leads_with_readiness_by_their_status(sample):
    found = sample("zoho_leads").records
    assert rows(found["leads"], "lead_id", "system", "source", "name") == [
        ("11", "zoho", "Trade Show", "Levi"), ("12", "zoho", None, "NA"), ("13", "zoho", "Partner", "Mizrahi"),
    ]  # fmt: skip
    said = rows(found["attributes"], "lead_id", "attr", "value", "observed_at")
    assert [(lead, value) for lead, attr, value, _ in said if attr == "crm_readiness"] == [
        ("11", '"ready"'), ("12", '"unfit"'), ("13", '"unready"'),
    ]  # fmt: skip
    assert ("12", "converted", "false", None) in said
    assert ("11", "fleet_size", "12", None) in said


def test_an_unknown_status_is_asked_with_its_count_and_is_not_guessed(read):
    found = read(
        "LEADID,Lead Owner,Lead Status,Created Time,CONVERTED\n1,A,Sleeping,2024-03-13,No\n2,A,Sleeping,2024-03-13,No\n"
    )
    assert [(one.code, one.column, one.details["values"]) for one in found.questions] == [
        ("unknown_value", "Lead Status", {"Sleeping": 2})
    ]
    assert "crm_readiness" not in set(found.records["attributes"]["attr"])


def test_zoho_deals_open_at_creation_and_end_at_the_closing_date_of_a_closed_stage(sample):
    found = sample("zoho_deals").records["stages"]
    assert rows(found, "lead_id", "event", "occurred_at", "amount", "currency") == [
        ("11", "opportunity", "2021-04-14 21:02", 22_700, "USD"),
        ("13", "opportunity", "2021-04-14 21:02", 1_117_100, "USD"),
        ("11", "won", "2021-05-15 21:03", 22_700, "USD"),
    ]


def test_what_a_deal_says_of_its_lead_is_dated_by_the_deal(sample):
    found = sample("zoho_deals").records["attributes"]
    assert ("11", "deal_stage", '"Closed Won"', "2021-05-15 21:03") in rows(
        found, "lead_id", "attr", "value", "observed_at"
    )


def test_a_call_of_zero_seconds_is_a_logged_zero_and_deal_zero_is_none(sample):
    found = sample("zoho_calls").records["activities"]
    assert rows(found, "minutes", "minutes_source", "deal_id", "direction", "purpose") == [
        (7, "logged", None, "Outbound", "Prospecting"), (0, "logged", None, "Inbound", "Demo"),
    ]  # fmt: skip


def test_a_meeting_of_three_thousand_hours_is_refused_as_selling_time(sample):
    found = sample("zoho_events")
    assert [(row.line, row.reason, row.details) for row in found.refused] == [
        (2, "too_long_for_selling", {"hours": 3000.1, "most": 10.0})
    ]
    assert rows(found.records["activities"], "minutes", "minutes_source") == [(90, "calendar")]


def test_hubspot_dates_tell_the_leads_story_and_its_readiness(sample):
    found = sample("hubspot_contacts").records
    assert rows(found["stages"], "slot", "occurred_at", "owner_id")[2:] == [
        ("hubspot/leads/51/classified", "2024-03-13 08:00", "Gil Paran"),
        ("hubspot/leads/51/handed_off", "2024-03-20 09:00", "Gil Paran"),
        ("hubspot/leads/51/opportunity", "2024-04-02 09:00", "Gil Paran"),
        ("hubspot/leads/51/won", "2024-05-01 07:00", "Gil Paran"),
    ]
    ready = found["attributes"][found["attributes"]["attr"] == "crm_readiness"]
    assert rows(ready.sort_values(["lead_id", "observed_at"]), "lead_id", "value", "observed_at") == [
        ("51", '"unready"', "2024-03-12 07:14"), ("51", '"unready"', "2024-03-13 08:00"),
        ("51", '"ready"', "2024-03-20 09:00"),
        ("52", '"unready"', "2024-03-15 12:30"), ("52", '"unfit"', "2024-04-01 05:00"),
    ]  # fmt: skip


def test_salesforce_ids_meet_whether_they_came_short_or_long(sample):
    leads, deals, tasks = (
        sample(f"salesforce_{name}").records[table]
        for name, table in (("leads", "leads"), ("opportunities", "stages"), ("tasks", "activities"))
    )
    assert leads["lead_id"][0] == deals["lead_id"][0] == tasks["lead_id"][0] == "00Q5g00000ABCDeEAP"
    assert deals["deal_id"][0] == tasks["deal_id"][1] == "006A0000006Vm9rIAC"


def test_salesforce_deals_are_won_or_lost_on_their_close_date_with_amount_and_reason(sample):
    found = sample("salesforce_opportunities").records["stages"]
    assert rows(found[found["event"] != "opportunity"], "event", "lead_id", "amount", "reason") == [
        ("won", "00Q5g00000ABCDeEAP", 12_500, None), ("lost", "deal:006A0000006Vm9sIAC", 8_000, "price"),
    ]  # fmt: skip


def test_salesforce_api_names_are_the_same_table(read):
    found = read(
        "Id,OwnerId,LastName,Company,LeadSource,Status,IsConverted,CreatedDate\n"
        "00Q5g00000ABCDe,005x,Bar,One Ltd,Web,Working - Contacted,false,2024-03-13T08:00:00.000Z\n"
    )
    assert found.format is not None
    assert found.format.name == "salesforce_leads"
    assert rows(found.records["leads"], "lead_id", "created_at") == [("00Q5g00000ABCDeEAP", "2024-03-13 08:00")]


def test_a_task_that_is_not_done_took_no_time(sample):
    found = sample("salesforce_tasks")
    assert [(row.line, row.reason) for row in found.refused] == [(6, "not_done")]
    assert rows(found.records["activities"], "type", "minutes", "minutes_source") == [
        ("call", 12, "logged"), ("meeting", None, None),
    ]  # fmt: skip


NATIVE_LEADS = "lead_id,created_at,source,account_id\n"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",2026-01-04,ads,", "cell_missing"), ("L1,,ads,", "cell_missing"), ("L1,soon,ads,", "cell_unreadable"),
        ("L0,2026-01-05,ads,", "same_key_again"),
    ],
)  # fmt: skip
def test_a_lead_without_what_it_needs_is_refused_with_its_line(read, row, reason):
    found = read(f"{NATIVE_LEADS}L0,2026-01-04,ads,\n{row}\n")
    assert [(one.line, one.reason) for one in found.refused] == [(3, reason)]
    assert (found.rows, found.rows_in_file) == (1, 2)


def test_a_key_that_comes_again_says_which_line_has_it_first(read):
    found = read(f"{NATIVE_LEADS}L0,2026-01-04,ads,\nL1,2026-01-04,ads,\nL0,2026-01-05,ads,\n")
    assert [(one.line, one.details) for one in found.refused] == [(4, {"key": "L0", "first": 2})]


def test_a_lead_written_twice_word_for_word_counts_once(read):
    found = read(f"{NATIVE_LEADS}L0,2026-01-04,ads,\nL0,2026-01-04,ads,\n")
    assert [(one.rule, one.lines) for one in found.repairs] == [("duplicate_rows", (3,))]
    assert (found.rows, found.rows_away, found.rows_in_file) == (1, 1, 2)


def test_calls_without_ids_that_are_equal_both_stay(read):
    call = "2021-04-15 23:03:00,420,Gil Paran\n"
    found = read("Call Start Time,Call Duration (in seconds),Call Owner\n" + call + call)
    assert found.records["activities"]["activity_id"].nunique() == 2


def test_an_open_order_of_day_and_month_blocks_and_its_answer_opens(read):
    text = f"{NATIVE_LEADS}L0,03/04/2026,ads,\n"
    asked = read(text)
    assert (asked.blocked, asked.records, [one.code for one in asked.questions]) == (True, {}, ["date_order"])
    assert asked.format is not None
    answered = read(text, format=asked.format.answered("date_order", "created_at", "dmy"))
    assert rows(answered.records["leads"], "created_at") == [("2026-04-03 00:00",)]
    assert not answered.questions


def test_formats_are_loaded_once():
    assert formats() is formats()


def test_a_deal_without_its_leads_id_stands_for_it_until_its_company_tells_and_is_listed(sample):
    found = sample("salesforce_opportunities")
    assert [(one.rule, one.lines) for one in found.repairs if one.rule == "linked_by_name"] == [
        ("linked_by_name", (3, 4))
    ]
    stands_for_itself = {"deal:006A0000006Vm9sIAC", "deal:006A0000006Vm9tIAC"}
    assert set(found.records["attributes"]["lead_id"]) == {"00Q5g00000ABCDeEAP"} | stands_for_itself


def test_a_lead_has_the_first_phone_that_its_row_gives(read):
    text = (
        "Record Id,Lead Owner,Lead Status,Is Converted,Created Time,Phone,Mobile\n"
        "1,Gil,Qualified,false,2026-01-05 10:00:00,\u200e03-555-0101,054-555-0102\n"
        "2,Gil,Qualified,false,2026-01-05 10:00:00,,054-555-0103\n"
    )
    found = read(text)
    assert rows(found.records["leads"], "lead_id", "phone") == [("1", "03-555-0101"), ("2", "054-555-0103")]
    assert [attr for (attr,) in rows(found.records["attributes"], "attr") if attr in ("phone", "mobile")]
