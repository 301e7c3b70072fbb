"""What was known of one lead at one moment: its attributes and touches, each with two clocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple, TypeAlias

Value: TypeAlias = bool | int | float | str | None
Clock: TypeAlias = Literal["known", "hindsight"]

FAR = datetime(9999, 12, 31, tzinfo=UTC)


class AttributeEvent(NamedTuple):
    """One attribute of a lead, observed at one moment and recorded at another; no value: it is no longer known."""

    event_id: str
    attr: str
    value: Value
    observed_at: datetime
    recorded_at: datetime


class Touch(NamedTuple):
    """One contact between us and the lead, of a type such as "webinar" or "call"."""

    occurred_at: datetime
    recorded_at: datetime
    type: str


class Merge(NamedTuple):
    """The moment a lead became part of another one; recorded when it happened unless said otherwise.

    A merge may be taken back: as known then it stood until that moment, in hindsight it never did.
    """

    occurred_at: datetime
    survivor_id: str
    recorded_at: datetime | None = None
    undone_at: datetime | None = None


def utc(moment: datetime) -> datetime:
    """The same moment in UTC; sums and comparisons in one local zone would overlook its clock changes."""
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def known_from(event: AttributeEvent | Touch | Merge, clock: Clock) -> datetime:
    """The first moment at which an event counts: when it was true, and on the known clock also when it was recorded."""
    true_from = event.observed_at if isinstance(event, AttributeEvent) else event.occurred_at
    if clock == "hindsight" or event.recorded_at is None:
        return true_from
    return max(true_from, event.recorded_at)


def stands(merge: Merge, at: datetime, clock: Clock) -> bool:
    """Whether a merge joins two leads at a moment."""
    if merge.undone_at is not None and (clock == "hindsight" or merge.undone_at <= at):
        return False
    return known_from(merge, clock) <= at


def _in_utc(row: Any) -> list[Any]:
    return [utc(cell) if isinstance(cell, datetime) else cell for cell in row]


def _later_wins(event: AttributeEvent) -> tuple[datetime, datetime, str]:
    return event.observed_at, event.recorded_at, event.event_id


@dataclass(frozen=True)
class LeadHistory:
    """All that was ever learned of one lead; rows may be plain tuples, in any order and any UTC offset."""

    lead_id: str
    created_at: datetime
    events: tuple[AttributeEvent, ...] = ()
    touches: tuple[Touch, ...] = ()
    merges: tuple[Merge, ...] = ()

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "created_at", utc(self.created_at))
        put(self, "events", tuple(sorted((AttributeEvent(*_in_utc(row)) for row in self.events), key=_later_wins)))
        put(self, "touches", tuple(sorted(Touch(*_in_utc(row)) for row in self.touches)))
        put(self, "merges", tuple(sorted((Merge(*_in_utc(row)) for row in self.merges), key=lambda merge: merge[:2])))


@dataclass(frozen=True)
class Known:
    """What a rule may look at: values by attribute, touches so far, the lead's creation, and the moment of judging."""

    values: Mapping[str, Value]
    touches: tuple[Touch, ...] = ()
    created_at: datetime = FAR
    at: datetime = FAR
    events: Mapping[str, AttributeEvent] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "created_at", utc(self.created_at))
        object.__setattr__(self, "at", utc(self.at))


def known_at(
    history: LeadHistory, at: datetime, clock: Clock = "known", attributes: Iterable[str] | None = None
) -> Known:
    """What was known of a lead at a moment, of all attributes or of those named; the latest observation counts."""
    at = utc(at)
    events = {
        event.attr: event
        for event in history.events
        if (attributes is None or event.attr in attributes) and known_from(event, clock) <= at
    }
    touches = tuple(touch for touch in history.touches if known_from(touch, clock) <= at)
    return Known({attr: event.value for attr, event in events.items()}, touches, history.created_at, at, events)
