"""No two formats claim one file: whatever a header may be, one format claims it best or a person is asked."""

from itertools import combinations

import pytest

from leadalign.intake import Format, formats, recognise, understand
from leadalign.intake.formats import built_in, claimants, spellings
from leadalign.intake.typing import same_header
from leadalign.settings import Settings
from tests.crm_layouts.company import COMPANY
from tests.crm_layouts.test_same_world import LAYOUTS

FILES = [(crm, name) for crm, layout in LAYOUTS.items() for name in layout.files(COMPANY)]


@pytest.mark.parametrize(("crm", "name"), FILES)
def test_an_export_of_a_crm_is_claimed_by_one_format_of_that_crm(crm, name):
    found = understand(name, LAYOUTS[crm].files(COMPANY)[name], settings=Settings())
    claiming = [one.name for one in formats() if one.claims(found.header)]
    assert len(claiming) == 1
    assert claiming[0].startswith(crm.split()[0])


SEEN = {
    "hubspot_contacts": "Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Create Date,Associated Company,"
    "Country/Region,Contact owner",
    "hubspot_deals": "Record ID,Deal Name,Deal Stage,Amount,Deal owner,Close Date,Create Date,Last Activity Date,"
    "Associated Company IDs,Associated Contact IDs",
    "hubspot_deals ": "hs_object_id,dealname,dealstage,pipeline,amount,closedate,createdate,hubspot_owner_id,"
    "hs_v2_date_entered_closedwon",
    "hubspot_activities": "Record ID,Activity date,Call title,Call notes,Call outcome,Call status,Call direction,"
    "Associated Contact,Associated Contact IDs,Associated Deal,Associated Deal IDs",
    "hubspot_activities ": "Activity date,Activity assigned to,Call outcome,Call duration,Task Title,Due date,Task Status,"
    "Associated Contact",
    "salesforce_leads": "Lead ID,Lead Owner: Manager,Lead Owner,First Name,Last Name,Email,Lead Status,Last Activity,"
    "Last Activity Date,Phone,Primary Campaign,Campaign Channel,Create Date",
    "salesforce_leads ": "Id,IsDeleted,MasterRecordId,LastName,FirstName,Name,Title,Company,Phone,MobilePhone,Email,"
    "LeadSource,Status,Industry,Rating,OwnerId,IsConverted,ConvertedDate,ConvertedAccountId,ConvertedContactId,"
    "ConvertedOpportunityId,CreatedDate,LastModifiedDate,LastActivityDate",
    "salesforce_opportunities": "Territory Region,Opportunity Owner,Account Name,Opportunity Name,Stage,"
    "Forecast Category,Total Amount Currency,Total Amount,Fiscal Period,Close Date,Opportunity Next Steps,Type",
    "salesforce_opportunities ": "Opportunity ID,Opportunity Name,Account Name,Stage,Stage Duration,Fiscal Period,Amount,"
    "Expected Revenue,Probability (%),Age,Close Date,Created Date,Next Step,Lead Source,Type,Opportunity Owner,"
    "Last Activity,Last Modified Date",
    "salesforce_stage_history": "Opportunity ID,Opportunity Name,From Stage,To Stage,Last Modified,Amount,Close Date,"
    "Stage,Created Date,Opportunity Owner",
    "salesforce_stage_history ": "Id,OpportunityId,CreatedById,CreatedDate,StageName,Amount,ExpectedRevenue,CloseDate,"
    "Probability,ForecastCategory,SystemModstamp,IsDeleted",
    "salesforce_field_history": "Opportunity ID,Opportunity Name,Field / Event,Old Value,New Value,Edit Date,Edited By",
    "salesforce_tasks": "Subject,Date,Status,Priority,Assigned,Lead,Contact,Company / Account,Opportunity,Task,Task Type,"
    "Call Duration (sec)",
    "salesforce_events": "Id,WhoId,WhatId,Subject,Location,IsAllDayEvent,ActivityDateTime,ActivityDate,DurationInMinutes,"
    "StartDateTime,EndDateTime,AccountId,OwnerId,Type,CreatedDate,EventSubtype",
    "pipedrive_deals": "Deal - ID,Deal - Title,Deal - Stage,Deal - Status,Deal - Owner,Deal - Value,Deal - Currency,"
    "Deal - Won time,Deal - Add time,Deal - Source Campaign,Deal - Notes",
    "pipedrive_deals ": "Title,Value,Currency of value,Organization,Contact person,Stage (pipeline),Status,Owner,"
    "Creation date,Expected close date,Won time,Lost time,Lost reason,Label,Pipedrive System ID",
    "pipedrive_leads": "Lead - Title*,Lead - Labels,Contact person*,Organization*,Lead - Owner,Lead - Source channel,"
    "Lead - Source channel ID,Lead - Pipedrive System ID,Lead - Creation date",
    "pipedrive_activities": "Activity - ID,Activity - Type,Activity - Subject,Activity - Due date,Activity - Done,"
    "Activity - Deal,Activity - Person,Activity - Organization,Activity - Note,Activity - Assigned to user",
    "pipedrive_activities ": "Person - SDR Responsible,Activity - Subject,Activity - Due date,Activity - ID,Person - ID,"
    "Activity - Done,Activity type,Activity assigned to user",
}
"""Headers of exports as they were seen in public code and fixtures, each with the only format that may claim it."""


@pytest.mark.parametrize("name", list(SEEN))
def test_a_header_that_was_seen_is_claimed_by_its_format_alone(name):
    header = SEEN[name].split(",")
    assert [one.name for one in formats() if one.claims(header)] == [name.strip()]


@pytest.mark.parametrize(("one", "other"), list(combinations(formats(), 2)), ids=lambda each: each.name)
def test_no_header_that_one_format_asks_for_is_another_formats_too(one, other):
    tied = len(one.recognised_by) == len(other.recognised_by)
    assert not (tied and (_least_header(one, other) or _least_header(other, one)))


def test_a_header_that_two_formats_know_equally_is_a_question():
    one, other = (built_in(name) for name in ("zoho_calls", "zoho_events"))
    both = [spellings(column)[0] for each in (one, other) for column in each.recognised_by]
    assert {each.name for each in claimants(both)} == {"zoho_calls", "zoho_events"}
    assert recognise(both) is None
    content = (",".join(both) + "\n" + ",".join("x" for _ in both) + "\n").encode()
    found = understand("both.csv", content, settings=Settings())
    assert [(each.code, each.choices, each.blocks) for each in found.questions if each.code == "which_format"] == [
        ("which_format", ("zoho_calls", "zoho_events"), True)
    ]
    assert (found.format, found.records) == (None, {})


def _least_header(one: Format, other: Format) -> list[str] | None:
    """A header of no more than `one` asks for that `other` claims as well; None where there is none."""
    asked = [{same_header(spelt) for spelt in spellings(column)} for column in one.recognised_by]
    wanted = [{same_header(spelt) for spelt in spellings(column)} for column in other.recognised_by]
    refused = {same_header(column) for column in (*one.never_with, *other.never_with)}
    return _settled([spelt - refused for spelt in asked], wanted, {})


def _settled(asked: list[set[str]], wanted: list[set[str]], chosen: dict[int, str]) -> list[str] | None:
    if not wanted:
        rest = [min(spelt, default="") for place, spelt in enumerate(asked) if place not in chosen]
        return [*chosen.values(), *rest] if all(rest) or not rest else None
    if set(chosen.values()) & wanted[0]:
        return _settled(asked, wanted[1:], chosen)
    for place, spelt in enumerate(asked):
        for column in sorted(spelt & wanted[0]) if place not in chosen else ():
            found = _settled(asked, wanted[1:], {**chosen, place: column})
            if found:
                return found
    return None
