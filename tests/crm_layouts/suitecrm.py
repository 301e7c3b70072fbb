"""The company as SuiteCRM exports it: leads and deals by labels, activities by the columns of its database."""

from tests.crm_layouts.company import Activity, Company, Deal, Lead
from tests.crm_layouts.layout import csv_bytes, filled

TELLS = {"leads", "deals", "activities"}
MINUTE = "%Y-%m-%d %H:%M"
STATUS = {"ready": "Converted", "unready": "In Process", "unfit": "Dead"}
STAGE = {"won": "Closed Won", "lost": "Closed Lost", "open": "Negotiation/Review"}


def files(company: Company) -> dict[str, bytes]:
    """The exports, by file name."""
    emails = [_email(one) for one in company.activities if one.type == "email"]
    return {
        "Leads.csv": csv_bytes([_lead(one, company.deal_of(one)) for one in company.leads], quote_all=True),
        "Opportunities.csv": csv_bytes([_deal(deal) for deal in company.deals], quote_all=True),
        "Calls.csv": _activities(company, "call", {"direction": "Outbound"}),
        "Meetings.csv": _activities(company, "meeting", {"location": "Tel Aviv"}),
        "Emails.csv": csv_bytes(emails, quote_all=True),
    }


def key(kind: str, of: int) -> str:
    """A key as SuiteCRM writes it."""
    return f"{kind}{of:07d}-6dd2-55c4-9f1e-6a3b0e2f1c77"


def _lead(lead: Lead, deal: Deal | None) -> dict[str, str]:
    return {
        "First Name": lead.first_name, "Last Name": lead.last_name, "ID": key("a", lead.number), "Salutation": "",
        "Account Name": lead.company, "Email Address": lead.email, "Office Phone": "",
        "Status": STATUS[lead.readiness], "Status Description": "", "Lead Source": lead.source,
        "Lead Source Description": "", "Converted": "1" if deal else "0",
        "Opportunity Name": deal.name if deal else "", "Opportunity ID": key("d", deal.number) if deal else "",
        "Referred By": "", "Assigned to": lead.owner, "Assigned User": "seed_id", "Deleted": "0",
        "Date Created": filled(lead.created, MINUTE), "Date Modified": filled(lead.judged, MINUTE),
    }  # fmt: skip


def _deal(deal: Deal) -> dict[str, str]:
    return {
        "Opportunity Name": deal.name, "ID": key("d", deal.number), "Opportunity Amount": f"${deal.amount:,.2f}",
        "Currency": "'-99", "Expected Close Date": filled(deal.closing, "%Y-%m-%d"),
        "Sales Stage": STAGE[deal.outcome], "Probability (%)": "50", "Type": "New Business",
        "Account Name": deal.lead.company, "Amount": f"${deal.amount:,.2f}", "Lead Source": deal.lead.source,
        "Lost Reason": deal.reason, "Assigned to": deal.owner, "Assigned User": "seed_id",
        "Date Created": filled(deal.opened, MINUTE), "Date Modified": filled(deal.closing, MINUTE), "Deleted": "0",
    }  # fmt: skip


def _related(one: Activity) -> dict[str, str]:
    lead, deal = one.lead, one.deal
    return {
        "parent_type": "Leads" if lead else "Opportunities" if deal else "",
        "parent_id": key("a", lead.number) if lead else key("d", deal.number) if deal else "",
        "assigned_user_name": one.rep, "date_entered": filled(one.start, MINUTE), "deleted": "0",
    }  # fmt: skip


def _activities(company: Company, kind: str, more: dict[str, str]) -> bytes:
    return csv_bytes([_timed(one) | more for one in company.activities if one.type == kind], quote_all=True)


def _timed(one: Activity) -> dict[str, str]:
    hours, minutes = divmod(one.minutes or 0, 60)
    return {
        "id": key("c", one.number), "name": one.subject, "date_start": filled(one.start, MINUTE),
        "duration_hours": str(hours), "duration_minutes": str(minutes), "status": "Held" if one.done else "Planned",
    } | _related(one)  # fmt: skip


def _email(one: Activity) -> dict[str, str]:
    said = {"id": key("e", one.number), "name": one.subject, "date_sent": filled(one.start, MINUTE), "status": "Sent"}
    return said | _related(one)
