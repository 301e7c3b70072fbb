"""The company as Zoho CRM exports it: keys with a prefix in some files, names and keys of what belongs together."""

from datetime import timedelta

from tests.crm_layouts.company import Activity, Company, Deal, Lead
from tests.crm_layouts.layout import csv_bytes, filled

TELLS = {"leads", "deals"}
"""Not its activities: Zoho exports no e-mails, so that the minutes of the company do not add up; see `test_zoho.py`."""
SECOND = "%Y-%m-%d %H:%M:%S"
STATUS = {"ready": "Pre-Qualified", "unready": "Contacted", "unfit": "Junk Lead"}
STAGE = {"won": "Closed Won", "lost": "Closed Lost", "open": "Negotiation/Review"}


def files(company: Company) -> dict[str, bytes]:
    """The exports, by file name."""
    by_type = {kind: [one for one in company.activities if one.type == kind] for kind in ("call", "meeting")}
    return {
        "Leads_001.csv": csv_bytes([_lead(lead, company.deal_of(lead)) for lead in company.leads]),
        "Deals_001.csv": csv_bytes([_deal(deal) for deal in company.deals]),
        "Calls_001.csv": csv_bytes([_call(one) for one in by_type["call"] if one.done]),
        "Meetings_001.csv": csv_bytes([_meeting(one) for one in by_type["meeting"]]),
    }


def key(kind: int, of: int) -> str:
    """A key of 19 digits, as Zoho writes it."""
    return f"58{kind}2000000{of:09d}"


def _lead(lead: Lead, deal: Deal | None) -> dict[str, str]:
    return {
        "Record Id": f"zcrm_{key(1, lead.number)}", "Lead Owner.id": "zcrm_5822000000000001", "Lead Owner": lead.owner,
        "Is Converted": str(deal is not None).lower(), "Company": lead.company, "First Name": lead.first_name,
        "Last Name": lead.last_name, "Email": lead.email, "Phone": "", "Mobile": "", "Lead Source": lead.source,
        "Lead Status": STATUS[lead.readiness], "Created Time": filled(lead.created, SECOND),
        "Modified Time": filled(lead.judged, SECOND), "Tag": "",
        "Converted Date Time": filled(deal and deal.opened, SECOND),
        "Converted Deal.id": f"zcrm_{key(2, deal.number)}" if deal else "", "Locked": "false",
    }  # fmt: skip


def _deal(deal: Deal) -> dict[str, str]:
    return {
        "Record Id": key(2, deal.number), "Deal Owner.id": "5822000000000001", "Deal Owner": deal.owner,
        "Deal Name": deal.name, "Account Name.id": "58220000007", "Account Name": deal.lead.company,
        "Amount": f"{deal.amount}", "Stage": STAGE[deal.outcome], "Probability (%)": "50",
        "Closing Date": filled(deal.closing, "%Y-%m-%d"), "Reason For Loss (Closed Lost)": deal.reason,
        "Created Time": filled(deal.opened, SECOND),
    }  # fmt: skip


def _related(one: Activity) -> dict[str, str]:
    lead, deal = one.lead, one.deal
    return {
        "Record Id": f"zcrm_{key(3, one.number)}", "Subject": one.subject,
        "Related To.id": key(1, lead.number) if lead else key(2, deal.number) if deal else "",
        "Related To Module": "Leads" if lead else "Deals" if deal else "",
        "Created Time": filled(one.start, SECOND),
    }  # fmt: skip


def _call(one: Activity) -> dict[str, str]:
    return _related(one) | {
        "Call Type": "Outbound", "Call Start Time": filled(one.start, SECOND),
        "Call Duration (in seconds)": str((one.minutes or 0) * 60), "Call Owner.id": "5822000000000001",
        "Call Owner": one.rep,
    }  # fmt: skip


def _meeting(one: Activity) -> dict[str, str]:
    ended = one.start + timedelta(minutes=one.minutes or 0)
    return _related(one) | {
        "Host.id": "5822000000000001", "Host": one.rep, "From": filled(one.start, SECOND),
        "To": filled(ended, SECOND),
    }  # fmt: skip
