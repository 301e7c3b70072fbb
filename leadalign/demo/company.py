"""The demo company from its first lead to its last day, written down as the exports of its CRMs."""

from datetime import date, timedelta
from pathlib import Path

from leadalign.demo import hubspot, native, salesforce
from leadalign.demo.arrivals import arrivals
from leadalign.demo.dice import Dice
from leadalign.demo.marketing import handle
from leadalign.demo.mess import doubles
from leadalign.demo.selling import pick_up
from leadalign.demo.story import Lead, World
from leadalign.demo.truth import definition_changes_on, first_day


def write_demo(folder: Path, *, seed: int = 7, leads: int = 1500, until: date) -> list[Path]:
    """Write the exports of the 18 months that end with the day `until` into `folder`; the files, in a fixed order.

    The same seed, number of leads and day give the same bytes on every machine. Nothing in the files has happened
    after `until`, which is included whole; only the expected close of an open deal lies later.
    """
    world, everybody = live(seed, leads, until)
    files = hubspot.files(world, everybody) | salesforce.files(world, everybody) | native.files(world, everybody)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    return [folder / name for name in files]


def live(seed: int, leads: int, until: date) -> tuple[World, list[Lead]]:
    """Let the company live through its 18 months: its world, and every lead with all that happened to it by then."""
    world = World(Dice(seed), first_day(until), definition_changes_on(until), until)
    everybody = arrivals(world, leads)
    merged = doubles(world, everybody)
    for number, lead in enumerate(everybody, start=1):
        world.dice = Dice(seed * 1_000_003 + number)  # a stream a lead: what one does changes no other one's luck
        if lead.lead_id not in merged:
            pick_up(world, lead)
            handle(world, lead)
    for lead in everybody:
        _forget_the_future(lead, until)
    return world, everybody


def _forget_the_future(lead: Lead, until: date) -> None:
    """Take away what happens or becomes known after the last day."""
    end = until + timedelta(1)
    lead.facts = [fact for fact in lead.facts if fact.recorded.date() < end]
    lead.events = sorted((e for e in lead.events if e.recorded.date() < end), key=lambda event: event.occurred)
    lead.tasks = [task for task in lead.tasks if task.started.date() < end]
    lead.ratings = [rating for rating in lead.ratings if rating.rated.date() < end]
    lead.deals = [deal for deal in lead.deals if deal.opened.date() < end]
