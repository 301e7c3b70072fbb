"""Dates: the column proves the order of day and month, or nothing is guessed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leadalign.intake.dates import Dates, read_dates

JERUSALEM = "Asia/Jerusalem"
DAYS = st.dates(date(1990, 1, 1), date(2089, 12, 31))


def column(*cells: str | None, zone: str = JERUSALEM, order: str | None = None) -> Dates:
    return read_dates(pd.Series(list(cells), dtype="str"), zone, order)  # type: ignore[arg-type]


def local(found: Dates) -> list[str]:
    return [f"{one.tz_convert(JERUSALEM):%Y-%m-%d %H:%M}" if one is not pd.NaT else "?" for one in found.instants]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2024-03-12 09:14", "2024-03-12 09:14"),
        ("2024-03-12", "2024-03-12 00:00"),
        ("2026-01-05T08:00:00Z", "2026-01-05 10:00"),
        ("2026-01-05T08:00:00-0500", "2026-01-05 15:00"),
        ("2026-01-05T08:00:00.123+02:00", "2026-01-05 08:00"),
        ("15 Apr, 2021 00:03:00", "2021-04-15 00:03"),
        ("Dec 8, 2022", "2022-12-08 00:00"),
        ("Tuesday, 15 Apr 2021 3:05 pm", "2021-04-15 15:05"),
        ("15 באפריל 2021", "2021-04-15 00:00"),
        ("3/15/2024 2:30 PM", "2024-03-15 14:30"),
        ("3/15/2024 12:30 AM", "2024-03-15 00:30"),
        ("31.12.2025 23:59", "2025-12-31 23:59"),
        ("45631", "2024-12-05 00:00"),
        ("45631.5", "2024-12-05 12:00"),
        ("1700000000", "2023-11-15 00:13"),
        ("1700000000123", "2023-11-15 00:13"),
        ("2026-01", "2026-01-01 00:00"),
    ],
)
def test_a_date_is_read_as_a_person_in_the_company_would_read_it(cell, said):
    assert local(column(cell)) == [said]


def test_one_day_above_twelve_decides_for_the_whole_column():
    assert local(column("01-02-2018", "20-10-2017")) == ["2018-02-01 00:00", "2017-10-20 00:00"]
    assert local(column("01-02-2018", "10-20-2017")) == ["2018-01-02 00:00", "2017-10-20 00:00"]


def test_where_no_day_is_above_twelve_nothing_is_guessed():
    found = column("03/04/2026", "05/06/2026")
    assert (local(found), found.open, found.possible) == (["?", "?"], True, ("dmy", "mdy"))


def test_an_answer_opens_the_column():
    assert local(column("03/04/2026", order="dmy")) == ["2026-04-03 00:00"]


def test_two_orders_in_one_column_are_never_mixed_in_silence():
    found = column("13/04/2026", "04/13/2026")
    assert (local(found), found.open, found.possible) == (["?", "?"], True, ())


def test_iso_beside_american_dates_is_read_each_in_its_way():
    assert local(column("2024-03-12 09:14", "3/15/2024 2:30 PM")) == ["2024-03-12 09:14", "2024-03-15 14:30"]


@pytest.mark.parametrize(
    "cell", ["2025-02-30", "TBD", "12:12", "32", "2024-13-01", "2024-03-12 25:00", "7", "2999-01-01", "0026-01-01"]
)
def test_what_is_no_date_is_not_made_one(cell):
    found = column(cell, "2025-02-20")
    assert (local(found), found.unreadable.tolist()) == (["?", "2025-02-20 00:00"], [True, False])


def test_an_hour_that_the_clock_change_repeats_is_told():
    found = column("2026-10-25 01:30", "2026-10-25 03:30")
    assert list(found.notes["clock_change"].index) == [0]


@given(st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2089, 1, 1)), min_size=1, max_size=8))
def test_any_naive_moment_written_as_iso_comes_back(moments):
    found = column(*(one.strftime("%Y-%m-%d %H:%M:%S") for one in moments), zone="UTC")
    assert [one.replace(tzinfo=None) for one in found.instants] == [one.replace(microsecond=0) for one in moments]


@given(st.lists(DAYS, min_size=1, max_size=8), st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]))
def test_days_first_are_right_where_a_day_is_above_twelve(days, pattern):
    assume(any(day.day > 12 for day in days))
    found = column(*(day.strftime(pattern) for day in days))
    assert [one.tz_convert(JERUSALEM).date() for one in found.instants] == days


@given(st.lists(DAYS, min_size=1, max_size=8))
def test_a_column_is_never_wrong_only_open(days):
    """Written month first, a column is read as it was meant or not at all."""
    found = column(*(day.strftime("%m/%d/%Y") for day in days))
    read = [one.tz_convert(JERUSALEM).date() for one in found.instants if one is not pd.NaT]
    assert read in ([], days)
    assert (read == []) == (found.open and all(day.day <= 12 for day in days))


@given(st.datetimes(datetime(1990, 1, 2), datetime(2089, 1, 1), timezones=st.just(ZoneInfo(JERUSALEM))))
def test_a_moment_with_its_own_zone_is_that_instant(moment):
    found = column(moment.strftime("%Y-%m-%dT%H:%M:%S%z")[:25])
    assert found.instants[0].timestamp() == int(moment.timestamp())
