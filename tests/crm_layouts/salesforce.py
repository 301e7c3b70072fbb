"""The company as Salesforce reports export it: quoted cells, LF inside CRLF, short ids, totals and a legal footer."""

from tests.crm_layouts.company import Company, Deal, Lead
from tests.crm_layouts.layout import Rows, csv_bytes, filled

TELLS = {"leads", "deals"}
DAY = "%d/%m/%Y"
STATUS = {"ready": "Qualified", "unready": "Working - Contacted", "unfit": "Unqualified"}
STAGE = {"won": "Closed Won", "lost": "Closed Lost", "open": "Negotiation/Review"}


def files(company: Company) -> dict[str, bytes]:
    """The exports, by file name."""
    return {
        "leads.csv": _report([_lead(lead, company.deal_of(lead)) for lead in company.leads]),
        "opportunities.csv": _report([_deal(deal) for deal in company.deals]),
    }


def lead_id(lead: Lead) -> str:
    """The 15 characters that a report shows, in which capitals count."""
    return f"00Q5g00000ABCd{'aAbBcCdDeEfF'[lead.number - 1]}"


def deal_id(deal: Deal) -> str:
    """The deal's 15 characters."""
    return f"0065g00000XYZk{'qQwWzZxX'[deal.number - 1]}"


def _report(rows: Rows) -> bytes:
    footer = (
        f'\r\n"Grand Totals ({len(rows)} records)"\r\n\r\n"Confidential Information - Do Not Distribute"\r\n'
        '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\r\n'
    )
    return csv_bytes(rows, quote_all=True) + footer.encode()


def _lead(lead: Lead, deal: Deal | None) -> dict[str, str]:
    return {
        "Lead ID": lead_id(lead), "Lead Owner": lead.owner, "First Name": lead.first_name,
        "Last Name": lead.last_name, "Title": "", "Company / Account": lead.company, "Email": lead.email,
        "Street": "1 Main St\nTel Aviv", "Lead Source": lead.source, "Rating": "",
        "Lead Status": "Closed - Converted" if deal else STATUS[lead.readiness],
        "Converted": "1" if deal else "0", "Converted Date": filled(deal and deal.opened, DAY),
        "Create Date": filled(lead.created, DAY), "Last Modified Date": filled(lead.judged, DAY),
        "Converted Opportunity ID": deal_id(deal) if deal else "",
    }  # fmt: skip


def _deal(deal: Deal) -> dict[str, str]:
    return {
        "Opportunity ID": deal_id(deal), "Opportunity Name": deal.name, "Account Name": deal.lead.company,
        "Stage": STAGE[deal.outcome], "Fiscal Period": "Q1-2026", "Amount": f"${deal.amount:,.2f}",
        "Probability (%)": {"won": "100", "lost": "0", "open": "90"}[deal.outcome],
        "Close Date": filled(deal.closing, DAY), "Created Date": filled(deal.opened, DAY),
        "Opportunity Owner": deal.owner, "Loss Reason": deal.reason,
    }  # fmt: skip
