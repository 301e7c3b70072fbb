"""The company as HubSpot exports it: dated columns for each lifecycle stage, ids in numbers, times to the minute."""

from tests.crm_layouts.company import Company, Deal, Lead
from tests.crm_layouts.layout import csv_bytes, filled

TELLS = {"leads", "acceptance"}
MINUTE = "%Y-%m-%d %H:%M"


def files(company: Company) -> dict[str, bytes]:
    """The exports, by file name."""
    return {
        "hubspot-crm-exports-all-contacts.csv": csv_bytes([_lead(one, company.deal_of(one)) for one in company.leads])
    }


def lead_id(lead: Lead) -> str:
    """The contact's number."""
    return str(5100 + lead.number)


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
