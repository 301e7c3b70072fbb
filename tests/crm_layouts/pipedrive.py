"""The company as Pipedrive exports it: names instead of others' IDs, day and time in two columns, days as serials."""

from datetime import date, datetime

from tests.crm_layouts.company import Activity, Company, Deal, Lead
from tests.crm_layouts.layout import csv_bytes, filled

TELLS = {"leads", "deals", "activities"}
SECOND = "%Y-%m-%d %H:%M:%S"
LABEL = {"ready": "Hot", "unready": "Warm", "unfit": "Cold"}


def files(company: Company) -> dict[str, bytes]:
    """The exports, by file name; deals and activities first, for the order of files must not matter."""
    return {
        "activities.csv": csv_bytes([_activity(one) for one in company.activities]),
        "deals.csv": csv_bytes([_deal(one) for one in company.deals], delimiter=";"),
        "leads.csv": csv_bytes([_lead(one) for one in company.leads], encoding="utf-8-sig"),
    }


def lead_id(lead: Lead) -> str:
    """A UUID, as only leads have in Pipedrive."""
    return f"adf21080-0e10-11eb-879b-{lead.number:012x}"


def _lead(lead: Lead) -> dict[str, str]:
    return {
        "Lead - Title*": f"{lead.company} lead", "Lead - Labels": LABEL[lead.readiness],
        "Contact person*": lead.name, "Organization*": lead.company, "Lead - Owner": lead.owner,
        "Lead - Source channel": lead.source, "Lead - Pipedrive System ID": lead_id(lead),
        "Lead - Lead created": filled(lead.created, SECOND), "Lead - Update time": filled(lead.judged, SECOND),
        "Person - Email": lead.email,
    }  # fmt: skip


def _deal(deal: Deal) -> dict[str, str]:
    ended = {name: filled(deal.closing, SECOND) if deal.outcome == name else "" for name in ("won", "lost")}
    return {
        "Deal - ID": str(deal.number), "Deal - Title": deal.name,
        "Deal - Value": f"{deal.amount:.2f}".replace(".", ","),
        "Deal - Currency of value": "USD", "Deal - Stage (pipeline)": "Negotiations Started (Pipeline)",
        "Deal - Status": deal.outcome.capitalize(), "Deal - Owner": deal.owner,
        "Deal - Organisation": deal.lead.company.upper(), "Deal - Contact person": f" {deal.lead.name}\u200f ",
        "Deal - Deal created": filled(deal.opened, SECOND), "Deal - Won time": ended["won"],
        "Deal - Lost time": ended["lost"], "Deal - Expected close date": f"{deal.closing:%Y-%m-%d}",
        "Deal - Lost reason": deal.reason,
    }  # fmt: skip


def _serial(moment: datetime) -> str:
    return f"{(moment.date() - date(1899, 12, 30)).days}.0"


def _activity(one: Activity) -> dict[str, str]:
    lasted = "" if one.minutes is None else f"{one.minutes // 60:02}:{one.minutes % 60:02}"
    return {
        "Activity - ID": str(900 + one.number), "Activity - Subject*": one.subject,
        "Activity - Due date": _serial(one.start), "Activity - Due time": f"{one.start:%H:%M}",
        "Activity - Duration": lasted, "Activity - Type": one.type.capitalize(),
        "Activity - Done": "Done" if one.done else "To do", "Activity - Assigned to user": one.rep,
        "Deal": one.deal.name if one.deal else "", "Organization": one.lead.company if one.lead else "",
        "Contact person": one.lead.name if one.lead else "",
    }  # fmt: skip
