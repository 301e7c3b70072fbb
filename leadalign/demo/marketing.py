"""What marketing does with a lead: classify it, nurture it or not, hand it over, by the definition or against it."""

from datetime import datetime, timedelta

from leadalign.demo.definitions import WASTE
from leadalign.demo.selling import cycle
from leadalign.demo.story import Event, Fact, Lead, World

HANDED_OVER = {
    "SRL": (0.92, 0.94), "UNDETERMINED": (0.5, 0.16), "NURTURE": (0.52, 0.14), "LOW": (0.35, 0.06),
    "UNFIT": (0.28, 0.04),
}  # fmt: skip
"""Chance of a hand-over by route, before and after definition 2: before it, volume was what counted."""
REST = {
    "SRL": {"forgotten": 6, "nurture": 4},
    "UNDETERMINED": {"nurture": 7, "forgotten": 3},
    "NURTURE": {"nurture": 94, "forgotten": 6},
    "LOW": {"nurture": 60, "disqualified": 35, "forgotten": 5},
    "UNFIT": {"nurture": 25, "disqualified": 70, "forgotten": 5},
}
"""What happens to the leads that are not handed over."""
CARED_FOR, RIPENS, NOTICED = 0.68, 0.4, 0.8


def handle(world: World, lead: Lead) -> None:
    """Marketing classifies `lead` within two days and sends it on its way."""
    moment = world.later(lead.created, 0.1, 2.0)
    where = world.route(lead, moment)
    lead.events.append(_event(world, "classified", lead, moment))
    if world.dice.chance(HANDED_OVER[where][world.after_turn(moment)]):
        _hand_over(world, lead, moment)
        return
    choice = world.dice.weighted(REST[where])
    if choice == "disqualified":
        reason = "country" if where == "UNFIT" else "too_small"
        lead.events.append(_event(world, "disqualified", lead, moment + timedelta(minutes=5), reason))
    elif choice == "nurture":
        lead.events.append(_event(world, "nurture", lead, moment + timedelta(minutes=5)))
        nurture(world, lead, moment)


def nurture(world: World, lead: Lead, since: datetime) -> None:
    """Letters and webinars, if anybody sends them; some leads ripen, and most of those are noticed."""
    if not world.dice.chance(CARED_FOR):
        return
    moment = since
    for _ in range(world.dice.whole(1, 3)):
        moment = world.later(moment, 12, 32)
        _learn(lead, "engagements_30d", world.dice.whole(0, 4), moment, 5, "form")
    fits = world.route(lead, moment) == "NURTURE"
    if world.dice.chance(RIPENS if fits else 0.05):
        moment = world.later(moment, 3, 30)
        _learn(lead, "budget_confirmed", True, moment, 5, "form")
        _learn(lead, "timeline_days", world.dice.pick((30, 60, 90)), moment, 5, "form")
        lead.eager = True
        if world.dice.chance(NOTICED):
            _hand_over(world, lead, world.later(moment, 0.3, 4))


def _hand_over(world: World, lead: Lead, moment: datetime) -> None:
    """Give `lead` to sales; what comes back is closed, recycled, or forgotten."""
    lead.events.append(_event(world, "handed_off", lead, moment))
    returned = cycle(world, lead, moment)
    if returned is None:
        return
    back = world.later(returned, 0.3, 4)
    unready = world.route(lead, back) in WASTE
    again = sum(event.name == "handed_off" for event in lead.events) < 2
    chances = {"recycled": 55 if again else 0, "disqualified": 35 if unready else 15, "forgotten": 14}
    answer = world.dice.weighted(chances)
    if answer == "disqualified":
        lead.events.append(_event(world, "disqualified", lead, back, "unfit"))
    elif answer == "recycled":
        lead.events.append(_event(world, "recycled", lead, back))
        nurture(world, lead, back)


def _learn(lead: Lead, attr: str, value: bool | int, moment: datetime, minutes: int, source: str) -> None:
    lead.facts.append(Fact(attr, value, moment, moment + timedelta(minutes=minutes), source))


def _event(world: World, name: str, lead: Lead, moment: datetime, reason: str = "") -> Event:
    return Event(name, moment, moment + timedelta(minutes=world.dice.whole(0, 9)), lead.marketer, reason)
