"""The company as Salesforce reports export it: quoted cells, LF inside CRLF, short ids, totals and a legal footer.

Tasks come as a report with 15-character ids, events by Data Loader with 18 characters and API names; what was done
with a lead that was converted stands under its contact.
"""

from tests.crm_layouts.company import Activity, Company, Deal, Lead
from tests.crm_layouts.layout import Rows, csv_bytes, filled

TELLS = {"leads", "deals", "activities"}
DAY = "%d/%m/%Y"
STATUS = {"ready": "Qualified", "unready": "Working - Contacted", "unfit": "Unqualified"}
STAGE = {"won": "Closed Won", "lost": "Closed Lost", "open": "Negotiation/Review"}


def files(company: Company) -> dict[str, bytes]:
    """The exports, by file name."""
    tasks = [one for one in company.activities if one.type != "meeting"]
    events = [one for one in company.activities if one.type == "meeting"]
    return {
        "leads.csv": _report([_lead(lead, company.deal_of(lead)) for lead in company.leads]),
        "opportunities.csv": _report([_deal(deal) for deal in company.deals]),
        "tasks.csv": _report([_task(task, company) for task in tasks]),
        "events.csv": csv_bytes([_event(event, company) for event in events], quote_all=True, line_end="\n"),
    }


def lead_id(lead: Lead) -> str:
    """The 15 characters that a report shows, in which capitals count."""
    return f"00Q5g00000ABCd{'aAbBcCdDeEfF'[lead.number - 1]}"


def contact_id(lead: Lead) -> str:
    """The contact that the lead became."""
    return f"0035g00000ABCd{'aAbBcCdDeEfF'[lead.number - 1]}"


def deal_id(deal: Deal) -> str:
    """The deal's 15 characters."""
    return f"0065g00000XYZk{'qQwWzZxX'[deal.number - 1]}"


def long(short: str) -> str:
    """The 18 characters: for each five one more, that says which of them are capitals."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
    fives = [short[start : start + 5] for start in (0, 5, 10)]
    return short + "".join(letters[sum(one.isupper() << place for place, one in enumerate(five))] for five in fives)


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
        "Converted Contact ID": contact_id(lead) if deal else "",
    }  # fmt: skip


def _deal(deal: Deal) -> dict[str, str]:
    return {
        "Opportunity ID": deal_id(deal), "Opportunity Name": deal.name, "Account Name": deal.lead.company,
        "Stage": STAGE[deal.outcome], "Fiscal Period": "Q1-2026", "Amount": f"${deal.amount:,.2f}",
        "Probability (%)": {"won": "100", "lost": "0", "open": "90"}[deal.outcome],
        "Close Date": filled(deal.closing, DAY), "Created Date": filled(deal.opened, DAY),
        "Opportunity Owner": deal.owner, "Loss Reason": deal.reason,
    }  # fmt: skip


def _who(activity: Activity, company: Company) -> str:
    if not activity.lead:
        return ""
    return contact_id(activity.lead) if company.deal_of(activity.lead) else lead_id(activity.lead)


def _task(task: Activity, company: Company) -> dict[str, str]:
    return {
        "Activity ID": f"00T5g00000Tas{task.number:02}", "Subject": task.subject,
        "Date": filled(task.start, DAY), "Status": "Completed" if task.done else "Not Started", "Priority": "Normal",
        "Assigned": task.rep, "Lead/Contact ID": _who(task, company),
        "Opportunity ID": deal_id(task.deal) if task.deal else "", "Task Type": task.type.capitalize(),
        "Call Duration (sec)": "" if task.minutes is None else str(task.minutes * 60),
    }  # fmt: skip


def _event(event: Activity, company: Company) -> dict[str, str]:
    utc = event.start.replace(hour=event.start.hour - 2)  # winter in Jerusalem
    who = _who(event, company)
    return {
        "Id": long(f"00U5g00000Eve{event.number:02}"), "Subject": event.subject,
        "StartDateTime": utc.strftime("%Y-%m-%dT%H:%M:%S.000Z"), "EndDateTime": "",
        "DurationInMinutes": str(event.minutes), "WhoId": long(who) if who else "",
        "WhatId": long(deal_id(event.deal)) if event.deal else "", "OwnerId": event.rep, "IsAllDayEvent": "false",
    }  # fmt: skip
