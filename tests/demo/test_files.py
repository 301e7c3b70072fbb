"""The files of the demo company: the same bytes each time, the headers of real exports, nobody who exists."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from leadalign.demo import mess, truth
from leadalign.demo.company import write_demo

HEADERS = {
    "hubspot_contacts.csv": "Record ID,First Name,Last Name,Email,Job Title,Company Name,Contact owner,Lead Status,"
    "Lifecycle Stage,Create Date,Last Modified Date,Original Source,Original Source Drill-Down 1,Became a Lead Date,"
    "Became a Marketing Qualified Lead Date,Became a Sales Qualified Lead Date,Became an Opportunity Date,"
    "Became a Customer Date,Number of Employees,Industry,Country/Region,Seniority,Budget Confirmed,Timeline (days),"
    "Engagements (30d)",
    "salesforce_opportunities.csv": "Opportunity ID,Opportunity Name,Account Name,Stage,Amount,Close Date,Created Date,"
    "Opportunity Owner,Lead Source,Loss Reason,Lead ID",
    "salesforce_tasks.csv": "Activity ID,Subject,Date,Assigned,Lead ID,Opportunity ID,Task Type,"
    "Call Duration (sec),Status",
    "people.csv": "person_id,name,email,function,role,team,hourly_cost,daily_work_min,currency",
    "ratings.csv": "rating_id,lead_id,rater_id,rating,reason,rated_at",
    "campaign_costs.csv": "month,source,campaign,cost_ils",
    "goals.csv": "goal_id,name,metric,owner,period,target,floor_component,weight_marketing,weight_sales",
    "attribute_events.csv": "event_id,lead_id,attr,value,observed_at,recorded_at,source",
    "stage_events.csv": "event_id,lead_id,event,occurred_at,recorded_at,actor_id,reason",
}
UNTIL = date(2026, 11, 22)


def bytes_of(folder, **chosen):
    return {path.name: path.read_bytes() for path in write_demo(folder, **{"until": UNTIL, "leads": 200} | chosen)}


def test_the_same_seed_and_day_give_the_same_bytes(tmp_path):
    assert bytes_of(tmp_path / "once") == bytes_of(tmp_path / "again")


def test_another_seed_tells_another_story(tmp_path):
    assert bytes_of(tmp_path / "seven")["ratings.csv"] != bytes_of(tmp_path / "eight", seed=8)["ratings.csv"]


@pytest.mark.parametrize("leads", [0, 1, 3, 40])
def test_a_small_company_is_a_company_too(tmp_path, leads):
    assert set(bytes_of(tmp_path, leads=leads)) >= set(HEADERS)


@pytest.mark.parametrize("until", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 9, 12), date(2027, 3, 31)])
def test_the_story_can_end_on_any_day(tmp_path, until):
    assert set(bytes_of(tmp_path, until=until)) >= set(HEADERS)


@pytest.mark.parametrize("name", HEADERS)
def test_headers_are_the_documented_ones(files, name):
    assert ",".join(files.rows(name)[0]) == HEADERS[name]


def test_all_1500_leads_are_in_the_contacts_and_a_few_rows_twice(files):
    numbers = Counter(row["Record ID"] for row in files.rows("hubspot_contacts.csv"))
    assert len(numbers) == 1500
    assert sum(numbers.values()) == 1500 + mess.DUPLICATED_CONTACTS


def test_addresses_lie_under_domains_that_reach_nobody(files):
    addresses = [row["Email"] for row in files.rows("hubspot_contacts.csv")]
    addresses += [row["email"] for row in files.rows("people.csv")]
    assert [a for a in addresses if not re.fullmatch(r"[a-z0-9.]+@[a-z0-9-]+\.example", a)] == []


def test_some_names_are_written_in_hebrew_and_most_are_not(files):
    hebrew = [row for row in files.rows("hubspot_contacts.csv") if re.search("[א-ת]", row["Last Name"])]
    assert 100 < len(hebrew) < 400


def test_people_are_eight_in_sales_four_in_marketing_and_two_managers(files):
    assert Counter(row["function"] for row in files.rows("people.csv")) == {"sales": 8, "marketing": 4, "management": 2}


def test_every_owner_and_caller_is_somebody_of_the_company(files):
    names = {row["name"] for row in files.rows("people.csv")}
    assert {row["Assigned"] for row in files.rows("salesforce_tasks.csv")} <= names
    assert {row["Contact owner"] for row in files.rows("hubspot_contacts.csv")} <= names


def test_the_reports_end_with_totals_and_a_legal_footer(files):
    count = len(files.rows("salesforce_opportunities.csv"))
    assert f'"Grand Totals ({count} records)"' in files.text("salesforce_opportunities.csv")
    assert files.text("salesforce_tasks.csv").rstrip().endswith('All rights reserved."')


def test_every_month_has_its_three_goals(files):
    goals = {(row["period"], row["metric"]): row["target"] for row in files.rows("goals.csv")}
    assert len(goals) == truth.MONTHS * 3
    assert goals["2026-11", "leads_created"] == "50"


def test_definition_2_takes_over_where_definition_1_ends(files):
    first, second = files.definition(1), files.definition(2)
    assert first["effective_from"] == "2025-06-01T00:00:00+03:00"
    assert first["effective_to"] == second["effective_from"] == "2026-03-01T00:00:00+02:00"
    assert second["effective_to"] is None


def test_the_mess_is_as_counted(files):
    contacts, tasks = files.rows("hubspot_contacts.csv"), files.rows("salesforce_tasks.csv")
    once = {row["Record ID"]: row for row in contacts}.values()
    calls = {row["Activity ID"]: row for row in tasks}.values()
    sources = Counter(row["Original Source"] for row in once)
    early = [row for row in once if "" < row["Became a Customer Date"] < row["Create Date"]]
    merges = [row for row in files.rows("stage_events.csv") if row["event"] == "merged"]
    seen = {
        "sources with a trailing space": sources["Webinar "],
        "sources in small letters": sources["webinar"],
        "contacts without a source": sources[""],
        "contacts without a company": sum(row["Company Name"] == "" for row in once),
        "contacts written twice": len(contacts) - len(once),
        "contacts who signed before they came in": len(early),
        "leads merged into earlier ones": len(merges),
        "activities of an unknown lead": sum(row["Lead ID"] == mess.UNKNOWN_LEAD for row in calls),
        "activities written twice": len(tasks) - len(calls),
        "meetings of 3,000 minutes": sum(row["Call Duration (sec)"] == "180000" for row in calls),
    }
    assert seen == {name: count for name, count in truth.MESS.items() if name in seen}


def test_nothing_has_happened_after_the_last_day(files):
    end = (UNTIL + timedelta(1)).isoformat()
    assert max(row["recorded_at"] for row in files.rows("stage_events.csv")) < end
    assert max(row["recorded_at"] for row in files.rows("attribute_events.csv")) < end
    assert max(row["Last Modified Date"] for row in files.rows("hubspot_contacts.csv")) < end
