"""The company as EspoCRM exports it: the fields' names as the header, `;` between cells, durations in seconds."""

from datetime import timedelta

from tests.crm_layouts.company import Activity, Company, Deal, Lead
from tests.crm_layouts.layout import Rows, csv_bytes, filled

TELLS = {"leads", "deals", "activities"}
SECOND = "%Y-%m-%d %H:%M:%S"
STATUS = {"ready": "Converted", "unready": "In Process", "unfit": "Dead"}
STAGE = {"won": "Closed Won", "lost": "Closed Lost", "open": "Negotiation"}


def files(company: Company) -> dict[str, bytes]:
    """The exports, by file name."""
    by_type = {kind: [one for one in company.activities if one.type == kind] for kind in ("call", "meeting", "email")}
    return {
        "Export_Lead.csv": _csv([_lead(lead, company.deal_of(lead)) for lead in company.leads]),
        "Export_Opportunity.csv": _csv([_deal(deal) for deal in company.deals]),
        "Export_Call.csv": _csv([_timed(one) | {"direction": "Outbound"} for one in by_type["call"]]),
        "Export_Meeting.csv": _csv([_timed(one) | {"isAllDay": "0"} for one in by_type["meeting"]]),
        "Export_Email.csv": _csv([_email(one) for one in by_type["email"]]),
    }


def key(kind: str, of: int) -> str:
    """A key of 17 characters, as EspoCRM writes it."""
    return f"65b8{kind}{of:012x}"


def _csv(rows: Rows) -> bytes:
    return csv_bytes(rows, delimiter=";", line_end="\n", quote_all=True, encoding="utf-8-sig")


def _lead(lead: Lead, deal: Deal | None) -> dict[str, str]:
    return {
        "id": key("a", lead.number), "name": lead.name, "firstName": lead.first_name, "lastName": lead.last_name,
        "accountName": lead.company, "emailAddress": lead.email, "phoneNumber": "",
        "status": STATUS[lead.readiness], "source": lead.source, "opportunityAmount": "",
        "createdAt": filled(lead.created, SECOND), "modifiedAt": filled(lead.judged, SECOND),
        "convertedAt": filled(deal and deal.opened, SECOND),
        "createdOpportunityId": key("d", deal.number) if deal else "", "assignedUserId": "1",
        "assignedUserName": lead.owner,
    }  # fmt: skip


def _deal(deal: Deal) -> dict[str, str]:
    return {
        "id": key("d", deal.number), "name": deal.name, "accountName": deal.lead.company,
        "stage": STAGE[deal.outcome], "amount": f"{deal.amount:.2f}", "amountCurrency": "ILS", "probability": "50",
        "closeDate": filled(deal.closing, "%Y-%m-%d"), "lostReason": deal.reason,
        "createdAt": filled(deal.opened, SECOND), "assignedUserId": "1", "assignedUserName": deal.owner,
    }  # fmt: skip


def _related(one: Activity) -> dict[str, str]:
    lead, deal = one.lead, one.deal
    return {
        "parentId": key("a", lead.number) if lead else key("d", deal.number) if deal else "",
        "parentType": "Lead" if lead else "Opportunity" if deal else "",
        "parentName": lead.name if lead else deal.name if deal else "", "assignedUserName": one.rep,
    }  # fmt: skip


def _timed(one: Activity) -> dict[str, str]:
    ended = one.start + timedelta(minutes=one.minutes or 30)
    return {
        "id": key("c", one.number), "name": one.subject, "status": "Held" if one.done else "Planned",
        "dateStart": filled(one.start, SECOND), "dateEnd": filled(ended, SECOND),
        "duration": str((one.minutes or 30) * 60),
    } | _related(one)  # fmt: skip


def _email(one: Activity) -> dict[str, str]:
    said = {"id": key("e", one.number), "name": one.subject, "status": "Sent", "dateSent": filled(one.start, SECOND)}
    return said | _related(one)
