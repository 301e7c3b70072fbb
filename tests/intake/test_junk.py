"""Each kind of junk that exports bring: read as it was meant and told, or asked about; no row lost on the way."""

import pytest

ROWS = [["Noa", "5", "2026-01-02"], ["Avi", "6", "2026-01-03"], ["Dan", "7", "2026-01-04"]]
LINES = ["name,minutes,day", *map(",".join, ROWS)]


def read_rows(found) -> list[list[str]]:
    """The rows that were read, as text; the accounts must close."""
    assert found.rows + len(found.refused) + found.rows_away == found.rows_in_file
    return found.frame.astype("object").fillna("").to_numpy().tolist()


def rules(found) -> dict[str, tuple[int, ...]]:
    """The repairs, each with its lines."""
    return {repair.rule: repair.lines for repair in found.repairs}


@pytest.mark.parametrize("separator", [", ", "; ", "||", "::", "~|~", "^", "~"])
def test_separators_of_several_characters_and_rare_ones(read, separator):
    found = read("\n".join(LINES).replace(",", separator))
    assert (read_rows(found), found.header) == (ROWS, ["name", "minutes", "day"])


def test_a_space_separates_where_nothing_else_does(read):
    found = read('name city minutes day\nNoa "Tel Aviv" 5 2026-01-02\nAvi Haifa 6 2026-01-03\n')
    assert read_rows(found)[0] == ["Noa", "Tel Aviv", "5", "2026-01-02"]


@pytest.mark.parametrize("escape", ["\\", "\0"])
def test_an_escaped_quote_is_a_quote(read, escape):
    found = read(f'name,size,path\n"a 5{escape}" shelf",1,C:\\new\n"b, or c",2,C:\\old\n')
    assert read_rows(found) == [['a 5" shelf', "1", "C:\\new"], ["b, or c", "2", "C:\\old"]]


def test_an_escaped_separator_is_part_of_its_cell(read):
    found = read("name,minutes\nSeltsam\\, oder wie,5\nAvi,6\nDan,7\n")
    assert read_rows(found)[0] == ["Seltsam, oder wie", "5"]


def test_quotes_inside_quotes_are_kept_and_told(read):
    found = read('name,size\n"a 5" shelf",1\n"b",2\n')
    assert (read_rows(found), rules(found)) == ([['a 5" shelf', "1"], ["b", "2"]], {"quotes_inside": (2,)})


def test_rows_wrapped_in_one_cell_are_split_and_told(read):
    found = read("\n".join([LINES[0], *(f'"{line}"' for line in LINES[1:])]))
    assert (read_rows(found), rules(found)) == (ROWS, {"wrapped_rows": (2, 3, 4)})


def test_quoted_prose_and_decimals_are_no_wrapped_rows(read):
    assert read_rows(read('when\n"Dec 8, 2022"\n"Sep 2, 2022"\n')) == [["Dec 8, 2022"], ["Sep 2, 2022"]]
    assert read_rows(read('size\n"12,5"\n"13,5"\n')) == [["12,5"], ["13,5"]]


def test_comment_lines_are_put_aside_and_listed(read):
    found = read("\n".join(["# by export", LINES[0], LINES[1], "# page 2", *LINES[2:]]))
    assert (read_rows(found), rules(found)) == (ROWS, {"comment_rows": (1, 4)})


def test_numbers_with_a_hash_are_no_comments(read):
    assert len(read_rows(read("#,name\n#1,Noa\n#2,Avi\n"))) == 2


def test_a_header_of_two_rows_becomes_one(read):
    found = read("\n".join([LINES[0], "full,in all,of call", *LINES[1:]]))
    assert (found.header, rules(found)) == (["name full", "minutes in all", "day of call"], {"header_rows": (2,)})
    assert read_rows(found) == ROWS


def test_a_second_table_is_asked_about_with_its_lines(read):
    found = read("\n".join([*LINES, "", "deal,amount", "x,5", "y,6"]))
    asked = next(question for question in found.questions if question.code == "another_table")
    assert (read_rows(found), asked.details["line"], asked.details["last"]) == (ROWS, 6, 8)
    assert rules(found)["other_tables"] == (6, 7, 8)


def test_a_cell_that_spilled_into_the_next_line_is_joined(read):
    found = read("id,note,minutes,day\n1,good,5,2026-01-02\n2,call\nagain,6,2026-01-03\n3,fine,7,2026-01-04\n")
    assert read_rows(found)[1] == ["2", "call\nagain", "6", "2026-01-03"]
    assert rules(found) == {"spilled_rows": (4,)}


def test_two_cut_rows_are_not_taken_for_a_spilled_one(read):
    found = read("id,minutes,day\n1,5,2026-01-02\n2,6\n3,7\n4,8,2026-01-05\n")
    assert [row.line for row in found.refused] == [3, 4]


def test_a_row_shifted_by_its_own_separator_is_refused(read):
    found = read("name,minutes,day\nNoa,5,2026-01-02\nLevi, Avi,6,\nDan,7,2026-01-04\nEli,8,2026-01-05,\n")
    assert [row.line for row in found.refused] == [3]
    assert rules(found) == {"blank_cells_at_the_end": (5,)}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["5,5", "5.555", "6,5"], "mixed_decimals"), (["1.234,50", "5,5"], None),
        (["2024-03-08", "03/10/2024"], "mixed_dates"), (["13/02/2024", "02/13/2024"], "mixed_dates"),
        (["2024-03-08", "2024-03-09"], None),
    ],
)  # fmt: skip
def test_two_ways_of_writing_in_one_column_are_asked(read, cells, code):
    found = read("name;what\n" + "".join(f"row;{cell}\n" for cell in cells))
    assert [question.code for question in found.questions] == ([code] if code else [])


def test_rows_of_word_dates_are_no_header(read):
    assert read('"Dec 8, 2022"\n"Sep 2, 2022"\n').questions[0].code == "no_header"
