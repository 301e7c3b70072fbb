"""What the demo company's files are written from: leads, what happened to them, and the world that they live in."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from leadalign.demo.definitions import Value, route, written
from leadalign.demo.dice import Dice
from leadalign.demo.names import Contact
from leadalign.demo.sources import Source
from leadalign.demo.staff import Person
from leadalign.demo.workdays import CLOSES, at, next_opening


@dataclass(frozen=True)
class Fact:
    """Something learned about a lead after it came in: true from `observed`, in the system from `recorded`."""

    attr: str
    value: Value
    observed: datetime
    recorded: datetime
    source: str


@dataclass(frozen=True)
class Event:
    """A step of a lead, by somebody."""

    name: str
    occurred: datetime
    recorded: datetime
    actor: Person
    reason: str = ""


@dataclass(frozen=True)
class Task:
    """An activity of a sales person; `minutes` is what it really took."""

    kind: str
    subject: str
    started: datetime
    minutes: float
    rep: Person
    in_deal: bool = False


@dataclass(frozen=True)
class Rating:
    """What a sales person thinks of a lead, from 1 to 5."""

    stars: int
    reason: str
    rater: Person
    rated: datetime


@dataclass
class Deal:
    """An opportunity, and how it ended if it did: the end may lie after the day on which the files are written."""

    opened: datetime
    closes: datetime
    won: bool
    reason: str
    amount: int
    rep: Person


@dataclass
class Lead:
    """One lead and all that happens to it."""

    lead_id: str
    created: datetime
    source: Source
    campaign: str
    contact: Contact
    title: str
    attributes: dict[str, Value | None]
    eager: bool
    marketer: Person
    facts: list[Fact] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    deals: list[Deal] = field(default_factory=list)

    def known(self, moment: datetime) -> dict[str, Value | None]:
        """What the system knew of the lead at `moment`."""
        told = [fact for fact in self.facts if fact.recorded <= moment]
        told.sort(key=lambda fact: (fact.observed, fact.recorded))
        return self.attributes | {fact.attr: fact.value for fact in told}


@dataclass
class World:
    """The company: its dice, its calendar and diaries, the day its definition changes, its last day."""

    dice: Dice
    start: date
    turning: date
    until: date
    diary: dict[tuple[str, date], list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Write down both definitions."""
        turn = at(self.turning, 0)
        self.definitions: tuple[dict[str, Any], dict[str, Any]] = (
            written(1, at(self.start, 0), turn),
            written(2, turn, None),
        )

    def later(self, moment: datetime, low: float, high: float) -> datetime:
        """A minute at work, `low` to `high` days after `moment`."""
        chosen = moment + timedelta(minutes=int(1440 * self.dice.between(low, high)))
        opening = next_opening(chosen)
        late = 0 if opening == chosen else self.dice.whole(0, 240)
        return opening + timedelta(minutes=late)

    def after_turn(self, moment: datetime) -> bool:
        """Whether definition 2 is in force at `moment`."""
        return moment.date() >= self.turning

    def route(self, lead: Lead, moment: datetime) -> str:
        """Where `lead` belongs at `moment`, by what is known then and the definition in force then."""
        return route(self.definitions[self.after_turn(moment)], lead.known(moment))

    def book(self, rep: Person, wanted: datetime, minutes: float) -> datetime:
        """The first free start in the diary of `rep` from `wanted` on; no two activities of one rep overlap."""
        start, length = next_opening(wanted), timedelta(minutes=int(minutes) + 1)
        while True:
            taken = self.diary[rep.person_id, start.date()]
            clash = [end for begin, end in taken if begin < start + length and start < end]
            if not clash and (start + length).time() < CLOSES:
                taken.append((start, start + length))
                return start
            start = next_opening(max(clash) if clash else at(start.date(), 23))
