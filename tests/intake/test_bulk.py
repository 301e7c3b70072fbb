"""A large text is split all at once, and says just what it says to the careful reader, row by row."""

import csv
import io
from dataclasses import dataclass

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadalign.intake.bulk import split
from leadalign.intake.columns import text_frame
from leadalign.intake.findings import Findings
from leadalign.problems import Refusal

NEVER, ALWAYS = 10**9, 0
ROWS = 900
HEADER = ["id", "name", "started", "minutes"]
CELLS = st.one_of(
    st.sampled_from(["", " ", "7", "007", "2026-01-05", "12.5", "נועה", 'שמואל הנגיד 5, ת"א', 'a "b" c', "two\nlines",
                     "x,y;z\tw", "#1", "Total", "O'Neil", "-", "1,5"]),
    st.text(alphabet="ab 1,;\"'#\n\tא", max_size=6),
)  # fmt: skip
ROW = st.lists(CELLS, min_size=4, max_size=4)
STRANGE = st.sampled_from([
    [], [""], ["", "", "", ""], ["only one"], ["a", "b", "c"], ["a", "b", "c", "d", ""], ["a", "b", "c", "d", "e"],
    HEADER, ["---", "---", "-----", "==="], ["# a comment"], ["#", "b", "c", "d"],
    ["Total", "", "", "9"], ["Copyright 2026"], ["k,l,m,n"],
])  # fmt: skip


@dataclass
class Told:
    """All that the two ways of reading must agree on."""

    findings: Findings
    frame: pd.DataFrame | None = None
    in_file: int = 0
    header: tuple[object, ...] = ()
    refusal: str = ""
    at_once: bool = False


def told(text: str, large: int) -> Told:
    """What the text says when it is split from `large` characters on in bulk."""
    findings = Findings()
    try:
        parts = split("file.csv", text, lambda _: False, findings, large=large)
    except Refusal as refusal:
        return Told(findings, refusal=refusal.code)
    head = (parts.table.header, parts.table.line, parts.rows.dialect, parts.rows.rows[:20])
    return Told(findings, text_frame(parts, findings), parts.in_file, head, at_once=parts.middle is not None)


def agree(text: str) -> bool:
    """Checks that both ways say the same; whether the middle was read at once."""
    careful, bulk = told(text, NEVER), told(text, ALWAYS)
    assert (bulk.refusal, bulk.in_file, bulk.header) == (careful.refusal, careful.in_file, careful.header)
    assert bulk.findings == careful.findings
    if careful.frame is not None:
        pd.testing.assert_frame_equal(bulk.frame, careful.frame)
    return bulk.at_once


def written(rows: list[list[str]], delimiter: str = ",", end: str = "\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Rows as a program writes them."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def plain(count: int = ROWS) -> list[list[str]]:
    return [[f"a{place}", f"Noa {place % 7}", "2026-01-05", str(place % 60)] for place in range(count)]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_a_plain_file_is_read_at_once(end, delimiter, quoting):
    assert agree(written([HEADER, *plain()], delimiter, end, quoting))


def test_a_file_with_titles_and_totals_around_its_table_is_read_at_once():
    rows = [["Calls of 2026"], [], HEADER, *plain(), [], ["Total", "", "", "99"], ["Copyright (c) 2026"]]
    assert agree(written(rows))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_within_cells_do_not_shift_the_lines_of_later_rows(end):
    rows = [HEADER, *plain()]
    for place in (5, 310, 400, 401, 600):
        rows[place][1] = f'first "one"{end}second, {end} third'
    assert agree(written(rows, end=end))


def test_no_line_end_at_the_end_is_no_row_less():
    assert agree(written([HEADER, *plain()]).rstrip("\n"))


@pytest.mark.parametrize("strange", [
    "\n", ",,,\n", "one\n", "a,b,c\n", "a,b,c,d,\n", "id,name,started,minutes\n", "# so,b,c,d\n", 'a,b "c",d,e\n',
    'a,"b"c,d,e\n', '"a,b,c,d"\n', 'a,"b,c,d\n', "a,b\0,c,d\n", "a,b\r,c,d\n", "a,b,c,d\r\n", '"a\rb",b,c,d\n',
    "a,b,c,d\r",
    f"a,{'x' * 40_000},c,d\n", "\ufeffa,b,c,d\n", "\x0ca,b,c,d\n", 'a,b"c,d",e\n',
    "---,---,-----,===\n", ",,,240\n", " \t,\x1c,\u2003,\u00a0\n", '" ","b",c,d\n', 'a, "b",c,d\n',
])  # fmt: skip
@pytest.mark.parametrize("place", [3, 299, 330, 451, 480, 760, 901])
def test_one_strange_row_anywhere_is_seen_as_before(strange, place):
    lines = written([HEADER, *plain()]).splitlines(keepends=True)
    agree("".join([*lines[:place], strange, *lines[place:]]))


@pytest.mark.parametrize("above", [["# a comment"], ["a", "b", "c", "d", ""]])
def test_what_is_found_at_the_ends_may_need_a_look_at_every_row(above):
    rows = [HEADER, above, *plain()]
    rows[400][1] = "#1"
    assert not agree(written(rows))


def test_rows_that_say_one_thing_each_are_no_wrapped_rows():
    agree(written([HEADER, *plain(320), *([f"b{place}", "", "", ""] for place in range(900)), *plain(250)]))


@settings(max_examples=60, deadline=None)
@given(
    pool=st.lists(ROW, min_size=1, max_size=12),
    above=st.lists(STRANGE, max_size=3), below=st.lists(STRANGE, max_size=3),
    within=st.lists(st.tuples(st.integers(0, ROWS), STRANGE), max_size=2), delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]), quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    has_header=st.booleans(), cut=st.integers(0, 3),
)  # fmt: skip
def test_both_ways_of_reading_say_the_same(pool, above, below, within, delimiter, end, quoting, has_header, cut):
    body = [list(pool[place % len(pool)]) for place in range(ROWS)]
    for place, row in within:
        body.insert(place, row)
    rows = [*above, *([HEADER] if has_header else []), *body, *below]
    text = written(rows, delimiter, end, quoting)
    agree(text[: len(text) - cut])


@settings(max_examples=30, deadline=None)
@given(noise=st.lists(st.tuples(st.integers(0, 25_000), st.sampled_from('",\n\r#\0;א ')), max_size=3))
def test_noise_anywhere_is_seen_as_before(noise):
    text = written([HEADER, *plain()])
    for place, sign in noise:
        text = text[:place] + sign + text[place:]
    agree(text)
