"""What a person chooses before a file is known, its sheet, table or letters, is what is read, now and again."""

import pytest

from leadalign.intake import Choices, Format, recognise
from tests.intake.workbook import table, workbook

TWO_TABLES = "deal,amount\nx,5\ny,6\n\nname,minutes,day\nNoa,5,2026-01-02\nAvi,6,2026-01-03\nDan,7,2026-01-04\n"
LEADS = [["lead_id", "created_at", "source", "account_id"], ["L1", "2026-01-05T10:00:00Z", "Ads", "A1"]]
MORE = [LEADS[0], ["L2", "2026-01-06T10:00:00Z", "Ads", "A2"], ["L3", "2026-01-06T10:00:00Z", "Ads", "A2"]]
SHEETS = workbook({"January": table(LEADS), "February": table(MORE)})


def asked(found, code: str) -> list[tuple[str, ...]]:
    return [question.choices for question in found.questions if question.code == code]


@pytest.mark.parametrize(("wanted", "header", "other"), [(1, "deal", "2"), (2, "name", "1"), (9, "deal", "2")])
def test_the_table_chosen_is_read_and_the_other_offered(read, wanted, header, other):
    found = read(TWO_TABLES, choices=Choices(table=wanted))
    assert (found.header[0], asked(found, "another_table")) == (header, [(other,)])
    assert found.rows + found.rows_away == found.rows_in_file == 7


@pytest.mark.parametrize(("sheet", "leads"), [(None, 1), ("January", 1), ("February", 2), ("gone", 1)])
def test_the_sheet_chosen_is_read(read, sheet, leads):
    found = read(SHEETS, "leads.xlsx", choices=Choices(sheet=sheet))
    settled = sheet in ("January", "February")
    assert (found.rows, asked(found, "other_sheets")) == (leads, [] if settled else [("January", "February")])


def test_choices_go_into_the_format_so_that_reading_again_says_the_same(read):
    found = read(SHEETS, "leads.xlsx", choices=Choices().answered("other_sheets", "February"))
    again = read(SHEETS, "leads.xlsx", format=Format.from_toml(found.format.to_toml()))
    assert (found.format.sheet, again.rows) == ("February", found.rows)


def test_a_saved_format_does_not_carry_an_old_choice_into_another_file(read):
    saved = recognise(LEADS[0]).model_copy(update={"name": "ours", "sheet": "2019", "encoding": "cp1255"})
    found = read(SHEETS, "leads.xlsx", extra_formats=[saved])
    assert (found.format.name, found.format.sheet, found.format.encoding) == ("ours", None, None)


def test_an_answer_about_something_else_is_no_choice():
    assert Choices().answered("date_order", "dmy") == Choices()
    assert Choices().answered("another_table", "2").answered("encoding", "cp1255") == Choices("cp1255", None, 2)
