"""How a file is opened: its letters, its separator, its header, the rows that are none, and what cannot be used."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadalign import texts
from leadalign.intake import understand
from leadalign.problems import Refusal
from leadalign.settings import Settings

TABLE = "name;city\nNoa;Haifa\nAvi;Yaffo\n"


def closes(found) -> bool:
    """Whether every row of the file is read, refused or put aside by a repair."""
    return found.rows + len(found.refused) + found.rows_away == found.rows_in_file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_letters_line_ends_and_separators_do_not_matter(read, encoding, end, separator):
    found = read(TABLE.replace(";", separator).replace("\n", end).encode(encoding))
    assert found.frame.to_numpy().tolist() == [["Noa", "Haifa"], ["Avi", "Yaffo"]]
    assert (found.header, found.delimiter, closes(found)) == (["name", "city"], separator, True)


def test_legacy_hebrew_is_read_and_asked_about(read):
    found = read("שם,עיר\nנועה,חיפה\nאבי,יפו\n".encode("cp1255"))
    assert (found.encoding, found.frame.iloc[0].tolist()) == ("cp1255", ["נועה", "חיפה"])
    assert [question.code for question in found.questions] == ["encoding"]


def test_legacy_western_is_read_and_asked_about(read):
    found = read("name,city\nJosé,Zürich\n".encode("cp1252"))
    assert (found.encoding, found.frame.iloc[0].tolist()) == ("cp1252", ["José", "Zürich"])


def test_text_stays_as_it_is_written(read):
    found = read("id,name,long\n007,NA,123456789012345678901234\n010,null,=SUM(A1)\n")
    assert found.frame.to_numpy().tolist() == [["007", "NA", "123456789012345678901234"], ["010", "null", "=SUM(A1)"]]


def test_titles_above_and_totals_below_are_put_aside_and_listed(read):
    found = read('Leads of March\n\nid,name,minutes\n1,Noa,5\n2,Avi,6\n\nTotal,,11\n"Copyright (c) 2026"\n')
    assert (found.header_row, found.rows, closes(found)) == (3, 2, True)
    assert {repair.rule: repair.lines for repair in found.repairs} == {
        "title_rows": (1,), "blank_rows": (2, 6), "footer_rows": (7, 8),
    }  # fmt: skip


def test_a_company_called_total_is_no_total(read):
    assert read("name,city\nTotal Wine,Haifa\nTotal Ltd,Yaffo\n").rows == 2


def test_a_wider_table_below_does_not_make_rows_vanish_as_titles(read):
    found = read("a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,2,3,\n")
    assert [(row.line, row.reason) for row in found.refused] == [(3, "too_few_cells"), (4, "too_many_cells")]
    assert (found.header_row, found.rows) == (1, 2)


def test_a_repeated_header_is_no_row(read):
    assert read("a,b\nx,y\na,b\nz,w\n").rows == 2


def test_a_file_without_a_header_is_asked_about_and_loses_no_row(read):
    found = read("2026-01-01,Noa,5\n2026-01-02,Avi,6\n")
    assert (found.rows, found.header_row, found.questions[0].code) == (2, 0, "no_header")


def test_twice_the_same_header_is_asked(read):
    found = read("a,a,,b\n1,2,3,4\n")
    assert found.header == ["a", "a (2)", "column 3", "b"]
    assert [question.code for question in found.questions] == ["repeated_header_name", "blank_header"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("4,\0,6", "nul_in_cell"), ('4,"5,6', "unclosed_quote"), ('4,"5"x,6', "stray_quote"),
        ("4," + "x" * 40_000 + ",6", "cell_too_long"), ("4,5", "too_few_cells"), ("4,5,6,7", "too_many_cells"),
    ],
)  # fmt: skip
def test_a_broken_row_is_refused_alone_with_its_line(read, line, reason):
    found = read(f"a,b,c\n1,2,3\n{line}\n7,8,9\n")
    assert [(row.line, row.reason) for row in found.refused] == [(3, reason)]
    assert (found.frame["a"].tolist(), closes(found)) == (["1", "7"], True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"), (b"\xef\xbb\xbf\n \n", "empty_file"), (b"\xff\xd8\xff\xe0\0\x10JFIF", "not_text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_text"), (b"%PDF-1.7 x", "not_text"), (b"PK\x03\x04rest", "damaged_archive"),
        (b"\x1f\x8b\x08rest", "damaged_archive"),
        (b"7z\xbc\xaf\x27\x1c", "compressed_file"), (b"<!DOCTYPE html><html>", "web_page"), (b"a,b\n", "no_rows"),
        (b"INSERT INTO leads VALUES (1, 'Noa');\n", "sql_text"),
        (b'{"a": 1}', "not_a_definition"), (b"{", "not_a_definition"), (bytes(range(256)) * 20, "not_text"),
        (b"\xff\xfea\0,\0\0\xd8", "damaged_text"),
        (",".join(f"c{n}" for n in range(5000)).encode() + b"\n" + b",".join([b"1"] * 5000), "too_many_columns"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_gets_one_clear_sentence(read, content, code):
    with pytest.raises(Refusal) as refusal:
        read(content, "leads.csv")
    problem = refusal.value.problem
    assert problem.code == code
    for language in texts.languages():
        assert "leads.csv" in texts.say(f"problems.{code}", language, **problem.details)


def test_a_path_in_a_file_name_is_only_a_name(read):
    assert read("a,b\n1,2\n", "..\\..\\etc/pass\u202ewd.csv").file == "passwd.csv"


CELL = st.text(st.sampled_from("ab1 ,;\"'\n\u05d0\u20aa+"), max_size=6)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_whatever_was_written_comes_back(rows, end):
    rows = [["one", "two", "three"], *rows]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["first name", "second name", "third name"], *rows])
    found = understand("file.csv", text.getvalue().encode(), settings=Settings())
    assert (closes(found), found.rows_in_file, found.refused) == (True, len(rows), [])
    said = [[cell if cell.strip() else "" for cell in row] for row in rows if any(cell.strip() for cell in row)]
    assert found.frame.astype("object").fillna("").to_numpy().tolist() == said


JUNK = st.sampled_from(
    ["", "4,5", "4,5,6,7", '4,"5,6', "a,b,c", "4,\0,6", "x,y,z,", '4,"5"x,6', "7,8,9", ",,", "Total,,5"]
)


@given(st.lists(JUNK, max_size=12))
def test_no_row_is_lost_among_any_junk(junk):
    lines = ["a,b,c", "1,2,3", *junk, "1,2,3"]
    found = understand("file.csv", "\n".join(lines).encode(), settings=Settings())
    assert closes(found)
    assert found.rows_in_file == len(lines) - 1
