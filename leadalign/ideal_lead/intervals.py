"""A lead's class through time: at one moment, or as intervals that fill its life without a gap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from leadalign.ideal_lead.definition import Definition, Schedule
from leadalign.ideal_lead.judging import Judgement, judge, weigh
from leadalign.ideal_lead.known import (
    FAR,
    AttributeEvent,
    Clock,
    LeadHistory,
    Merge,
    Touch,
    known_at,
    known_from,
    stands,
    utc,
)
from leadalign.ideal_lead.rules import ANY_TOUCH

WHAT_IF = "what-if:"
NO_LEADS: Mapping[str, LeadHistory] = MappingProxyType({})


class ClassInterval(NamedTuple):
    """The class of a lead from a moment until the first one no longer included."""

    valid_from: datetime
    valid_to: datetime
    version: int
    route: str
    cells: tuple[str, ...]
    value_lo: int
    value_hi: int
    ready_lo: int
    ready_hi: int
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Mode:
    """Which facts count and which version judges: "known", "hindsight", or "what-if:N"; else ValueError."""

    clock: Clock
    imposed: int | None = None

    @classmethod
    def of(cls, name: str) -> Mode:
        """The mode of a name."""
        if name.startswith(WHAT_IF):
            return cls("known", int(name.removeprefix(WHAT_IF)))
        if name in ("known", "hindsight"):
            return cls(name)  # type: ignore[arg-type]
        raise ValueError(name)

    def definition(self, schedule: Schedule, at: datetime) -> Definition:
        """The version that judges at a moment."""
        return schedule.in_force(at) if self.imposed is None else schedule.version(self.imposed)

    def boundaries(self, schedule: Schedule) -> tuple[datetime, ...]:
        """The moments at which another version begins to judge."""
        return schedule.boundaries() if self.imposed is None else ()


def class_at(
    history: LeadHistory,
    schedule: Schedule,
    at: datetime,
    mode: str = "known",
    leads: Mapping[str, LeadHistory] = NO_LEADS,
) -> Judgement | None:
    """The lead's class at a moment; nothing before its creation. `leads` are those it may have been merged into."""
    if utc(at) < history.created_at:
        return None
    how = Mode.of(mode)
    judged = _survivor(history, at, how.clock, leads)
    return judge(how.definition(schedule, at), known_at(judged, at, how.clock))


def class_intervals(
    history: LeadHistory,
    schedule: Schedule,
    mode: str = "known",
    leads: Mapping[str, LeadHistory] = NO_LEADS,
) -> list[ClassInterval]:
    """The lead's classes from its creation to the far date, half-open, neighbours always different."""
    how = Mode.of(mode)
    involved = _deciding(history, schedule, leads)
    intervals: list[ClassInterval] = []
    for start, end in pairwise([*_cut_points(history, involved, schedule, how), FAR]):
        for each in _judged_between(start, end, history, involved, schedule, how):
            _append(intervals, each)
    return intervals


def _survivor(history: LeadHistory, at: datetime, clock: Clock, leads: Mapping[str, LeadHistory]) -> LeadHistory:
    """The lead that speaks for this one at a moment: itself, or the one it was merged into, however often."""
    passed: set[str] = set()
    current, at = history, utc(at)
    while current.lead_id not in passed:
        passed.add(current.lead_id)
        merged = [merge for merge in current.merges if stands(merge, at, clock)]
        survivor = leads.get(merged[-1].survivor_id) if merged else None
        if survivor is None or survivor.lead_id in passed or survivor.created_at > at:
            break
        current = survivor
    return current


def _deciding(history: LeadHistory, schedule: Schedule, leads: Mapping[str, LeadHistory]) -> dict[str, LeadHistory]:
    """The lead and all it may become part of, each with only the events that can decide."""
    found: dict[str, LeadHistory] = {}
    waiting: list[LeadHistory | None] = [history]
    while waiting:
        lead = waiting.pop()
        if lead is None or lead.lead_id in found:
            continue
        found[lead.lead_id] = replace(
            lead,
            events=tuple(event for event in lead.events if event.attr in schedule.attributes),
            touches=tuple(touch for touch in lead.touches if {touch.type, ANY_TOUCH} & schedule.touch_types),
        )
        waiting += [leads.get(merge.survivor_id) for merge in lead.merges]
    return found


def _cut_points(
    history: LeadHistory, involved: Mapping[str, LeadHistory], schedule: Schedule, how: Mode
) -> list[datetime]:
    """Creation and every later moment at which something becomes known or another version takes over, in order."""
    moments = {history.created_at, *how.boundaries(schedule)}
    for lead in involved.values():
        moments.add(lead.created_at)
        happened: tuple[AttributeEvent | Touch | Merge, ...] = (*lead.events, *lead.touches, *lead.merges)
        moments.update(known_from(each, how.clock) for each in happened)
        moments.update(merge.undone_at for merge in lead.merges if merge.undone_at is not None)
    return sorted(moment for moment in moments if history.created_at <= moment < FAR)


def _judged_between(
    start: datetime,
    end: datetime,
    history: LeadHistory,
    involved: Mapping[str, LeadHistory],
    schedule: Schedule,
    how: Mode,
) -> Iterator[ClassInterval]:
    """The classes between two cut points, where only the passing of time can change them."""
    definition = how.definition(schedule, start)
    lead = _survivor(involved[history.lead_id], start, how.clock, involved)
    while start < end:
        known = known_at(lead, start, how.clock)
        found = weigh(definition, definition.answers(known))
        stop = min(definition.expires_at(known) or end, end)
        yield ClassInterval(
            start, stop, definition.version, found.route, found.cells, *found.value, *found.readiness, found.unknown
        )
        start = stop


def _append(intervals: list[ClassInterval], new: ClassInterval) -> None:
    """Adds an interval, or lengthens the last one if nothing changed."""
    if intervals and intervals[-1][2:] == new[2:]:
        intervals[-1] = intervals[-1]._replace(valid_to=new.valid_to)
    else:
        intervals.append(new)
