"""One small company, as it is and not as any CRM writes it: twelve leads, eight deals, fifteen activities.

Local times of Jerusalem, to the minute. Small enough to work its figures out by hand: see `test_same_world.py`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class Lead:
    """Somebody who asked; `judged` is when the CRM last said how ready they are."""

    number: int
    first_name: str
    last_name: str
    company: str
    created: datetime
    source: str
    owner: str
    readiness: Literal["ready", "unready", "unfit"]
    judged: datetime

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def email(self) -> str:
        """An address at the company."""
        return f"{self.first_name}@{self.company.split()[0]}-ltd.co.il".lower()


@dataclass(frozen=True)
class Deal:
    """A deal of one lead; an open one has the date on which it is hoped to close."""

    number: int
    lead: Lead
    opened: datetime
    closing: datetime
    outcome: Literal["won", "lost", "open"]
    amount: float
    owner: str
    reason: str = ""

    @property
    def name(self) -> str:
        """What the deal is called."""
        return f"{self.lead.company} - platform"


@dataclass(frozen=True)
class Activity:
    """A call, meeting or e-mail with a lead, about a deal, or with nobody known; without minutes nobody timed it."""

    number: int
    type: Literal["call", "meeting", "email"]
    rep: str
    start: datetime
    minutes: int | None
    lead: Lead | None = None
    deal: Deal | None = None
    done: bool = True

    @property
    def subject(self) -> str:
        """What it was about."""
        return f"{self.type.capitalize()} no. {self.number}"


@dataclass(frozen=True)
class Company:
    """All that a CRM could export."""

    leads: tuple[Lead, ...]
    deals: tuple[Deal, ...]
    activities: tuple[Activity, ...]

    def deal_of(self, lead: Lead) -> Deal | None:
        """The lead's deal, if it has one."""
        return next((deal for deal in self.deals if deal.lead == lead), None)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}")


GIL, DANA, RAMI = "Gil Paran", "Dana Katz", "Rami Levi"


def _lead(number: int, name: str, company: str, created: str, source: str, owner: str, said: str, judged: str) -> Lead:
    first, last = name.split()
    return Lead(number, first, last, company, _at(created), source, owner, said, _at(judged))  # type: ignore[arg-type]


LEADS = (
    _lead(1, "Noa Bar", "One Ltd", "01-05 09:14", "Webinar", GIL, "ready", "01-12 11:00"),
    _lead(2, "Avi Tal", "Two Ltd", "01-07 14:30", "Search", GIL, "ready", "01-14 10:20"),
    _lead(3, "Maya Gal", "Three Ltd", "01-08 08:05", "Webinar", DANA, "ready", "01-15 16:45"),
    _lead(4, "Omer Dan", "Four Ltd", "01-11 12:00", "Search", GIL, "unready", "01-11 12:00"),
    _lead(5, "Tamar Oz", "Five Ltd", "01-18 17:40", "Partner", DANA, "unready", "01-18 17:40"),
    _lead(6, "Yael Ron", "Six Ltd", "02-01 09:00", "Webinar", DANA, "ready", "02-09 13:10"),
    _lead(7, "Noa Bar", "Seven Ltd", "02-08 10:10", "Trade show", RAMI, "ready", "02-12 09:30"),
    _lead(8, "Eli Paz", "Eight Ltd", "02-10 15:25", "Search", RAMI, "ready", "02-17 11:55"),
    _lead(9, "Dov Kim", "Nine Ltd", "02-22 11:11", "Partner", GIL, "ready", "02-26 08:40"),
    _lead(10, "Rina Sol", "Ten Ltd", "03-02 13:35", "Webinar", DANA, "ready", "03-09 10:05"),
    _lead(11, "Gad Nir", "Eleven Ltd", "03-08 16:20", "Search", DANA, "unready", "03-08 16:20"),
    _lead(12, "Lea Zur", "Twelve Ltd", "03-10 09:45", "Trade show", RAMI, "unfit", "03-11 12:15"),
)


def _deal(
    number: int, lead: int, opened: str, closing: str, outcome: str, amount: float, owner: str, reason: str = ""
) -> Deal:
    of = LEADS[lead - 1]
    return Deal(number, of, _at(opened), _at(closing), outcome, amount, owner, reason)  # type: ignore[arg-type]


DEALS = (
    _deal(1, 1, "01-20 10:00", "02-10 15:00", "won", 50_000, GIL),
    _deal(2, 2, "01-25 09:30", "02-24 12:00", "won", 12_500, GIL),
    _deal(3, 3, "01-28 14:00", "03-02 11:00", "lost", 8_000, DANA, "price"),
    _deal(4, 6, "02-16 16:00", "03-09 10:30", "won", 30_000, DANA),
    _deal(5, 7, "02-20 08:45", "04-30 12:00", "open", 9_000, RAMI),
    _deal(6, 8, "02-25 13:15", "03-16 09:00", "won", 7_250.50, RAMI),
    _deal(7, 9, "03-01 10:50", "03-18 17:30", "lost", 15_000, GIL, "no budget"),
    _deal(8, 10, "03-12 11:20", "05-15 12:00", "open", 20_000, DANA),
)


def _activity(
    number: int, type: str, rep: str, start: str, minutes: int | None, lead: int = 0, deal: int = 0, done: bool = True
) -> Activity:
    about = LEADS[lead - 1] if lead else None, DEALS[deal - 1] if deal else None
    return Activity(number, type, rep, _at(start), minutes, *about, done)  # type: ignore[arg-type]


ACTIVITIES = (
    _activity(1, "call", GIL, "01-12 10:00", 20, lead=4),
    _activity(2, "call", GIL, "01-13 09:30", 12, lead=1),
    _activity(3, "meeting", GIL, "01-14 13:00", 60, lead=1),
    _activity(4, "call", DANA, "01-19 11:45", 18, lead=5),
    _activity(5, "email", DANA, "01-20 08:30", None, lead=3),
    _activity(6, "meeting", GIL, "01-27 15:00", 45, deal=1),
    _activity(7, "call", GIL, "01-22 10:15", 30, lead=2),
    _activity(8, "meeting", RAMI, "03-17 14:00", 90, lead=12),
    _activity(9, "call", RAMI, "02-15 09:10", 15, lead=7),
    _activity(10, "call", DANA, "03-15 12:50", 25, lead=11),
    _activity(11, "meeting", DANA, "02-23 16:00", 60, deal=4),
    _activity(12, "email", RAMI, "02-20 17:05", None, lead=8),
    _activity(13, "call", RAMI, "02-19 10:40", 40, lead=8),
    _activity(14, "call", GIL, "02-03 09:00", 10),
    _activity(15, "call", DANA, "03-25 10:00", None, lead=10, done=False),
)
COMPANY = Company(LEADS, DEALS, ACTIVITIES)
