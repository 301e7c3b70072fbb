"""How leads come in: when, from where, who, and what they said of themselves."""

from datetime import date, datetime, timedelta

from leadalign.demo.definitions import INDUSTRIES, MARKETS, SENIOR, Value
from leadalign.demo.dice import Dice
from leadalign.demo.names import TITLES, TRADES, contact
from leadalign.demo.sources import BOUGHT_LIST, Source, weights
from leadalign.demo.staff import MARKETERS
from leadalign.demo.story import Lead, World
from leadalign.demo.workdays import at, lead_weight

OTHER_MARKETS = ("France", "India", "Spain", "Cyprus")
OTHER_INDUSTRIES = tuple(trade for trade in TRADES if trade not in INDUSTRIES)


def arrivals(world: World, leads: int) -> list[Lead]:
    """`leads` leads of the whole time, in the order in which they came in."""
    days = [world.start + timedelta(n) for n in range((world.until - world.start).days + 1)]
    chances = {day: lead_weight(day) for day in days}
    moments = sorted(_moment(world.dice, world.dice.weighted(chances)) for _ in range(leads))
    return [_lead(world.dice, moment, number) for number, moment in enumerate(moments)]


def _moment(dice: Dice, day: date) -> datetime:
    hour = dice.weighted({7: 1, 8: 3, 9: 6, 10: 8, 11: 8, 12: 7, 13: 6, 14: 7, 15: 7, 16: 6, 17: 4, 19: 2, 21: 2})
    return at(day, hour, dice.whole(0, 59))


def _lead(dice: Dice, created: datetime, number: int) -> Lead:
    source = dice.weighted(weights(created.date()))
    eager = dice.chance(source.intent)
    attributes = _firmographics(dice, source) | _signals(dice, source, eager)
    country, industry = str(attributes["country_region"]), str(attributes["industry"])
    seniority = attributes["seniority"]
    return Lead(
        lead_id=str(41001 + 7 * number),
        created=created,
        source=source,
        campaign=dice.pick(source.campaign(created.date())),
        contact=contact(dice, country, industry),
        title=dice.pick(TITLES[str(seniority)]) if seniority else "",
        attributes=attributes,
        eager=eager,
        marketer=dice.pick(MARKETERS),
    )


def _firmographics(dice: Dice, source: Source) -> dict[str, Value | None]:
    """What the company and the person are; the better the source fits, the likelier a customer of the ideal kind."""
    fit = source.fit
    market = dice.weighted(dict(zip(MARKETS, (72, 16, 7, 5), strict=True)))
    large = dice.chance(0.25 + 0.65 * fit)
    size = dice.weighted({(50, 199): 3, (200, 900): 4, (1000, 4000): 1}) if large else (4, 49)
    senior = dice.chance(0.25 + 0.6 * fit)
    rank = dice.pick(SENIOR) if senior else dice.weighted({"manager": 3, "junior": 1})
    return {
        "number_of_employees": dice.whole(*size),
        "industry": dice.pick(INDUSTRIES if dice.chance(0.25 + 0.6 * fit) else OTHER_INDUSTRIES),
        "country_region": dice.pick(OTHER_MARKETS) if dice.chance(0.16 * (1 - fit)) else market,
        "seniority": None if dice.chance(0.05) else rank,
    }


def _signals(dice: Dice, source: Source, eager: bool) -> dict[str, Value | None]:
    """What the form and the website tell of readiness; a bought address tells little."""
    ripe = 0.82 if eager else 0.13
    silent = 0.2 if source is BOUGHT_LIST else 0.07
    soon, far = (30, 45, 60, 90), (120, 180, 270, 365)
    return {
        "budget_confirmed": None if dice.chance(silent) else dice.chance(ripe),
        "timeline_days": None if dice.chance(silent) else dice.pick(soon if dice.chance(ripe) else far),
        "engagements_30d": dice.whole(3, 8) if dice.chance(ripe) else dice.whole(0, 2),
    }
