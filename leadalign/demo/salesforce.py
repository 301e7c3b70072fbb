"""The deals and activities of the demo company as Salesforce reports: day first, every cell quoted, a legal footer."""

from leadalign.demo import mess
from leadalign.demo.staff import LOGS_NO_MINUTES
from leadalign.demo.story import Deal, Lead, Task, World
from leadalign.demo.table import csv_text

OPPORTUNITIES = (
    "Opportunity ID", "Opportunity Name", "Account Name", "Stage", "Amount", "Close Date", "Created Date",
    "Opportunity Owner", "Lead Source", "Loss Reason", "Lead ID",
)  # fmt: skip
TASKS = (
    "Activity ID", "Subject", "Date", "Assigned", "Lead ID", "Opportunity ID", "Task Type", "Call Duration (sec)",
    "Status",
)  # fmt: skip
OPEN_STAGES = ("Qualification", "Proposal/Price Quote", "Negotiation/Review")
DAY, MINUTE = "%d/%m/%Y", "%d/%m/%Y %H:%M"


def files(world: World, leads: list[Lead]) -> dict[str, str]:
    """The opportunity report and the activity report; the second has a title line above its header."""
    deals = [(lead, deal) for lead in leads for deal in lead.deals]
    numbers = {lead.lead_id: _number("006Qx", place) for place, (lead, _) in enumerate(deals)}
    work = sorted(((lead, task) for lead in leads for task in lead.tasks), key=_when)
    opportunities = [_opportunity(world, lead, deal, numbers[lead.lead_id]) for lead, deal in deals]
    tasks = [
        _task(lead, task, _number("00TQx", place), numbers[lead.lead_id] if task.in_deal else "")
        for place, (lead, task) in enumerate(work)
    ]
    tasks = mess.tasks(world.dice, tasks)
    title = "Activities with Leads and Opportunities\n\n"
    return {
        "salesforce_opportunities.csv": _report(world, OPPORTUNITIES, opportunities),
        "salesforce_tasks.csv": title + _report(world, TASKS, tasks),
    }


def _when(work: tuple[Lead, Task]) -> tuple[object, ...]:
    lead, task = work
    return task.started, lead.lead_id, task.kind


def _number(prefix: str, place: int) -> str:
    """An identifier of 18 characters, the way Salesforce writes them."""
    return f"{prefix}{place:010d}AAA"


def _opportunity(world: World, lead: Lead, deal: Deal, number: str) -> dict[str, str]:
    closed = deal.closes.date() <= world.until
    age = min((world.until - deal.opened.date()).days // 12, 2)
    stage = ("Closed Won" if deal.won else "Closed Lost") if closed else OPEN_STAGES[age]
    row = (
        number, f"{lead.contact.company} - platform", lead.contact.company, stage, str(deal.amount),
        deal.closes.strftime(DAY), deal.opened.strftime(DAY), deal.rep.name, lead.source.name,
        deal.reason if closed else "", lead.lead_id,
    )  # fmt: skip
    return dict(zip(OPPORTUNITIES, row, strict=True))


def _task(lead: Lead, task: Task, number: str, deal: str) -> dict[str, str]:
    logged = "" if task.kind == "Email" or task.rep is LOGS_NO_MINUTES else str(int(task.minutes * 60))
    row = (
        number, task.subject, task.started.strftime(MINUTE), task.rep.name, lead.lead_id, deal, task.kind, logged,
        "Completed",
    )  # fmt: skip
    return dict(zip(TASKS, row, strict=True))


def _report(world: World, header: tuple[str, ...], rows: list[dict[str, str]]) -> str:
    footer = (
        f'\n"Grand Totals ({len(rows)} records)"\n\n"Confidential Information - Do Not Distribute"\n'
        f'"Copyright (c) 2000-{world.until.year} salesforce.com, inc. All rights reserved."\n'
    )
    return csv_text(header, (tuple(row.values()) for row in rows), quote_all=True) + footer
