"""Amounts, durations and yes/no: the column proves its decimal mark, or it is asked."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadalign.intake.amounts import Amounts, read_amounts, read_flags, read_minutes, unit_of
from leadalign.intake.typing import attribute_name, long_salesforce_id, same_header, typed


def text(*cells: str | None) -> pd.Series:
    return pd.Series(list(cells), dtype="str")


def amounts(*cells: str | None, mark: str | None = None) -> Amounts:
    return read_amounts(text(*cells), mark)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("$1,117.10K", 1_117_100), ("$22,700.00", 22_700), ("1.234,56 €", 1234.56), ("1 234,56", 1234.56),
        ("₪ 1,200", 1200), ("1,000,000", 1_000_000), ("(5)", -5), ("-$3.50", -3.5), ("USD 1,000.5", 1000.5),
        ("2.5M", 2_500_000), ("1.53e4", 15_300), ("0", 0), ("45.3k", 45_300), ("12'500.00", None), (".5", 0.5),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_written(cell, number):
    read = amounts(cell).numbers[0]
    assert pd.isna(read) if number is None else read == pytest.approx(number)


def test_the_symbol_beside_a_number_names_its_currency():
    assert amounts("$5", "5 €", "₪7", "USD 3").currency.tolist() == ["USD", "EUR", "ILS", "USD"]


def test_a_mark_that_means_two_numbers_is_asked_and_not_guessed():
    assert amounts("1,234").open
    assert amounts("1.234").open
    assert amounts("1,234").numbers.isna().all()


def test_one_amount_with_both_marks_decides_for_all():
    assert amounts("1,234", "1,234.50").numbers.tolist() == [1234, 1234.5]
    assert amounts("1.234", "1.234,50").numbers.tolist() == [1234, 1234.5]


def test_an_answer_opens_the_column():
    assert amounts("1,234", mark="comma").numbers[0] == pytest.approx(1.234)


def test_words_among_amounts_are_unreadable_and_not_zero():
    found = amounts("5", "TBD", None)
    assert found.unreadable.tolist() == [False, True, False]


@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=6))
def test_any_amount_with_two_decimals_comes_back(numbers):
    read = amounts(*(f"{number:,.2f}" for number in numbers))
    assert read.numbers.tolist() == pytest.approx([float(number) for number in numbers])


@given(st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=6))
def test_so_does_one_with_a_decimal_comma(numbers):
    swapped = str.maketrans(",.", ".,")
    read = amounts(*(f"{number:,.2f}".translate(swapped) for number in numbers))
    assert read.numbers.tolist() == pytest.approx([float(number) for number in numbers])


@pytest.mark.parametrize(
    ("cell", "unit", "minutes"),
    [
        ("420", "seconds", 7),
        ("0", "seconds", 0),
        ("00:12:30", "minutes", 12.5),
        ("1:30", "minutes", 1.5),
        ("2", "hours", 120),
    ],
)
def test_a_duration_becomes_minutes(cell, unit, minutes):
    assert read_minutes(text(cell), unit)[0][0] == minutes


def test_the_header_names_the_unit():
    units = [unit_of(one) for one in ("Call Duration (in seconds)", "Hours", "Duration", "משך בשניות")]
    assert units == ["seconds", "hours", "minutes", "seconds"]


def test_yes_and_no_in_two_languages():
    assert read_flags(text("Yes", "כן", "0", "FALSE", None))[0].tolist() == [True, True, False, False, pd.NA]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("120", "7.50"), ["120", "7.5"]),
        (("007", "12"), ['"007"', '"12"']),
        (("123456789012345678",), ['"123456789012345678"']),
        (("Yes", "No"), ["true", "false"]),
        (("1", "0"), ["1", "0"]),
        (("NA", "Levi"), ['"NA"', '"Levi"']),
        (("$342.09K",), ["342090"]),
    ],
)
def test_an_attribute_is_a_number_or_a_flag_only_where_every_cell_is(cells, said):
    assert typed(text(*cells)).tolist() == said


def test_a_short_salesforce_id_gets_its_three_letters():
    assert long_salesforce_id(text("001A0000006Vm9r", "7", None)).tolist()[:2] == ["001A0000006Vm9rIAC", "7"]


def test_headers_are_compared_without_what_exports_add():
    assert same_header("\u200f Deal  - Title* ") == "deal - title"
    assert attribute_name("Number of Employees (est.)") == "number_of_employees_est"
    assert attribute_name("סטטוס ליד") == "סטטוס_ליד"


@pytest.mark.parametrize(
    "two",
    [
        ("דוא״ל", 'דוא"ל'), ("דוא''ל", 'דוא"ל'), ("סטטוס:", "סטטוס"), ("נסגר – זכייה", "נסגר - זכייה"),
        ("תאריך־יצירה", "תאריך-יצירה"), ("סה״כ", "סה”כ"), ("\u200fשם הליד\u200f", "שם הליד"), ("צ׳ק", "צ'ק"),
    ],
)  # fmt: skip
def test_headers_and_values_in_hebrew_are_alike_whichever_marks_were_typed(two):
    assert same_header(two[0]) == same_header(two[1])


def test_yes_and_no_are_read_in_both_languages_and_as_ticks():
    flags, unreadable = read_flags(
        text("TRUE", "✓", "✔\ufe0f", "כן", "אמת", "FALSE", "לא", "✗", "שקר", "perhaps", None)
    )
    assert flags.tolist()[:9] == [True] * 5 + [False] * 4
    assert unreadable.tolist() == [False] * 9 + [True, False]


@pytest.mark.parametrize(
    ("cell", "unit", "minutes"),
    [
        ("01:30", "clock", 90), ("01:30", "minutes", 1.5), ("1:30:00", "clock", 90), ("00:12:30", "seconds", 12.5),
        ("720000", "milliseconds", 12), ("1h 5m", "minutes", 65), ("45 min", "seconds", 45),
        ("2 hours", "minutes", 120),
    ],
)  # fmt: skip
def test_a_duration_is_read_by_how_it_is_written_and_by_its_unit(cell, unit, minutes):
    read, unreadable = read_minutes(pd.Series([cell, "soon"], dtype="str"), unit)
    assert (read[0], bool(unreadable[1])) == (minutes, True)
