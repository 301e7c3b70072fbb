"""Exports of a CRM whose screens are in Hebrew: known by their Hebrew headers alone, and read to the same records."""

import random
import re

import pytest

from leadalign.intake import Format, formats, recognise
from leadalign.intake.formats import spellings
from tests.intake.conftest import rows

HEBREW = re.compile("[א-ת]")
SPEAKING = [
    one.name
    for one in formats()
    if one.system in ("dynamics", "espocrm", "odoo", "salesforce", "suitecrm", "zoho")
    and one.name
    not in ("zoho_campaigns", "zoho_users", "salesforce_field_history", "salesforce_stage_history")
]  # fmt: skip
"""The formats of the CRMs that have a Hebrew screen, but for reports that only administrators make."""


def hebrew(column: str | tuple[str, ...]) -> list[str]:
    """The Hebrew headers of a column."""
    return [one for one in spellings(column) if HEBREW.search(one)]


def header_of(one: Format) -> list[str]:
    """Everything that a format knows in Hebrew, each column once."""
    needed = [hebrew(column)[0] for column in one.recognised_by]
    more = [hebrew(column)[0] for column in one.columns.values() if hebrew(column)]
    return list(dict.fromkeys([*needed, *more]))


@pytest.mark.parametrize("name", SPEAKING)
def test_a_format_knows_its_export_by_hebrew_headers_alone(name):
    one = next(each for each in formats() if each.name == name)
    header = header_of(one)
    assert set(one.needs()) <= set(one.places(header))
    random.Random(3).shuffle(header)
    for typed in (header, [cell.replace('"', "״") for cell in header], [f"\u200f{cell} " for cell in header]):
        found = recognise(typed)
        assert found is not None
        assert found.name == name


def test_the_same_deal_in_english_and_in_hebrew_is_the_same(read):
    english = (
        "Record Id,Deal Name,Deal Owner,Stage,Closing Date,Created Time,Amount\n"
        "1,Order,Gil,Closed Won,2026-02-01,2026-01-05 10:00:00,500\n"
        "2,Order,Gil,Closed Lost,2026-02-03,2026-01-05 10:00:00,700\n"
    )
    said = {
        "Record Id": "מזהה רשומה", "Deal Name": "שם העסקה", "Deal Owner": "בעל העסקה", "Stage": "שלב",
        "Closing Date": "תאריך סגירה", "Created Time": "זמן יצירה", "Amount": "סכום",
        "Closed Won": "נסגר - זכייה", "Closed Lost": "נסגר – הפסד",
    }  # fmt: skip
    in_hebrew = english
    for word, translated in said.items():
        in_hebrew = in_hebrew.replace(word, translated)
    told = [
        rows(read(text).records["stages"], "slot", "event", "occurred_at", "amount") for text in (english, in_hebrew)
    ]
    assert told[0] == told[1]
    assert {row[1] for row in told[0]} == {"opportunity", "won", "lost"}
