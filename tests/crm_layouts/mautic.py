"""The company's contacts as Mautic exports them: the fields' aliases as the header, a BOM, and no deal at all."""

from tests.crm_layouts.company import Company, Lead
from tests.crm_layouts.layout import csv_bytes, filled

TELLS = {"contacts"}
SECOND = "%Y-%m-%d %H:%M:%S"


def files(company: Company) -> dict[str, bytes]:
    """The export, by its file name."""
    return {"contacts_2026-04-15.csv": csv_bytes([_contact(lead) for lead in company.leads], encoding="utf-8-sig")}


def _contact(lead: Lead) -> dict[str, str]:
    return {
        "id": str(300 + lead.number), "title": "", "firstname": lead.first_name, "lastname": lead.last_name,
        "company": lead.company, "position": "", "email": lead.email, "phone": "", "mobile": "", "points": "10",
        "preferred_locale": "en", "utm_source": lead.source, "owner": lead.owner, "stage": "",
        "date_added": filled(lead.created, SECOND), "date_modified": filled(lead.judged, SECOND),
    }  # fmt: skip
