"""The company as Odoo exports it by labels: leads and opportunities in one table, with the archived, tags spilling."""

from tests.crm_layouts.company import Company, Deal, Lead
from tests.crm_layouts.layout import csv_bytes, filled

TELLS = {"leads", "deals"}
SECOND = "%Y-%m-%d %H:%M:%S"
STAGE = {"won": "Won", "lost": "Proposition", "open": "Negotiating"}


def files(company: Company) -> dict[str, bytes]:
    """The exports, by file name."""
    rows = [row for lead in company.leads for row in _rows(lead, company.deal_of(lead))]
    return {"Lead_Opportunity (crm.lead).csv": csv_bytes(rows, quote_all=True)}


def lead_id(lead: Lead) -> str:
    """The external ID that Odoo makes for an export."""
    return f"__export__.crm_lead_{lead.number}_{lead.number:08x}"


def _rows(lead: Lead, deal: Deal | None) -> list[dict[str, str]]:
    """The record, and for an odd one a second row that holds nothing but its second tag."""
    row = _record(lead, deal) | {"Tags": "Services"}
    return [row, dict.fromkeys(row, "") | {"Tags": "Product"}] if lead.number % 2 else [row]


def _record(lead: Lead, deal: Deal | None) -> dict[str, str]:
    ended = deal is not None and deal.outcome != "open"
    return {
        "External ID": lead_id(lead), "Opportunity": deal.name if deal else f"Request of {lead.name}",
        "Type": "Opportunity" if deal else "Lead", "Contact Name": lead.name, "Company Name": lead.company,
        "Email": lead.email, "Phone": "", "Salesperson": lead.owner, "Sales Team": "Sales",
        "Created on": filled(lead.created, SECOND), "Last Updated on": filled(lead.judged, SECOND),
        "Conversion Date": filled(deal and deal.opened, SECOND), "Source": lead.source,
        "Expected Revenue": f"{deal.amount if deal else 0:.2f}", "Currency": "ILS",
        "Probability": {"won": "100.0", "lost": "0.0", "open": "34.5"}[deal.outcome] if deal else "12.0",
        "Stage": STAGE[deal.outcome] if deal else "New", "Active": str(not (deal and deal.outcome == "lost")),
        "Closed Date": filled(deal.closing, SECOND) if deal and ended else "",
        "Lost Reason": deal.reason if deal else "",
    }  # fmt: skip
