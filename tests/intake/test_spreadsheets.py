"""Workbooks and archives: they say what a CSV of the same table says, and none of them can hurt."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from leadalign import texts
from leadalign.problems import Refusal
from tests.intake.workbook import CLOCK, DAY, MOMENT, SPAN, archive, number, row, table, text, workbook

PEOPLE = table([["name", "city"], ["Noa", "Haifa"], ["Avi", "Yaffo"]])
LEADS = table([["lead_id", "created_at", "source", "account_id"], ["L1", "2026-01-05T10:00:00Z", "Ads", "A1"]])
CSV = b"name,city\nNoa,Haifa\nAvi,Yaffo\n"


def one_cell(read, cell: str) -> object:
    found = read(workbook({"A": row(1, text("A1", "what"), text("B1", "x")) + row(2, cell, text("B2", "y"))}), "a.xlsx")
    value = found.frame["what"].iloc[0]
    return None if pd.isna(value) else value


def codes(found) -> list[str]:
    return [question.code for question in found.questions]


def test_a_sheet_says_what_its_csv_says(read):
    found = read(workbook({"A": PEOPLE}), "people.xlsx")
    assert found.frame.to_numpy().tolist() == read(CSV).frame.to_numpy().tolist()
    assert (found.encoding, found.header_row, found.rows_in_file, found.repairs, found.questions) == (
        "XLSX", 1, 2, [], [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (text("A2", "007"), "007"), (text("A2", "123456789012345678"), "123456789012345678"), (text("A2", "NA"), "NA"),
        (text("A2", "=1+1"), "=1+1"), (number("A2", 12), "12"), (number("A2", "12.0"), "12"),
        (number("A2", 0.1), "0.1"),
        (number("A2", "1E-7"), "0.0000001"), (number("A2", 1.234), "1.2340"), (number("A2", "-5"), "-5"),
        (number("A2", 45631, DAY), "2024-12-05"), (number("A2", 45631.4375, MOMENT), "2024-12-05T10:30:00"),
        (number("A2", 0.5, CLOCK), "12:00:00"), (number("A2", 1.5, SPAN), "36:00:00"),
        ('<c r="A2" t="b"><v>1</v></c>', "TRUE"), ('<c r="A2" t="str"><f>B2</f><v>0012</v></c>', "0012"),
        ('<c r="A2"><f>6*7</f><v>42</v></c>', "42"),
    ],
)  # fmt: skip
def test_a_cell_is_the_text_that_a_person_meant(read, cell, said):
    assert one_cell(read, cell) == said


def test_cells_that_hold_an_error_or_no_result_are_blank_and_named(read):
    cells = row(2, text("A2", "x"), '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
    cells += row(3, text("A3", "y"), '<c r="B3"><f>NOW()</f></c>') + row(4, text("A4", "z"), number("B4", 5))
    found = read(workbook({"A": row(1, text("A1", "a"), text("B1", "b")) + cells}), "a.xlsx")
    assert [found.frame["b"].isna().tolist(), found.questions[0].code] == [[True, True, False], "cells_without_value"]
    assert found.questions[0].details == {"count": 2, "cells": "B2, B3"}


def test_a_long_id_kept_as_a_number_is_doubted(read):
    cells = row(1, text("A1", "id"), text("B1", "b")) + row(2, number("A2", 123456789012345678), text("B2", "y"))
    assert codes(read(workbook({"A": cells}), "a.xlsx")) == ["long_numbers"]


def test_the_sheet_that_is_an_export_is_read_and_the_others_are_named(read):
    found = read(workbook({"Notes": PEOPLE, "Leads": LEADS, "Blank": ""}), "a.xlsx")
    assert (found.kind, found.rows, found.questions[0].code) == ("leads", 1, "other_sheets")
    assert found.questions[0].details == {"sheet": "Leads", "count": 1, "names": "Notes"}
    assert not found.blocked


def test_among_unknown_sheets_the_first_table_is_read_and_hidden_ones_are_named(read):
    sheets = {"Cover": table([["Hello"]]), "Lists": table([["x", "y"], ["1", "2"]]), "People": PEOPLE}
    found = read(workbook(sheets, hidden="Lists"), "a.xlsx")
    assert found.header == ["name", "city"]
    assert found.questions[0].details["names"] == "Cover, Lists"


def test_merged_cells_give_their_value_once_and_lines_are_those_of_the_sheet(read):
    titled = row(1, text("A1", "Leads of March")) + row(3, text("A3", "name"), text("B3", "city"))
    titled += row(4, text("A4", "Noa"), text("B4", "Haifa")) + row(5, text("A5", "Avi"), text("B5", "Yaffo"))
    merged = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    found = read(workbook({"A": titled}, after=merged), "a.xlsx")
    assert (found.header, found.header_row, list(found.frame.index)) == (["name", "city"], 3, [4, 5])
    assert found.rows + found.rows_away == found.rows_in_file


def test_leads_as_a_workbook_give_the_records_of_their_csv(read, shared: Path):
    content = (shared / "fixture" / "leads.csv").read_bytes()
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    from_csv, from_sheet = read(content, "leads.csv"), read(workbook({"leads": table(rows)}), "leads.xlsx")
    assert from_sheet.format == from_csv.format
    assert from_sheet.records.keys() == from_csv.records.keys()
    for name, frame in from_csv.records.items():
        pd.testing.assert_frame_equal(from_sheet.records[name], frame)


def test_old_excel_files_are_read_too(read):
    import statsmodels.datasets

    path = Path(statsmodels.datasets.__file__).parent / "macrodata" / "src" / "macrodata.xls"
    path = path / path.name if path.is_dir() else path
    found = read(path.read_bytes(), "macrodata.xls")
    assert (found.encoding, found.header[:3]) == ("XLS", ["DATE", "CPIAUCSL", "M1SL"])
    assert found.frame[["DATE", "TB3MS"]].iloc[0].tolist() == ["1934-01-01", "0.72"]


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", CSV), ("a.zip", CSV), ("a.csv", workbook({"A": PEOPLE}))])
def test_a_file_is_read_as_what_it_is_and_a_wrong_name_is_told(read, name, content):
    found = read(content, name)
    assert found.frame.to_numpy().tolist() == [["Noa", "Haifa"], ["Avi", "Yaffo"]]
    assert [repair.rule for repair in found.repairs] == ["named_otherwise"]


@pytest.mark.parametrize("inside", [CSV, workbook({"A": PEOPLE})])
def test_the_one_table_in_a_zip_is_read_whatever_its_path(read, inside, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {"../../etc/people.csv": inside, "__MACOSX/._people.csv": b"x", "readme.md": b"hello"}
    found = read(archive(names), "backup.zip")
    assert found.frame.to_numpy().tolist() == [["Noa", "Haifa"], ["Avi", "Yaffo"]]
    assert ([repair.rule for repair in found.repairs], codes(found)) == (["unpacked"], ["others_in_zip"])
    assert list(tmp_path.iterdir()) == []


FAR = row(1, text("A1", "id")) + row(1_048_576, text("XFD1048576", "x"))
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {this} "{f"&{last};" * 10}">' for last, this in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


LAUGHING = archive(
    {"xl/workbook.xml": f"{LAUGHS}<workbook>&i;</workbook>", "xl/_rels/workbook.xml.rels": "<Relationships/>"}
)


def locked() -> bytes:
    """A ZIP whose entry says that it is encrypted."""
    return archive({"a.csv": CSV}).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (workbook({"A": FAR}), "sheet_too_big"),
        (workbook({"A": PEOPLE}, before='<dimension ref="A1:XFD1048576"/>'), "sheet_too_big"),
        (workbook({"A": PEOPLE + " " * 50_000_000}), "unpacks_too_big"),
        (archive({"a.csv": bytes(50_000_000)}), "unpacks_too_big"),
        (archive({f"{n}.csv": b"" for n in range(5_001)}), "unpacks_too_big"),
        (workbook({"A": PEOPLE})[:-300], "damaged_archive"), (workbook({"A": PEOPLE})[:200], "damaged_archive"),
        (workbook({"A": PEOPLE + "<row"}), "damaged_spreadsheet"),
        (LAUGHING, "damaged_spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "damaged_spreadsheet"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked_file"), (locked(), "locked_file"),
        (workbook({"A": ""}), "empty_file"), (archive({}), "no_table_in_zip"),
        (archive({"a.csv": CSV, "b/c.csv": CSV}), "several_in_zip"),
        (archive({"a.csv": archive({"b.csv": CSV})}), "zip_in_zip"),
        (archive({"[Content_Types].xml": "", "word/document.xml": ""}), "not_text"),
        (workbook({"A": table([[f"c{n}" for n in range(600)], ["x"] * 600])}), "too_many_columns"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_read_gets_one_clear_sentence(read, content, code):
    with pytest.raises(Refusal) as refusal:
        read(content, "export.xlsx")
    problem = refusal.value.problem
    assert problem.code == code
    for language in texts.languages():
        assert "export.xlsx" in texts.say(f"problems.{code}", language, **problem.details)


def test_several_files_in_a_zip_are_named(read):
    with pytest.raises(Refusal) as refusal:
        read(archive({"leads.csv": CSV, "../deals.csv": CSV}), "backup.zip")
    assert refusal.value.problem.details["names"] == "leads.csv, deals.csv"


def test_what_is_asked_and_repaired_has_words(read):
    for language in texts.languages():
        for key in ("repairs.unpacked", "repairs.named_otherwise"):
            assert texts.say(f"intake.{key}", language)
        assert "Notes" in texts.say("intake.questions.other_sheets", language, sheet="Leads", count=1, names="Notes")
        assert "B2" in texts.say("intake.questions.cells_without_value", language, count=1, cells="B2")
        assert "1600" in texts.say("intake.questions.long_numbers", language, count=1, example="1600")
        assert "x.pdf" in texts.say("intake.questions.others_in_zip", language, count=1, names="x.pdf")
