"""The company as Dynamics 365 exports it to Excel: a GUID and a checksum before the view's columns, days as serials."""

from datetime import datetime
from typing import Any

from tests.crm_layouts.company import Activity, Company, Deal, Lead
from tests.intake.workbook import MOMENT, column, number, row, text, workbook

TELLS = {"leads", "deals", "activities"}
STATUS = {"ready": "Qualified", "unready": "Contacted", "unfit": "No Longer Interested"}
TYPE = {"call": "Phone Call", "meeting": "Appointment", "email": "Email"}


def files(company: Company) -> dict[str, bytes]:
    """The exports, by file name."""
    return {
        "Open Leads 2026-04-15.xlsx": _sheet("Open Leads", [_lead(lead) for lead in company.leads]),
        "All Opportunities 2026-04-15.xlsx": _sheet("All Opportunities", [_deal(deal) for deal in company.deals]),
        "All Activities 2026-04-15.xlsx": _sheet("All Activities", [_activity(one) for one in company.activities]),
    }


def guid(kind: int, of: int) -> str:
    """A key as Dynamics writes it."""
    return f"{kind:08x}-1c2d-ee11-9965-{of:012x}"


def _sheet(name: str, rows: list[dict[str, Any]]) -> bytes:
    cells = [list(rows[0]), *(list(one.values()) for one in rows)]
    return workbook({name: "".join(
        row(line, *(_cell(f"{column(place)}{line}", cell) for place, cell in enumerate(said) if cell != ""))
        for line, said in enumerate(cells, start=1)
    )})  # fmt: skip


def _cell(place: str, cell: Any) -> str:
    if isinstance(cell, datetime):
        return number(place, (cell - datetime(1899, 12, 30)).total_seconds() / 86_400, MOMENT)
    return number(place, cell) if isinstance(cell, int | float) else text(place, cell)


def _hidden(kind: str, key: str, modified: datetime) -> dict[str, Any]:
    return {
        f"(Do Not Modify) {kind}": key, "(Do Not Modify) Row Checksum": f"q{key[:7]}/Kx3Z0w==",
        "(Do Not Modify) Modified On": modified,
    }  # fmt: skip


def _lead(lead: Lead) -> dict[str, Any]:
    return _hidden("Lead", guid(1, lead.number), lead.judged) | {
        " Full Name": lead.name, "Topic": f"Request of {lead.name}", "Status Reason": STATUS[lead.readiness],
        "Created On": lead.created, "Company Name": lead.company, "Email": lead.email, "Business Phone": "",
        "Lead Source": lead.source, "Rating": "Warm", "Source Campaign": "", "Owner": lead.owner,
    }  # fmt: skip


def _deal(deal: Deal) -> dict[str, Any]:
    won, ended = deal.outcome == "won", deal.outcome != "open"
    return _hidden("Opportunity", guid(3, deal.number), deal.closing if ended else deal.opened) | {
        "Topic": deal.name, "Potential Customer": deal.lead.company, "Originating Lead": deal.lead.name,
        "Account": deal.lead.company, "Created On": deal.opened, "Est. Close Date": deal.closing,
        "Est. Revenue": deal.amount, "Actual Revenue": deal.amount if won else "",
        "Actual Close Date": deal.closing if ended else "", "Probability": 40,
        "Status": deal.outcome.capitalize(), "Status Reason": deal.reason or ("Won" if won else "In Progress"),
        "Currency": "New Israeli Shekel", "Owner": deal.owner,
        "Primary Contact Email (Account) (Account)": deal.lead.email,
    }  # fmt: skip


def _activity(one: Activity) -> dict[str, Any]:
    lead = one.lead
    return _hidden("Activity", guid(7, one.number), one.start) | {
        "Subject": one.subject, "Regarding": lead.name if lead else one.deal.name if one.deal else "",
        "Activity Type": TYPE[one.type], "Activity Status": "Completed" if one.done else "Open",
        "Owner": one.rep, "Actual Start": one.start, "Actual Duration": "" if one.minutes is None else one.minutes,
        "Company Name (Regarding) (Lead)": lead.company if lead else "",
    }  # fmt: skip
