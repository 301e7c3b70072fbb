"""The contacts of the demo company as HubSpot exports them: today's state, and when each stage was reached."""

from datetime import datetime

from leadalign.demo import mess
from leadalign.demo.staff import Person
from leadalign.demo.story import Lead, World
from leadalign.demo.table import cell, csv_text

HEADER = (
    "Record ID", "First Name", "Last Name", "Email", "Job Title", "Company Name", "Contact owner", "Lead Status",
    "Lifecycle Stage", "Create Date", "Last Modified Date", "Original Source", "Original Source Drill-Down 1",
    "Became a Lead Date", "Became a Marketing Qualified Lead Date", "Became a Sales Qualified Lead Date",
    "Became an Opportunity Date", "Became a Customer Date", "Number of Employees", "Industry", "Country/Region",
    "Seniority", "Budget Confirmed", "Timeline (days)", "Engagements (30d)",
)  # fmt: skip
ATTRIBUTES = (
    "number_of_employees", "industry", "country_region", "seniority", "budget_confirmed", "timeline_days",
    "engagements_30d",
)  # fmt: skip
STATUS = {
    "assigned": "Open", "accepted": "In Progress", "rejected": "Bad Timing", "recycled": "Bad Timing",
    "disqualified": "Unqualified", "handed_off": "Open", "nurture": "Attempted to Contact", "merged": "Unqualified",
}  # fmt: skip
"""What the CRM shows as Lead Status after the last step of a lead."""


def files(world: World, leads: list[Lead]) -> dict[str, str]:
    """The contacts export, newest lead first."""
    rows = mess.contacts(world.dice, [_row(world, lead) for lead in reversed(leads)])
    return {"hubspot_contacts.csv": csv_text(HEADER, (tuple(row.values()) for row in rows), quote_all=True)}


def stage_dates(world: World, lead: Lead) -> dict[str, datetime | None]:
    """When `lead` first reached each stage that HubSpot keeps a date for."""
    first = {event.name: event.occurred for event in reversed(lead.events)}
    deal = lead.deals[0] if lead.deals else None
    won = deal if deal and deal.won and deal.closes.date() <= world.until else None
    return {
        "Lead": lead.created,
        "Marketing Qualified Lead": first.get("classified"),
        "Sales Qualified Lead": first.get("handed_off"),
        "Opportunity": deal.opened if deal else None,
        "Customer": won.closes if won else None,
    }


def _row(world: World, lead: Lead) -> dict[str, str]:
    dates = stage_dates(world, lead)
    stage = [name for name, moment in dates.items() if moment][-1]
    who = lead.contact
    started = (
        lead.lead_id, who.first_name, who.last_name, who.email, lead.title, who.company, _owner(lead).name,
        _status(lead, stage), stage, _stamp(lead.created), _stamp(_touched(world, lead)),
        lead.source.name, lead.campaign,
    )  # fmt: skip
    facts = tuple(cell(lead.attributes[attr]) for attr in ATTRIBUTES)
    return dict(zip(HEADER, started + tuple(_stamp(moment) for moment in dates.values()) + facts, strict=True))


def _status(lead: Lead, stage: str) -> str:
    if stage == "Customer":
        return "Connected"
    if stage == "Opportunity":
        return "Open Deal"
    steps = [STATUS[event.name] for event in lead.events if event.name in STATUS]
    return steps[-1] if steps else "New"


def _owner(lead: Lead) -> Person:
    """The rep who last took the lead, or the marketer who looks after it."""
    reps = [event.actor for event in lead.events if event.name == "assigned"]
    return reps[-1] if reps else lead.marketer


def _touched(world: World, lead: Lead) -> datetime:
    moments = [event.occurred for event in lead.events] + [fact.recorded for fact in lead.facts]
    moments += [deal.closes for deal in lead.deals if deal.closes.date() <= world.until]
    return max([lead.created, *moments])


def _stamp(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""
