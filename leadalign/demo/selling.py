"""What sales does with a lead: calls, accepts or returns, rates, opens a deal, wins or loses it."""

from datetime import datetime, timedelta

from leadalign.demo.staff import EARLY_CALLER, REPS, Person
from leadalign.demo.story import Deal, Event, Fact, Lead, Rating, Task, World
from leadalign.demo.workdays import next_opening, next_quarter_end

NEVER_ASSIGNED, NEVER_TOUCHED, NEVER_ANSWERED = 0.04, 0.05, 0.07
RETURNED = {"SRL": 0.1, "UNDETERMINED": 0.35, "NURTURE": 0.5, "LOW": 0.62, "UNFIT": 0.78}
BECOMES_A_DEAL = {"SRL": 0.77, "UNDETERMINED": 0.4, "NURTURE": 0.26, "LOW": 0.12, "UNFIT": 0.08}
WINS = 0.59
LIKED = {"SRL": 4.1, "UNDETERMINED": 3.2, "NURTURE": 2.5, "LOW": 1.9, "UNFIT": 1.4}
RATED, REOPENED = 0.74, 0.05
MINUTES = {"Call": (6, 30), "Meeting": (30, 75), "Demo": (40, 80), "Email": (3, 6)}
SUBJECTS = {
    "Call": ("Call", "Follow-up call", "Discovery call", "שיחת היכרות"),
    "Meeting": ("Meeting", "Needs meeting", "פגישה עם הלקוח"),
    "Demo": ("Product demo",),
    "Email": ("Email", "Sent summary", "Sent quote"),
}
WHY_RETURNED = {
    "NURTURE": ("timing", "no_budget", "timing"), "LOW": ("too_small", "unfit", "no_budget"),
    "UNFIT": ("country", "unfit"),
    "SRL": ("no_answer", "timing"), "UNDETERMINED": ("unknown_timeline", "no_budget"),
}  # fmt: skip
WHY_LOST = ("price", "competitor", "no_decision", "timing", "missing_feature")
CALLS_EARLY = (0.21, 0.16)
PICKS_UP = (0.2, 0.1)


def pick_up(world: World, lead: Lead) -> None:
    """Sales calls leads that nobody gave it: one rep on the very day, the others now and then, later."""
    after, day = world.after_turn(lead.created), lead.created.date()
    if world.route(lead, lead.created) == "SRL":
        return
    soon = next_opening(lead.created + timedelta(minutes=world.dice.whole(5, 40)))
    if soon.date() == day and soon.hour < 17 and world.dice.chance(CALLS_EARLY[after]):
        _work(world, lead, EARLY_CALLER, "Call", soon, longer=8)
        if world.dice.chance(0.5):
            _work(world, lead, EARLY_CALLER, "Meeting", world.later(soon, 2, 7))
    elif world.dice.chance(PICKS_UP[after]):
        rep = world.dice.pick(REPS)
        first = _work(world, lead, rep, "Call", world.later(lead.created, 4, 40))
        if world.dice.chance(0.4):
            _work(world, lead, rep, "Meeting", world.later(first, 2, 9))


def cycle(world: World, lead: Lead, handed: datetime) -> datetime | None:
    """Sales works on a lead handed over; the moment at which it gave it back, if it did."""
    dice, where = world.dice, world.route(lead, handed)
    if dice.chance(NEVER_ASSIGNED):
        return None
    rep = dice.pick(REPS)
    assigned = world.later(handed, 0.02, 0.5)
    lead.events.append(_event(world, "assigned", assigned, rep))
    if dice.chance(NEVER_TOUCHED):
        return None
    moment = _qualify(world, lead, rep, assigned)
    if dice.chance(RATED):
        _rate(world, lead, rep, where, moment)
    if dice.chance(NEVER_ANSWERED):
        return None
    decided = world.later(moment, 0.05, 2)
    if dice.chance(RETURNED[where]):
        lead.events.append(_event(world, "rejected", decided, rep, dice.pick(WHY_RETURNED[where])))
        return decided
    lead.events.append(_event(world, "accepted", decided, rep))
    return _pursue(world, lead, rep, where, decided)


def _qualify(world: World, lead: Lead, rep: Person, since: datetime) -> datetime:
    """First contact: a letter, a call or two, often a meeting; what was not known is asked."""
    moment = _work(world, lead, rep, "Call", world.later(since, 0.05, 2.5))
    for kind in ("Email", "Call", "Email", "Meeting", "Call"):
        if world.dice.chance(0.55):
            moment = _work(world, lead, rep, kind, world.later(moment, 0.5, 3))
    _ask(world, lead, moment)
    return moment


def _ask(world: World, lead: Lead, moment: datetime) -> None:
    """Sales learns what was unknown, and writes it down the same day or some days later."""
    known, ripe = lead.known(moment), 0.75 if lead.eager else 0.15
    for attr in ("budget_confirmed", "timeline_days"):
        if known[attr] is None and world.dice.chance(0.7):
            yes = world.dice.chance(ripe)
            value = yes if attr == "budget_confirmed" else 60 if yes else 240
            recorded = world.later(moment, 0, 4) if world.dice.chance(0.3) else moment + timedelta(minutes=20)
            lead.facts.append(Fact(attr, value, moment, max(recorded, moment), "sales"))


def _rate(world: World, lead: Lead, rep: Person, where: str, moment: datetime) -> None:
    """A rating within days of the first contact: readiness first, then the name of the source, then the mood."""
    feeling = LIKED[where] + lead.source.liking + world.dice.between(-1.1, 1.1)
    stars = min(5, max(1, int(feeling + 0.5)))
    reason = world.dice.pick(WHY_RETURNED[where]) if stars <= 3 and world.dice.chance(0.85) else ""
    lead.ratings.append(Rating(stars, reason, rep, world.later(moment, 0.05, 1.5)))


def _pursue(world: World, lead: Lead, rep: Person, where: str, since: datetime) -> datetime | None:
    """An accepted lead becomes a deal, goes back after another talk, or is left lying."""
    dice = world.dice
    moment = _work(world, lead, rep, "Meeting", world.later(since, 1, 6))
    if dice.chance(0.6):
        moment = _work(world, lead, rep, "Call", world.later(moment, 1, 5))
    if dice.chance(BECOMES_A_DEAL[where] * (0.7 + 0.3 * lead.source.wins)):
        _deal(world, lead, rep, where, world.later(moment, 0.2, 6))
        return None
    if dice.chance(0.6):
        returned = world.later(moment, 2, 12)
        lead.events.append(_event(world, "rejected", returned, rep, dice.pick(("timing", "no_budget"))))
        return returned
    return None


def _deal(world: World, lead: Lead, rep: Person, where: str, opened: datetime) -> None:
    """Demonstrations, meetings, an offer; the end of a quarter hurries the signature."""
    dice, moment = world.dice, opened
    for kind in ("Demo", "Email", "Meeting", "Call", "Email", "Call", "Meeting")[: dice.whole(4, 7)]:
        moment = _work(world, lead, rep, kind, world.later(moment, 3, 13), in_deal=True)
    closes = world.later(moment, 3, 28)
    quarter_end = next_quarter_end(closes.date())
    if (quarter_end - closes.date()).days < 45 and dice.chance(0.75):
        hurried = closes + timedelta(days=max(0, (quarter_end - closes.date()).days - dice.whole(0, 9)))
        closes = world.later(hurried - timedelta(1), 0, 0.9)
    won = dice.chance(WINS * lead.source.wins * (1.0 if where == "SRL" else 0.6))
    if not won and dice.chance(REOPENED):
        lead.events.append(_event(world, "reopened", world.later(max(closes, moment), 10, 40), rep))
    amount = 500 * dice.whole(36, 360 if won else 300)
    lead.deals.append(Deal(opened, max(closes, moment), won, "" if won else dice.pick(WHY_LOST), amount, rep))


def _work(
    world: World, lead: Lead, rep: Person, kind: str, wanted: datetime, longer: int = 0, in_deal: bool = False
) -> datetime:
    """Book one activity; the moment at which it is over."""
    low, high = MINUTES[kind]
    minutes = world.dice.whole(low, high) + longer
    if kind in ("Meeting", "Demo"):
        minutes = minutes // 15 * 15
    start = world.book(rep, wanted, max(minutes, 60 if kind in ("Meeting", "Demo") else 10))
    subject = world.dice.pick(SUBJECTS[kind][: 2 if in_deal else None])
    lead.tasks.append(Task(kind, subject, start, minutes, rep, in_deal))
    return start + timedelta(minutes=minutes)


def _event(world: World, name: str, moment: datetime, rep: Person, reason: str = "") -> Event:
    soon = moment + timedelta(minutes=world.dice.whole(0, 9))
    recorded = world.later(moment, 0.5, 2) if world.dice.chance(0.05) else soon
    return Event(name, moment, recorded, rep, reason)
