"""Header lines as CRMs write them, in each of their styles: known, filled, and odd places read as they are meant."""

import pytest

from leadalign.intake import recognise
from tests.intake.conftest import rows

SUITE = (
    "First Name|Last Name|ID|Salutation|Job Title|Department|Account Name|Account Description|Website|Email Address|"
    "Non Primary E-mails|Mobile|Office Phone|Home Phone|Other Phone|Fax|Primary Address Street|Primary Address City|"
    "Primary Address State|Primary Address Postalcode|Primary Address Country|Status|Status Description|Lead Source|"
    "Lead Source Description|Description|Converted|Opportunity Name|Opportunity Amount|Referred By|Campaign ID|"
    "Do Not Call|Contact ID|Account ID|Opportunity ID|Assigned to|Assigned User|Date Created|Date Modified|Created By|"
    "Modified By|Deleted|Photo|Lawful Basis|Longitude|Latitude|Geocode Status|Address"
)
SUITE_DEALS = (
    "Opportunity Name|ID|Opportunity Amount|Currency|Expected Close Date|Sales Stage|Probability (%)|Next Step|Type|"
    "Account Name|Description|Amount|Lead Source|campaign_id|Assigned to|Assigned User|Date Created|Date Modified"
)
HEADERS = {
    "suitecrm_leads": [
        SUITE,
        "id|date_entered|date_modified|deleted|assigned_user_id|first_name|last_name|phone_mobile|converted|lead_source|"
        "lead_source_description|status|status_description|account_name|opportunity_id|email1|assigned_user_name",
    ],
    "suitecrm_opportunities": [
        SUITE_DEALS,
        "id|name|date_entered|date_modified|assigned_user_name|opportunity_type|account_name|lead_source|amount|"
        "amount_usdollar|currency_id|date_closed|next_step|sales_stage|probability",
    ],
    "suitecrm_calls": [
        "Subject|ID|Start Date and Time|End Date|Duration Hours|Duration Minutes|Related To Module|Parent ID|Status|"
        "Direction|Assigned User ID|Date Created",
        "id|name|date_entered|date_modified|assigned_user_id|duration_hours|duration_minutes|date_start|date_end|"
        "parent_type|status|direction|parent_id",
    ],
    "espocrm_leads": [
        "id|name|firstName|lastName|title|status|source|industry|opportunityAmount|emailAddress|phoneNumber|"
        "accountName|createdAt|modifiedAt|convertedAt|assignedUserId|assignedUserName|campaignId",
        "ID|Name|First Name|Last Name|Status|Source|Opportunity Amount|Email|Phone|Account Name|Created At|"
        "Modified At|Assigned User",
    ],
    "espocrm_opportunities": [
        "id|name|amount|amountCurrency|stage|probability|closeDate|accountName|createdAt|assignedUserName",
        "ID|Name|Amount|Stage|Probability|Close Date|Account|Created At|Assigned User",
    ],
    "espocrm_calls": [
        "id|name|status|dateStart|dateEnd|duration|direction|parentId|parentType|parentName|assignedUserName",
        "Name|Status|Date Start|Date End|Duration|Direction|Parent|Assigned User",
    ],
    "espocrm_meetings": ["Name|Status|Date Start|Date End|Duration|Parent|Assigned User"],
    "espocrm_tasks": ["Name|Status|Priority|Date Start|Date Due|Parent|Assigned User"],
    "zoho_leads": [
        "Record Id|Lead Owner.id|Lead Owner|Is Converted|Company|First Name|Last Name|Email|Phone|Mobile|Lead Source|"
        "Lead Status|Created By.id|Created By|Modified By.id|Modified By|Created Time|Modified Time|Lead Name|Street|"
        "City|State|Zip Code|Email Opt Out|Salutation|Last Activity Time|Tag|Converted Date Time|Lead Conversion Time|"
        "Converted Account.id|Converted Account|Converted Contact.id|Converted Contact|Converted Deal.id|"
        "Converted Deal|Locked|Connected To.id",
    ],
    "zoho_deals": [
        "Record Id|Deal Owner.id|Deal Owner|Deal Name|Account Name.id|Account Name|Amount|Stage|Probability (%)|"
        "Closing Date|Pipeline|Lead Source|Reason For Loss (Closed Lost)|Created Time",
    ],
    "zoho_calls": [
        "Record Id|Call Type|Contact Name.id|Subject|Call Start Time|Call Duration (in seconds)|Call Owner.id",
    ],
    "zoho_tasks": [
        "Record Id|Subject|Status|Priority|Due Date|Related To.id|Related To Module|Task Owner.id|Closed Time",
    ],
    "dynamics_leads": [
        "(Do Not Modify) Lead|(Do Not Modify) Row Checksum|(Do Not Modify) Modified On|Subject|First Name|Last Name|"
        "Job Title|Company Name|Email|Business Phone|Country|State or Province|Description|Lead Source|Rating|"
        "Source Campaign|Created On",
        "(Do Not Modify) Lead|(Do Not Modify) Row Checksum|(Do Not Modify) Modified On| Full Name|Topic|Status Reason|"
        "Created On|Company Name|Owner",
    ],
    "dynamics_opportunities": [
        "(Do Not Modify) Opportunity|(Do Not Modify) Row Checksum|(Do Not Modify) Modified On|Topic|Potential Customer|"
        "Est. Close Date|Est. Revenue|Probability|Status|Status Reason|Actual Revenue|Actual Close Date|Created On",
    ],
    "odoo_leads": [
        "id|name|type|contact_name|partner_name|email_from|phone|mobile|expected_revenue|probability|"
        "automated_probability|stage_id|user_id|team_id|source_id|medium_id|campaign_id|country_id|state_id|tag_ids|"
        "create_date|write_date|date_closed|date_conversion|date_deadline|lost_reason_id|active|priority",
        "External ID|Opportunity|Contact Name|Company Name|Email|Phone|Salesperson|Sales Team|Expected Revenue|"
        "Probability|Stage|Expected Closing|Created on|Closed Date|Conversion Date|Lost Reason|Source|Medium|Campaign|"
        "Tags|Active",
        "Created on|Lead|Contact Name|Company Name|Email|Phone|City|Country|Salesperson|Sales Team",
    ],
    "mautic_contacts": [
        "id|date_added|title|firstname|lastname|company|position|email|phone|mobile|address1|city|state|zipcode|country|"
        "points|stage",
    ],
}


@pytest.mark.parametrize(("name", "header"), [(name, one) for name, all_ in HEADERS.items() for one in all_])
def test_each_style_of_a_header_is_known_and_fills_what_is_needed(name, header):
    cells = header.split("|")
    found = recognise(cells)
    assert found is not None
    assert found.name == name
    assert set(found.needs()) <= set(found.places(cells))


def test_the_key_is_found_by_its_shape_and_is_never_the_checksum(read):
    text = (
        "(Do Not Modify) Prospect,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Topic,Company Name,"
        "Lead Source,Created On,Owner\n"
        "fT3cNn0Q/Kx3Z0w==,abc/Kx3Z0w==,2026-01-07 10:00,Order,One,Web,2026-01-05 10:00,Gil\n"
    )
    guid = "6f9619ff-8b86-d011-b42d-00c04fc964ff"
    asked = read(text)
    assert [one.code for one in asked.questions] == ["needed_column_missing"]
    found = read(text.replace("fT3cNn0Q/Kx3Z0w==", guid))
    assert rows(found.records["leads"], "lead_id", "company") == [(guid, "One")]
    assert found.format is not None
    assert read(text.replace("fT3cNn0Q/Kx3Z0w==", guid), format=found.format).format == found.format


def test_the_revenue_is_the_actual_one_where_there_is_one(read):
    text = (
        "(Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,Topic,Created On,Status,Actual Close Date,"
        "Est. Revenue,Actual Revenue\n"
        "6f9619ff-8b86-d011-b42d-00c04fc964ff,x,A,2026-01-05,Won,2026-02-05,900,800\n"
        "7f9619ff-8b86-d011-b42d-00c04fc964ff,y,B,2026-01-05,Open,,700,\n"
    )
    stages = read(text).records["stages"]
    assert sorted(rows(stages, "event", "amount")) == [("opportunity", 700), ("opportunity", 800), ("won", 800)]


def test_a_cut_row_at_the_end_of_a_suitecrm_export_is_refused_alone(read):
    width = len(SUITE.split("|"))
    filled = dict.fromkeys(SUITE.split("|"), "") | {
        "First Name": "Noa", "Last Name": "Bar", "ID": "00c19439-0b27", "Status": "Recycled", "Converted": "0",
        "Lead Source": "Web", "Assigned to": "gil", "Date Created": "2023-02-06 06:30",
    }  # fmt: skip
    lines = [SUITE.split("|"), list(filled.values()), ["John", "Doe", "john@one.co.il", "444"]]
    found = read("".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines))
    assert (found.rows, [(one.line, one.reason, one.details) for one in found.refused]) == (
        1, [(3, "too_few_cells", {"found": 4, "expected": width})],
    )  # fmt: skip
    assert [row for row in rows(found.records["attributes"], "attr", "value") if row[0] == "crm_readiness"] == [
        ("crm_readiness", '"unready"')
    ]


def test_several_addresses_in_a_cell_give_the_first_and_are_kept_whole(read):
    text = (
        "Record Id,Lead Owner,Lead Status,Is Converted,Created Time,Email,Tag\n"
        '1,Gil,Qualified,false,2026-01-05 10:00:00,"noa@one.co.il, office@one.co.il",vip;webinar\n'
        "2,Gil,Qualified,false,2026-01-05 10:00:00,Avi Tal <avi@two.co.il>;tal@two.co.il,\n"
        "3,Gil,Qualified,false,2026-01-05 10:00:00,maya@three.co.il,\n"
    )
    found = read(text)
    assert [email for (email,) in rows(found.records["leads"], "email")] == [
        "noa@one.co.il", "avi@two.co.il", "maya@three.co.il",
    ]  # fmt: skip
    assert [(one.rule, one.lines, one.column) for one in found.repairs] == [("several_emails", (2, 3), "Email")]
    said = rows(found.records["attributes"], "lead_id", "attr", "value")
    assert ("1", "emails", '"noa@one.co.il, office@one.co.il"') in said
    assert ("1", "tag", '"vip;webinar"') in said
    assert "3" not in {lead for lead, attr, _ in said if attr == "emails"}


def test_a_task_belongs_to_the_lead_the_deal_or_the_contact_that_it_names_by_kind(read):
    text = (
        "Record Id,Subject,Status,Due Date,Related To.id,Related To Module,Task Owner,Closed Time\n"
        "zcrm_1,A,Completed,2026-01-05,zcrm_77,Leads,Gil,2026-01-06 10:00:00\n"
        "zcrm_2,B,Completed,2026-01-05,zcrm_88,Deals,Gil,\n"
        "zcrm_3,C,Completed,2026-01-05,zcrm_99,Accounts,Gil,\n"
        "zcrm_4,D,Deferred,2026-01-05,zcrm_77,Leads,Gil,\n"
    )
    found = read(text)
    assert rows(found.records["activities"], "activity_id", "lead_id", "deal_id", "started_at") == [
        ("1", "77", None, "2026-01-06 08:00"), ("2", None, "88", "2026-01-04 22:00"),
        ("3", None, None, "2026-01-04 22:00"),
    ]  # fmt: skip
    assert [(one.line, one.reason) for one in found.refused] == [(5, "not_done")]


def test_hours_and_minutes_in_two_columns_are_one_duration(read):
    text = (
        "id,name,date_entered,assigned_user_name,duration_hours,duration_minutes,date_start,parent_type,status,parent_id\n"
        "m1,One,2026-01-05,Gil,1,15,2026-01-05 10:00,Leads,Held,a1\n"
        "m2,Two,2026-01-05,Gil,0,30,2026-01-05 10:00,,Held,\n"
    )
    assert rows(read(text).records["activities"], "minutes", "lead_id") == [(75, "a1"), (30, None)]
