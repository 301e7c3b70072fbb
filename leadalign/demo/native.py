"""What no CRM exports, in our own layout: people, ratings, costs, goals, definitions, and what has two clocks."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

from leadalign.demo.sources import SOURCES
from leadalign.demo.staff import STAFF
from leadalign.demo.story import Event, Fact, Lead, World
from leadalign.demo.table import cell, csv_text, utc

PEOPLE = ("person_id", "name", "email", "function", "role", "team", "hourly_cost", "daily_work_min", "currency")
RATINGS = ("rating_id", "lead_id", "rater_id", "rating", "reason", "rated_at")
COSTS = ("month", "source", "campaign", "cost_ils")
GOALS = (
    "goal_id", "name", "metric", "owner", "period", "target", "floor_component", "weight_marketing", "weight_sales"
)  # fmt: skip
FACTS = ("event_id", "lead_id", "attr", "value", "observed_at", "recorded_at", "source")
STEPS = ("event_id", "lead_id", "event", "occurred_at", "recorded_at", "actor_id", "reason")
EACH_MONTH = (
    ("G1", "leads", "leads_created", "marketing", 50, "sales_ready>=10", 0.5, 0.0),
    ("G2", "deals", "deals_won", "shared", 10, "", 0.5, 1.0),
    ("G3", "nurtured", "nurtured_leads", "marketing", 40, "", 0.0, 0.0),
)


def files(world: World, leads: list[Lead]) -> dict[str, str]:
    """Every file in our own layout, by name."""
    return {
        "people.csv": csv_text(PEOPLE, _people()),
        "ratings.csv": csv_text(RATINGS, _ratings(leads)),
        "campaign_costs.csv": csv_text(COSTS, _costs(world)),
        "goals.csv": csv_text(GOALS, _goals(world)),
        "attribute_events.csv": csv_text(FACTS, _facts(leads)),
        "stage_events.csv": csv_text(STEPS, _steps(leads)),
        "definition_v1.json": json.dumps(world.definitions[0], indent=1) + "\n",
        "definition_v2.json": json.dumps(world.definitions[1], indent=1) + "\n",
    }


def _people() -> Iterator[tuple[object, ...]]:
    for who in STAFF:
        yield who.person_id, who.name, who.email, who.function, who.role, who.team, who.hourly_cost, 480, "ILS"


def _ratings(leads: list[Lead]) -> Iterator[tuple[object, ...]]:
    told = sorted(((lead, rating) for lead in leads for rating in lead.ratings), key=lambda pair: pair[1].rated)
    for place, (lead, rating) in enumerate(told, start=1):
        yield f"q{place:05d}", lead.lead_id, rating.rater.person_id, rating.stars, rating.reason, utc(rating.rated)


def _facts(leads: list[Lead]) -> Iterator[tuple[object, ...]]:
    told: list[tuple[Lead, Fact]] = sorted(
        ((lead, fact) for lead in leads for fact in lead.facts), key=lambda pair: pair[1].recorded
    )
    for place, (lead, fact) in enumerate(told, start=1):
        clocks = utc(fact.observed), utc(fact.recorded)
        yield f"e{place:05d}", lead.lead_id, fact.attr, cell(fact.value), *clocks, fact.source


def _steps(leads: list[Lead]) -> Iterator[tuple[object, ...]]:
    """The steps that HubSpot's columns cannot tell; the first hand-over is in its columns, a second one is here."""
    told: list[tuple[Lead, Event]] = sorted(
        ((lead, event) for lead in leads for event in _untold(lead)), key=lambda pair: pair[1].occurred
    )
    for place, (lead, event) in enumerate(told, start=1):
        clocks = utc(event.occurred), utc(event.recorded)
        yield f"s{place:05d}", lead.lead_id, event.name, *clocks, event.actor.person_id, event.reason


def _untold(lead: Lead) -> list[Event]:
    handed = [event for event in lead.events if event.name == "handed_off"]
    return [event for event in lead.events if event.name != "classified" and event not in handed[:1]]


def _months(world: World) -> Iterator[date]:
    month = world.start
    while month <= world.until:
        yield month
        month = (month + timedelta(31)).replace(day=1)


def _goals(world: World) -> Iterator[tuple[object, ...]]:
    for month in _months(world):
        for goal, name, metric, owner, *rest in EACH_MONTH:
            yield goal, name, metric, owner, f"{month:%Y-%m}", *rest


def _costs(world: World) -> Iterator[tuple[object, ...]]:
    """What each campaign cost in each month: more in the months of fairs and list purchases."""
    for month in _months(world):
        for source in SOURCES:
            campaigns = source.campaign(month)
            season = 1.0 if not source.busy_months else 2.0 if month.month in source.busy_months else 0.4
            for campaign in campaigns:
                share = source.monthly_cost * season / len(campaigns)
                yield f"{month:%Y-%m}", source.name, campaign, 10 * int(share * world.dice.between(0.9, 1.1) / 10)
