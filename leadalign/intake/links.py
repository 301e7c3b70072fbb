"""Rows that name their lead or deal in words instead of an ID: the words are kept, and tied when facts are derived."""

import pandas as pd

from leadalign.intake.formats import spellings
from leadalign.intake.frames import Cells, framed
from leadalign.intake.reading import Reading
from leadalign.intake.typing import clean_text

NAMING = ("contact", "company", "email", "deal_name")
ADDRESS = r"([^\s,;|<>()\"']+@[^\s,;|<>()\"']+)"
SEPARATOR = r"\s*[;|]\s*"
MOST_LINES = 100


def names_its_lead(reading: Reading) -> pd.Series:
    """Whether a row says in words whose it is."""
    named = pd.Series(False, index=reading.frame.index)
    for target in NAMING:
        named |= _said(reading, target).notna()
    return named


def contact_frame(reading: Reading, lead_id: pd.Series, seen: pd.Series) -> pd.DataFrame:
    """links: the contact that each lead became, so that what the CRM moved to the contact finds its lead."""
    if "contact_id" not in reading.places:
        return pd.DataFrame()
    contact = reading.text("contact_id")
    columns: dict[str, Cells] = {"kind": "leads", "record_id": contact, "lead_id": lead_id, "seen_at": seen}
    return framed(columns, reading.kept & contact.notna() & lead_id.notna())


def converted_frame(reading: Reading, lead_id: pd.Series, seen: pd.Series) -> pd.DataFrame:
    """links: the deal that each lead became, by its ID, where no dated step of the lead says so."""
    if "deal_id" not in reading.places:
        return pd.DataFrame()
    deal, undated = reading.text("deal_id"), pd.Series(True, index=lead_id.index)
    step = {name: column for name, column in reading.format.events.items() if name == "opportunity"}
    for column in reading.named(step).values():
        undated &= reading.instant_of(column).isna()
    columns: dict[str, Cells] = {"kind": "lead_deals", "record_id": deal, "lead_id": lead_id, "seen_at": seen}
    return framed(columns, reading.kept & undated & deal.notna() & lead_id.notna())


def link_frame(
    reading: Reading, record_id: pd.Series, tied: pd.Series, seen: pd.Series, name: pd.Series | None = None
) -> pd.DataFrame:
    """links: for each record not `tied` by an ID the words that it has for its lead, and for a deal its own name."""
    if name is None and not any(reading.has(target) for target in NAMING):
        return pd.DataFrame()
    named = names_its_lead(reading) & ~tied
    reading.findings.repair("linked_by_name", named.index[named & reading.kept], column=_first_column(reading))
    words = {target: _words(reading, target).where(named) for target in NAMING}
    own = name if name is not None else pd.Series(None, index=record_id.index, dtype="object")
    columns: dict[str, Cells] = {
        "kind": reading.format.kind,
        "record_id": record_id,
        "name": own,
        "seen_at": seen,
        **words,
    }
    return framed(columns, reading.kept & record_id.notna() & (named | own.notna()))


def first_of_several(reading: Reading, target: str) -> None:
    """Where a cell names several records, the first is taken and a person is asked whether that is right."""
    if target not in reading.places:
        return
    column = reading.places[target]
    cells = reading.frame[column]
    several = cells.str.contains(";", regex=False).fillna(False).astype(bool)
    if several.any():
        parts = cells[several].str.strip().str.strip(";").str.split(SEPARATOR, regex=True)
        ask_about(reading, "several_ids", several & parts.map(len).reindex(cells.index).gt(1), column)
        reading.frame = reading.frame.assign(**{column: cells.where(~several, parts.map(_first).reindex(cells.index))})


def _first(parts: list[str]) -> str:
    return parts[0]


def ask_about(reading: Reading, code: str, rows: pd.Series, column: str | None = None) -> None:
    """Asks about these rows, with their number and their lines, unless there are none."""
    lines = [int(line) for line in rows.index[rows & reading.kept]]
    if lines:
        reading.findings.ask(code, column, count=len(lines), lines=lines[:MOST_LINES])


def _words(reading: Reading, target: str) -> pd.Series:
    """What the row says; a person written as `Noa Bar (noa@one.example)` is a name and an address."""
    said = _said(reading, target)
    if target == "contact":
        return said.str.extract(r"^\s*([^;|(<]*[^;|(<\s])")[0]
    if target == "email":
        return said.where(said.notna(), _said(reading, "contact")).str.extract(ADDRESS)[0]
    return said


def _said(reading: Reading, target: str) -> pd.Series:
    """The words for one thing, from the first of its columns that a row fills."""
    said = pd.Series(None, index=reading.frame.index, dtype="str")
    spelt = spellings(reading.format.columns.get(target, ()))
    for column in reading.named({name: name for name in spelt}).values():
        said = said.where(said.notna(), clean_text(reading.frame[column]))
    return said


def _first_column(reading: Reading) -> str | None:
    return next((reading.places[name] for name in NAMING if name in reading.places), None)
