"""Any upload can be undone, whatever came after: everything is then as if it had never been brought in."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadalign.intake import Format, build_format
from leadalign.store import open_database
from leadalign.store.people import COMMAND_LINE
from leadalign.uploads import others_are_gone, take_in, take_out, understand
from tests.worlds import hours

OF_ONE_CRM = {"system": "crm"}
LEADS = build_format("leads", "leads", {"lead_id": "Id", "created_at": "Born"}).model_copy(update=OF_ONE_CRM)
CONTACTS = build_format("contacts", "leads", {"lead_id": "Contact", "created_at": "Since"}).model_copy(
    update=OF_ONE_CRM
)
DEALS = build_format(
    "deals", "deals", {"deal_id": "Deal", "lead_id": "Id", "opened_at": "Opened", "won_at": "Won"}
).model_copy(update=OF_ONE_CRM)
CALLS = build_format(
    "calls", "activities",
    {"activity_id": "Call", "lead_id": "Id", "person_id": "Rep", "type": "Kind", "started_at": "Began",
     "minutes": "Min"},
).model_copy(update=OF_ONE_CRM)  # fmt: skip
HEADERS = {
    "leads": "Id,Born,Grade,City", "contacts": "Contact,Since,Grade", "deals": "Deal,Id,Opened,Won",
    "calls": "Call,Id,Rep,Kind,Began,Min",
}  # fmt: skip
BORN = [f"2026-01-0{day}T07:00:00Z" for day in range(1, 8)]
TABLES = {
    "leads": "lead_id, system, created_at, recorded_at",
    "attribute_events": "lead_id, attr, value, observed_at, assumed, recorded_at",
    "stage_events": "slot, lead_id, event, occurred_at, deal_id, reason, voids_event_id IS NULL, recorded_at",
    "activities": "activity_id, lead_id, type, started_at, minutes, recorded_at",
}


@dataclass(frozen=True)
class Brought:
    """One upload: which export, its rows, whether what it lacks is gone."""

    format: Format
    rows: tuple[str, ...]
    gone: bool

    def content(self) -> bytes:
        return "\n".join([HEADERS[self.format.name], *self.rows, ""]).encode()


def row(format: Format, number: int, letter: str, day: int | None) -> str:
    """A record of that export: who it is about follows from its number, what it says from the letter and the day."""
    at = "" if day is None else BORN[day]
    return {
        "leads": f"L{number},{BORN[number]},{letter},{at and 'Haifa'}",
        "contacts": f"L{number},{BORN[number]},{letter}",
        "deals": f"D{number},L{number},{BORN[number]},{at}",
        "calls": f"C{number},L{number},r1,call,{at or BORN[0]},{ord(letter)}",
    }[format.name]


@st.composite
def uploads(draw: st.DrawFn) -> Brought:
    format = draw(st.sampled_from([LEADS, CONTACTS, DEALS, CALLS]))
    numbers = draw(st.sets(st.integers(0, 4), min_size=1))
    said = [(draw(st.sampled_from("ABC")), draw(st.none() | st.integers(4, 6))) for _ in numbers]
    rows = tuple(row(format, number, *each) for number, each in zip(sorted(numbers), said, strict=True))
    return Brought(format, rows, draw(st.booleans()))


def bring(db, upload: Brought, number: int) -> None:
    at = hours(24 * 30 * (number + 1))
    found = understand(db, f"{upload.format.name}.csv", upload.content(), upload.format, at=at)
    take_in(db, COMMAND_LINE, others_are_gone(found) if upload.gone else found, upload.content(), at)


def told(db) -> dict:
    """All that stands, without the names that uploads and events were given."""
    return {
        table: sorted(map(str, db.rows(f"SELECT {columns} FROM live.{table}"))) for table, columns in TABLES.items()
    }


def standing(db) -> dict:
    """The uploads that stand, by the instant they were brought in."""
    return dict(db.rows("SELECT uploaded_at, batch_id FROM live.batches"))


def undo_and_compare(steps: list[Brought | int]) -> None:
    """Brings in and undoes (a number names which of those that stand), and compares with what was never undone."""
    db, as_if = open_database(None), open_database(None)
    kept: dict = {}
    for number, step in enumerate(steps):
        if isinstance(step, Brought):
            before = standing(db)
            bring(db, step, number)
            kept |= dict.fromkeys(standing(db).keys() - before.keys(), (step, number))
        elif kept:
            undone = sorted(kept)[step % len(kept)]
            take_out(db, COMMAND_LINE, standing(db)[undone])
            del kept[undone]
        assert set(standing(db)) == set(kept)
    for _, (upload, number) in sorted(kept.items(), key=lambda each: each[0]):
        bring(as_if, upload, number)
    assert told(db) == told(as_if)
    db.close()
    as_if.close()


FIRST, OTHER = Brought(LEADS, (row(LEADS, 1, "A", None),), False), Brought(LEADS, (row(LEADS, 1, "B", None),), False)


@pytest.mark.parametrize(
    "steps",
    [
        [FIRST, Brought(CONTACTS, (row(CONTACTS, 1, "A", None),), False), 0],
        [FIRST, OTHER, FIRST, 1, 0],
        [FIRST, FIRST, 0],
    ],
    ids=["another export tells of the same lead", "what came back was told by two uploads", "the same file again"],
)
def test_undoing_an_upload_keeps_what_others_say(steps):
    undo_and_compare(steps)


@settings(max_examples=10, deadline=None)
@given(
    st.lists(uploads(), min_size=2, max_size=5),
    st.lists(st.integers(0, 5), min_size=1, max_size=2),
    st.lists(uploads(), max_size=2),
    st.lists(st.integers(0, 5), max_size=1),
)
def test_after_any_undos_everything_is_as_if_those_uploads_had_never_been(first, undone, then, undone_later):
    undo_and_compare([*first, *undone, *then, *undone_later])
