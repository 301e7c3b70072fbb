"""Files as bad as they come, each small: read as a person would read it, or the trouble is named."""

import pytest

ROWS = [
    ["Noa", "Haifa", "120", "2026-01-02"], ["Avi", "Yaffo", "75", "2026-01-03"], ["Dan", "Eilat", "310", "2026-01-04"],
]  # fmt: skip
HEADER = ["name", "city", "amount", "day"]
TABLE = "\n".join(",".join(row) for row in [HEADER, *ROWS]) + "\n"


def told(found) -> tuple[list[str], list[list[str]]]:
    """The header and the rows; the accounts must close."""
    assert found.rows + len(found.refused) + found.rows_away == found.rows_in_file
    return found.header, [[cell.strip() for cell in row] for row in found.frame.astype("object").fillna("").to_numpy()]


def asked(found) -> set[str]:
    return {question.code for question in found.questions}


@pytest.mark.parametrize(
    "separator", ["\x1e", "§", "¦", "#", "@", "!", "%%", "->", "/", ":", "&", "*", "\\t", "þ", "•", " - ", "|;|", "<|>"]
)
def test_a_sign_between_the_words_of_the_header_separates(read, separator):
    assert told(read(TABLE.replace(",", separator))) == (HEADER, ROWS)


def test_columns_under_each_other_are_cut_by_place(read):
    found = read("\n".join("".join(f"{cell:<12}" for cell in row) for row in [HEADER, *ROWS]))
    assert (told(found), asked(found)) == ((HEADER, ROWS), {"fixed_width"})


@pytest.mark.parametrize("end", ["\x1e", "\x85", "\u2028", "\x0c", "\x0b", "\n\r"])
def test_lines_may_end_in_any_sign(read, end):
    assert told(read(TABLE.replace("\n", end))) == (HEADER, ROWS)


@pytest.mark.parametrize(
    "text",
    [
        TABLE.replace("day\n", "day\n----,----,------,---\n"), TABLE + "סך הכל,,505,\n", TABLE + "Average,,168.3,\n",
        TABLE + ",,,\n* amounts in thousands,,,\n", TABLE + ",,505,\n", TABLE + "Gesamt,,505,\n",
        "Leads of May, June, and July, all\n" + TABLE, TABLE.replace("Dan", "Total,,195,\nDan"), TABLE + "\x1a",
        "\n".join('"' + line + '";' for line in TABLE.splitlines()), TABLE.replace("Avi", "\x0cAvi"),
        TABLE.replace("Avi,Yaffo,75,2026-01-03", '"Avi,Yaffo,75,2026-01-03"'), TABLE.replace("Noa", "\ufeffNoa"),
        "\n".join(",".join(f"'{cell}'" for cell in line.split(",")) for line in TABLE.splitlines()),
        "\n".join(" ,".join(f'"{cell}"' for cell in line.split(",")) for line in TABLE.splitlines()),
    ],
)  # fmt: skip
def test_what_is_around_the_rows_does_not_change_them(read, text):
    assert told(read(text)) == (HEADER, ROWS)


def test_a_title_over_several_columns_is_said_before_each(read):
    found = read(",Q1,,Q2,\nname,leads,deals,leads,deals\nNoa,1,2,3,4\nAvi,5,6,7,8\nDan,1,3,2,4\n")
    assert found.header == ["name", "Q1 > leads", "Q1 > deals", "Q2 > leads", "Q2 > deals"]
    assert asked(found) == {"header_of_several_rows"}


def test_years_in_a_header_are_no_data(read):
    assert read("city,2023,2024,2025\nHaifa,5,6,7\nYaffo,8,9,10\n").header == ["city", "2023", "2024", "2025"]


def test_one_column_of_decimals_is_one_column(read):
    found = read("amount\n12,5\n13,75\n9,5\n")
    assert (told(found), asked(found)) == ((["amount"], [["12,5"], ["13,75"], ["9,5"]]), {"one_column"})


@pytest.mark.parametrize(
    ("second", "code"),
    [("\ndeal,value\nA,5\nB,6\n", "another_table"), (",,,\ndeal,value,,\nA,5,,\nB,6,,\n", "another_table"),
     ("\ndeal,owner,value,closed\nA,Noa,5,2026-01-01\nB,Avi,6,2026-01-02\n", "another_table"),
     ("Subtotal,,99,\nGil,Lod,5,2026-01-05\n", "totals_inside"), ("Gil,Lod,#REF!,2026-01-05\n", "error_cells"),
     ("1.23457E+17,Lod,5,2026-01-05\n", "cut_numbers"), ("Jos\ufffd,Lod,5,2026-01-05\n", "lost_letters"),
     ("JosÃ©,Lod,5,2026-01-05\n", "garbled_letters"), ("רבקה ןהכ,Lod,5,2026-01-05\n", "turned_hebrew"),
     ('"Gil,Lod,5,2026-01-05\nTal,Lod,5,2026-01-05\nLea",Lod,5,2026-01-05\n', "swallowed_rows")],
)  # fmt: skip
def test_what_cannot_be_meant_is_asked(read, second, code):
    found = read(TABLE + second)
    assert told(found)[1][:3] == ROWS
    assert code in asked(found)


def test_tables_on_their_side_and_beside_each_other_are_asked(read):
    assert "turned_table" in asked(read("name,Noa,Avi\ncity,Haifa,Yaffo\namount,5,6\nday,2026-01-02,2026-01-03\n"))
    assert "tables_side_by_side" in asked(read("name,amount,,deal,value\nNoa,5,,A,7\nAvi,6,,B,8\n"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp862", "iso-8859-8"])
def test_hebrew_is_read_in_any_encoding(read, encoding):
    found = read("שם,עיר,סכום\nנועה,חיפה,5\nאבי,יפו,6\n".encode(encoding))
    assert told(found) == (["שם", "עיר", "סכום"], [["נועה", "חיפה", "5"], ["אבי", "יפו", "6"]])


def test_lines_in_another_encoding_are_read_and_named(read):
    found = read("name,city\nנועה,חיפה\n".encode() + "אבי,יפו\n".encode("cp1255"))
    assert told(found)[1] == [["נועה", "חיפה"], ["אבי", "יפו"]]
    assert [(one.code, one.details["lines"]) for one in found.questions] == [("mixed_encodings", [3])]


def test_text_that_an_export_wrote_as_a_formula_is_text(read):
    found = read('id,v\n="007",x\n"=""008""",y\n')
    assert told(found)[1] == [["007", "x"], ["008", "y"]]
    assert [repair.rule for repair in found.repairs] == ["text_formulas"]


def test_a_table_above_one_that_is_known_is_told_and_is_no_title(read):
    found = read("id,name\n1,a\n2,b\n\ncampaign,cost,month\nx,10,2026-01\ny,20,2026-02\n")
    assert found.header == ["campaign", "cost", "month"]
    assert [(one.rule, one.lines) for one in found.repairs if one.rule == "other_tables"] == [
        ("other_tables", (1, 2, 3))
    ]
    assert [(one.code, one.details["line"], one.details["last"]) for one in found.questions] == [("table_above", 1, 3)]


def test_columns_under_each_other_are_no_rows_with_a_number_of_their_own(read):
    found = read("id    name      amount\n1     Dana      10\n2     Noa       20\n3     Yael      30\n")
    assert found.header == ["id", "name", "amount"]
    assert found.rows == 3
