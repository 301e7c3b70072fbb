"""The business calendar: Israel's days off in 2026, weeks from Sunday, and work time that adds up."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadalign.settings import Settings
from leadalign.work_calendar import Calendar, _holidays, days_of

HERE = Calendar()
ZONE = ZoneInfo("Asia/Jerusalem")

days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))


@pytest.mark.parametrize(("month", "expected"), [(1, 21), (2, 20), (4, 19), (9, 20), (10, 21)])
def test_work_days_of_2026_are_those_of_the_israeli_calendar(month, expected):
    assert HERE.work_days_in(date(2026, month, 15)) == expected


@pytest.mark.parametrize(("month", "expected"), [(1, 21), (2, 20), (4, 17), (9, 18), (10, 20.5)])
def test_half_days_are_work_days_but_count_half_as_work_time(month, expected):
    # April: Hol Hamoed on 5, 6, 7 and Remembrance Day on 21. September: Sukkot 27 to 30. October: Sukkot on 1.
    following = date(2026, month, 28) + timedelta(days=4)
    assert HERE.work_time(date(2026, month, 1), following.replace(day=1)) == expected


def test_who_ignores_holidays_has_22_work_days_in_april_and_september():
    naive = Calendar(holidays_country=None)
    assert [naive.work_days_in(date(2026, month, 1)) for month in (1, 2, 4, 9, 10)] == [21, 20, 22, 22, 21]


def test_monday_to_friday_is_another_calendar():
    western = Calendar(work_days=("monday", "tuesday", "wednesday", "thursday", "friday"), holidays_country=None)
    assert [western.work_days_in(date(2026, month, 1)) for month in (1, 2, 4, 9, 10)] == [22, 20, 22, 22, 22]


def test_ten_of_januarys_21_work_days_are_over_when_the_15th_starts():
    assert HERE.work_time(date(2026, 1, 1), date(2026, 1, 15)) == 10


def test_half_past_ten_at_night_in_london_is_next_month_in_jerusalem():
    assert HERE.day_of(datetime(2026, 1, 31, 22, 30, tzinfo=UTC)) == date(2026, 2, 1)
    assert HERE.day_of(datetime(2026, 1, 31, 21, 59, tzinfo=UTC)) == date(2026, 1, 31)


def test_a_holiday_is_off_and_a_half_holiday_is_half_a_day():
    assert HERE.work_fraction(date(2026, 4, 22)) == 0  # Independence Day, a Wednesday
    assert HERE.work_fraction(date(2026, 4, 21)) == 0.5  # Remembrance Day
    assert HERE.work_fraction(date(2026, 3, 3)) == 0.5  # Purim
    assert HERE.work_fraction(date(2026, 4, 3)) == 0  # Hol Hamoed on a Friday: still the weekend
    assert HERE.work_fraction(date(2026, 4, 20)) == 1


def test_eves_are_entered_by_hand_and_win():
    eve, friday, purim = date(2026, 4, 1), date(2026, 3, 6), date(2026, 3, 3)
    company = Calendar(day_overrides={eve: 0.5, friday: 1.0, purim: 0.0})
    assert [HERE.work_fraction(day) for day in (eve, friday, purim)] == [1, 0, 0.5]
    assert [company.work_fraction(day) for day in (eve, friday, purim)] == [0.5, 1, 0]
    assert company.work_days_in(date(2026, 3, 1)) == HERE.work_days_in(date(2026, 3, 1))  # one more, one less


def test_a_company_may_close_on_half_days():
    assert Calendar(half_day_fraction=0).work_days_in(date(2026, 4, 1)) == 15


def test_another_country_has_its_own_days_off():
    england = Calendar("Europe/London", ("monday", "tuesday", "wednesday", "thursday", "friday"), "GB")
    assert england.work_fraction(date(2026, 12, 25)) == 0
    assert england.work_fraction(date(2026, 4, 22)) == 1


def test_the_week_starts_on_sunday_unless_the_company_says_monday():
    sunday = date(2026, 1, 4)
    assert [HERE.week_of(sunday + timedelta(days=n)) for n in (-1, 0, 6, 7)] == [
        date(2025, 12, 28), sunday, sunday, date(2026, 1, 11),
    ]  # fmt: skip
    assert Calendar(week_start="monday").week_of(sunday) == date(2025, 12, 29)


@given(days, st.sampled_from(["sunday", "monday", "saturday"]))
def test_the_week_of_a_week_is_itself_and_holds_the_day(day, start):
    calendar = Calendar(week_start=start)
    week = calendar.week_of(day)
    assert calendar.week_of(week) == week
    assert timedelta() <= day - week < timedelta(days=7)
    assert week.strftime("%A").lower() == start


@given(st.tuples(moments, moments, moments).map(sorted))
def test_work_time_adds_up(three):
    first, middle, last = three
    parts = HERE.work_time(first, middle) + HERE.work_time(middle, last)
    assert parts == pytest.approx(HERE.work_time(first, last), abs=1e-9)


@given(moments, moments)
def test_work_time_is_the_same_from_any_zone_and_never_more_than_real_time(start, end):
    there = [moment.astimezone(ZoneInfo("America/New_York")) for moment in (start, end)]
    assert HERE.work_time(*there) == HERE.work_time(start, end)
    assert 0 <= HERE.work_time(start, end) <= max(0, (end - start) / timedelta(hours=23)) + 1e-9


def test_half_a_work_day_is_over_at_noon():
    assert HERE.work_time(date(2026, 1, 4), datetime(2026, 1, 4, 12, tzinfo=ZONE)) == pytest.approx(0.5)
    assert HERE.work_time(datetime(2026, 1, 4, 12, tzinfo=ZONE), datetime(2026, 1, 5, 6, tzinfo=ZONE)) == 0.75


def test_the_day_of_23_hours_is_one_day():
    every_day = Calendar(work_days=("friday",), holidays_country=None)
    assert every_day.work_time(date(2026, 3, 27), date(2026, 3, 28)) == 1  # clocks go forward that Friday
    assert every_day.start_of(date(2026, 3, 28)) - every_day.start_of(date(2026, 3, 27)) == timedelta(hours=23)


def test_no_work_time_lies_between_a_moment_and_an_earlier_one():
    assert HERE.work_time(date(2026, 1, 8), date(2026, 1, 4)) == 0


def test_the_calendar_table_counts_work_days_from_its_first_day():
    rows = HERE.rows(date(2026, 1, 31), date(2026, 2, 8))  # Saturday to the Sunday after
    assert [row.work_day_no for row in rows] == [0, 1, 2, 3, 4, 5, 5, 5, 6]
    assert rows[1] == (date(2026, 2, 1), date(2026, 2, 1), date(2026, 2, 1), 1.0, 1)
    assert rows[0] == (date(2026, 1, 31), date(2026, 1, 25), date(2026, 1, 1), 0.0, 0)


@given(days)
def test_the_calendar_table_of_a_month_ends_with_its_work_days(day):
    month = list(days_of(day))
    assert HERE.rows(month[0], month[-1])[-1].work_day_no == HERE.work_days_in(day)
    assert {row.month for row in HERE.rows(month[0], month[-1])} == {day.replace(day=1)}


def test_the_settings_of_a_company_make_its_calendar():
    settings = Settings()
    calendar = Calendar(
        settings.zone, settings.work_days, settings.holidays_country,
        settings.half_day_fraction, settings.day_overrides, settings.week_start,
    )  # fmt: skip
    assert calendar == HERE


def test_sessions_that_ask_at_the_same_time_see_the_same_days_off():
    _holidays.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: HERE.work_days_in(date(2026, 4, 1)), range(32)))
    assert set(counts) == {19}
