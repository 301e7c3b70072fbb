"""The company as HubSpot exports it: a dated column for each stage, ids in numbers, times to the minute or in ms."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.crm_layouts.company import Activity, Company, Deal, Lead
from tests.crm_layouts.layout import csv_bytes, filled

TELLS = {"leads", "deals", "activities", "acceptance"}
MINUTE = "%Y-%m-%d %H:%M"
STAGE = {"won": "Closed Won", "lost": "Closed Lost", "open": "Contract Sent"}


def files(company: Company) -> dict[str, bytes]:
    """The exports, by file name; the activities first, for the order of files must not matter."""
    return {
        "hubspot-crm-exports-all-activities.csv": csv_bytes([_activity(one) for one in company.activities]),
        "hubspot-crm-exports-all-deals.csv": csv_bytes([_deal(one) for one in company.deals], quote_all=True),
        "hubspot-crm-exports-all-contacts.csv": csv_bytes([_lead(one, company.deal_of(one)) for one in company.leads]),
    }


def lead_id(lead: Lead) -> str:
    """The contact's number."""
    return str(5100 + lead.number)


def deal_id(deal: Deal) -> str:
    """The deal's number."""
    return str(10_000_000_000 + deal.number)


def _milliseconds(moment: datetime) -> str:
    return str(int(moment.replace(tzinfo=ZoneInfo("Asia/Jerusalem")).timestamp() * 1000))


def _lead(lead: Lead, deal: Deal | None) -> dict[str, str]:
    handed = lead.judged if lead.readiness == "ready" else None
    return {
        "Record ID": lead_id(lead), "First Name": lead.first_name, "Last Name": lead.last_name, "Email": lead.email,
        "Phone Number": "", "Contact owner": lead.owner,
        "Lead Status": "Unqualified" if lead.readiness == "unfit" else "OPEN_DEAL" if deal else "In Progress",
        "Lifecycle Stage": "Opportunity" if deal else "Lead", "Create Date": filled(lead.created, MINUTE),
        "Last Modified Date": filled(lead.judged, MINUTE), "Original Source": lead.source,
        "Became a Lead Date": filled(lead.created, MINUTE),
        "Became a Sales Qualified Lead Date": filled(handed, MINUTE),
        "Became an Opportunity Date": filled(deal and deal.opened, MINUTE), "Became a Customer Date": "",
        "Associated Company": lead.company,
    }  # fmt: skip


def _deal(deal: Deal) -> dict[str, str]:
    closed = {name: deal.closing if deal.outcome == name else None for name in ("won", "lost")}
    return {
        "Record ID": deal_id(deal), "Deal Name": deal.name, "Deal Stage": f"{STAGE[deal.outcome]} (Sales Pipeline)",
        "Pipeline": "Sales Pipeline", "Amount": str(deal.amount), "Deal owner": deal.owner,
        "Create Date": filled(deal.opened, MINUTE), "Close Date": filled(deal.closing, MINUTE),
        'Date entered "Appointment Scheduled (Sales Pipeline)"': filled(deal.opened, MINUTE),
        "Date entered “Closed Won (Sales Pipeline)”": filled(closed["won"], MINUTE),
        "Date entered 'Closed Lost (Sales Pipeline)'": filled(closed["lost"], MINUTE),
        "Closed Lost Reason": deal.reason, "Associated Contact": deal.lead.name,
        "Associated Contact IDs": lead_id(deal.lead),
    }  # fmt: skip


def _activity(one: Activity) -> dict[str, str]:
    talked = one.type == "call" and one.minutes is not None
    met = one.start.replace(hour=one.start.hour + (one.start.minute + (one.minutes or 0)) // 60,
                            minute=(one.start.minute + (one.minutes or 0)) % 60)  # fmt: skip
    return {
        "Record ID": str(30_000_000_000 + one.number), "Activity date": _milliseconds(one.start),
        "Activity type": one.type.capitalize(), "Activity assigned to": one.rep,
        "Call title": one.subject if one.type == "call" else "",
        "Call outcome": "Connected" if talked else "",
        "Call duration": str((one.minutes or 0) * 60_000) if talked else "",
        "Call status": ("Completed" if one.done else "Queued") if one.type == "call" else "",
        "Meeting name": one.subject if one.type == "meeting" else "",
        "Meeting end time": _milliseconds(met) if one.type == "meeting" else "",
        "Meeting outcome": "Completed" if one.type == "meeting" else "",
        "Associated Contact IDs": lead_id(one.lead) if one.lead else "",
        "Associated Deal IDs": deal_id(one.deal) if one.deal else "",
    }  # fmt: skip
