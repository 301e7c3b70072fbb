"""A downloaded table opens as text and numbers in a spreadsheet, never as a formula."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadalign.ui.downloads import DANGEROUS, as_csv, harmless


def read_back(table: pd.DataFrame) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(table).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "-", "+"]
)
def test_a_cell_that_would_calculate_becomes_text(cell: str):
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-12", "-1.5", "+3", "-1e5", "-.5", "a=b", "", "12", "שלום", "1-2"])
def test_plain_numbers_and_words_stay_as_they_are(cell: str):
    assert harmless(cell) == cell


@pytest.mark.parametrize("number", [-12, -1.5, 0, None])
def test_numbers_are_not_text(number: float | None):
    assert harmless(number) == number


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5))
def test_no_cell_of_any_table_begins_dangerously(cells: list[str]):
    for row in read_back(pd.DataFrame({"=name": cells, "b": cells})):
        for cell in row:
            assert not cell.lstrip(" ").startswith(DANGEROUS) or harmless(cell) == cell


def test_a_missing_value_is_an_empty_cell_and_hebrew_stays_hebrew():
    assert read_back(pd.DataFrame({"שם": ["דנה", None], "n": [1.0, float("nan")]})) == [
        ["שם", "n"],
        ["דנה", "1.0"],
        ["", ""],
    ]


def test_quotes_commas_and_line_breaks_come_back():
    cells = ['a "b", c', "line\r\nbreak"]
    assert [row[0] for row in read_back(pd.DataFrame({"x": cells}))[1:]] == cells
