"""The human mess in the demo company's files: few of each, counted, and none that intake should repair in silence."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from leadalign.demo.dice import Dice
from leadalign.demo.staff import MARKETERS
from leadalign.demo.story import Event, Lead, World

MERGED_DOUBLES, UNSEEN_DOUBLES = 6, 4
TRAILING_SPACES, SMALL_LETTERS, BLANK_SOURCES, BLANK_COMPANIES = 8, 3, 12, 9
IMPOSSIBLE_DATES, DUPLICATED_CONTACTS = 3, 1
ORPHAN_TASKS, DUPLICATED_TASKS, ENDLESS_MEETINGS = 5, 1, 1
UNKNOWN_LEAD = "99999"

T = TypeVar("T")
Row = dict[str, str]


def doubles(world: World, leads: list[Lead]) -> set[str]:
    """Let some leads be earlier ones that came a second time; the ids of those that somebody noticed and merged."""
    count = min(MERGED_DOUBLES + UNSEEN_DOUBLES, len(leads) // 50)
    again = _some(world.dice, leads[len(leads) // 3 :], count, lambda lead: True)
    for place, lead in enumerate(again):
        first = leads[world.dice.whole(0, len(leads) // 4)]
        lead.contact, lead.title, lead.attributes = first.contact, first.title, first.attributes
        if place < MERGED_DOUBLES:
            moment = world.later(lead.created, 0.5, 3)
            lead.events.append(Event("merged", moment, moment, MARKETERS[3], f"dup_of:{first.lead_id}"))
    return {lead.lead_id for lead in again[:MERGED_DOUBLES]}


def contacts(dice: Dice, rows: list[Row]) -> list[Row]:
    """The contacts with spaces, blanks, a double row, and dates of signature before the lead came in."""
    from_webinar = _some(dice, rows, TRAILING_SPACES + SMALL_LETTERS, lambda row: row["Original Source"] == "Webinar")
    for place, row in enumerate(from_webinar):
        row["Original Source"] = "Webinar " if place < TRAILING_SPACES else "webinar"
    for row in _some(dice, rows, BLANK_SOURCES, lambda row: row["Original Source"] == "Paid Social"):
        row["Original Source"] = row["Original Source Drill-Down 1"] = ""
    for row in _some(dice, rows, BLANK_COMPANIES, lambda row: True):
        row["Company Name"] = ""
    for row in _some(dice, rows, IMPOSSIBLE_DATES, lambda row: bool(row["Became a Customer Date"])):
        row["Became a Customer Date"] = _two_years_before(row["Became a Customer Date"])
    return _with_repeats(dice, rows, DUPLICATED_CONTACTS)


def tasks(dice: Dice, rows: list[Row]) -> list[Row]:
    """The activities with some of a lead that nobody knows, a meeting of 3,000 minutes, and a double row."""
    for row in _some(dice, rows, ORPHAN_TASKS, lambda row: row["Task Type"] == "Call" and not row["Opportunity ID"]):
        row["Lead ID"] = UNKNOWN_LEAD
    logged = [row for row in rows if row["Task Type"] == "Meeting" and row["Call Duration (sec)"]]
    for row in _some(dice, logged, ENDLESS_MEETINGS, lambda row: True):
        row["Call Duration (sec)"] = str(3000 * 60)
    return _with_repeats(dice, rows, DUPLICATED_TASKS)


def _some(dice: Dice, things: list[T], count: int, fits: Callable[[T], bool]) -> list[T]:
    """`count` different ones of `things` that fit, or all of them where there are fewer."""
    left = [thing for thing in things if fits(thing)]
    return [left.pop(dice.whole(0, len(left) - 1)) for _ in range(min(count, len(left)))]


def _two_years_before(stamp: str) -> str:
    return (date.fromisoformat(stamp[:10]) - timedelta(730)).isoformat() + stamp[10:]


def _with_repeats(dice: Dice, rows: list[Row], count: int) -> list[Row]:
    """`rows` with `count` of them written twice, one below the other."""
    rows = list(rows)
    for _ in range(count if rows else 0):
        place = dice.whole(0, len(rows) - 1)
        rows.insert(place, rows[place])
    return rows
