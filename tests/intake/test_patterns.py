"""Patterns on whole columns say of each cell what Python says, whatever is written in it."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadalign.intake import amounts, dates
from leadalign.intake.patterns import TEXT, each_value, extract, matches, numbers
from leadalign.intake.typing import json_text

PATTERNS = [
    dates.ISO, dates.NUMBERS, dates.WORDS_DAY_FIRST, dates.WORDS_MONTH_FIRST, dates.MONTH_ONLY,
    amounts.AMOUNT,
]  # fmt: skip
CELLS = st.one_of(
    st.none(),
    st.sampled_from([
        "2026-01-05T08:00:00Z", "2026-1-5", "03/04/2026 10:00", "3.4.26", "8 Dec 2022", "ב-8 ינואר 2024", "2026-01",
        "Dec 8, 2022 10:00 PM", "$1,117.10K", "(5)", "\u22125", "1\u00a0234,5", '5 ש"ח', "1.5e3", "1h 20 min", "٣",
        "5\n",        "2026-01-05 08:00:00.123456+02:00", "1/2/2026\t10:00", "8\x1cDec 2022",
    ]),
    st.text(alphabet="0123456789-/.:TZ +,()$KMhמדApm\t\n", max_size=12),
)  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=40, deadline=None)
@given(cells=st.lists(CELLS, max_size=12), shift=st.integers(0, 9))
def test_a_column_matches_as_its_cells_do(pattern, cells, shift):
    column = pd.Series(cells, dtype=TEXT, index=range(shift, shift + len(cells)))
    expected = column.str.match(pattern).fillna(False).astype(bool)
    pd.testing.assert_series_equal(matches(column, pattern), expected)
    pd.testing.assert_frame_equal(extract(column, pattern), column.astype("object").str.extract(pattern).astype(TEXT))


MOMENT = st.builds(
    "{}-{:02}-{:02}{}{}{}".format, st.sampled_from(["2026", "2025", "0001", "1969", "2999"]), st.integers(1, 13),
    st.integers(1, 31), st.sampled_from(["", " 08:30", "T02:30:15", "T01:30", "T23:59:60", " 24:00", "T10:00:00.125"]),
    st.sampled_from(["", "", "Z", "+02:00", "-0530", "+19:00"]), st.just(""),
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(cells=st.lists(MOMENT, min_size=1, max_size=8), zone=st.sampled_from(["UTC", "Asia/Jerusalem"]))
def test_moments_read_at_once_are_those_read_part_by_part(cells, zone):
    column = pd.Series(cells, dtype=TEXT)
    at_once, by_parts = dates.read_dates(column, zone), dates.read_dates(column.str.replace("-", "/", n=2), zone)
    pd.testing.assert_series_equal(at_once.instants, by_parts.instants)
    pd.testing.assert_series_equal(at_once.unreadable, by_parts.unreadable)
    assert {note: list(where.index) for note, where in at_once.notes.items()} == {
        note: list(where.index) for note, where in by_parts.notes.items()
    }


def test_a_repeated_hour_is_told_when_moments_are_read_at_once():
    column = pd.Series(["2026-10-25 01:30", "2026-03-27T02:30:00", "2026-01-05"], dtype=TEXT)
    found = dates.read_dates(column, "Asia/Jerusalem")
    assert list(found.notes["clock_change"].index) == [0, 1]


def test_digits_of_any_script_are_numbers():
    assert numbers(pd.Series(["5", "٣", None, "0.5"], dtype=TEXT)).fillna(-1).tolist() == [5, 3, -1, 0.5]


def test_each_distinct_value_is_asked_once():
    asked: list[str] = []
    column = pd.Series(["a", "b", None, "a"], dtype=TEXT, index=[3, 4, 5, 9])
    found = each_value(column, lambda value: asked.append(value) or (value.upper() if value == "a" else None))
    assert (asked, found.index.tolist()) == (["a", "b"], [3, 4, 5, 9])
    assert [None if pd.isna(value) else value for value in found] == ["A", None, None, "A"]


@given(cells=st.lists(st.one_of(st.none(), st.text(alphabet='ab"\\/\n\t\x00\x1f\x7f\u2028א', max_size=6)), max_size=8))
def test_a_column_as_json_is_what_json_writes(cells):
    found = json_text(pd.Series(cells, dtype=TEXT))
    written = [None if cell is None else json.dumps(cell, ensure_ascii=False) for cell in cells]
    assert [None if pd.isna(cell) else cell for cell in found] == written
