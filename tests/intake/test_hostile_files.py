"""Files made to hurt: a sentence or a reading, in bounded time and memory, and nothing written anywhere."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from leadalign import texts
from leadalign.problems import Refusal
from tests.intake.workbook import archive

SECONDS, MEMORY = 60, 3 * 1024**3
HEAD, ROW, M = "name,city,amount,day\n", "Noa,Haifa,5,2026-01-02\n", 1_000_000
CRAFTED = {
    "a cell of a million characters": HEAD + ROW + "x" * M + ",b,5,2026-01-02\n" + ROW,
    "a million quotes": HEAD + ROW + '"' * M + "\n" + ROW,
    "every line opens a quote": HEAD + '"a\n' * 100_001,
    "every quote is astray": HEAD + '"No"a,Haifa,5,2026-01-02\n' * 20_000,
    "five thousand columns": ",".join(f"c{n}" for n in range(5000)) + "\n" + ",".join("1" * 5000) + "\n",
    "ragged rows": HEAD + ("a,b\n" + "a,b,c,d,e\n") * 50_000,
    "headers alone": HEAD * 30_000,
    "totals": HEAD + ("Total,,5,\n" + ROW) * 3_000,
    "spaces in an amount": HEAD + ("- " + " " * 30_000 + "!,b,5,2026-01-02\n") * 5,
    "digits after a total": HEAD + ROW * 3 + "total" + "1" * 30_000 + "z,,,\n",
    "NULs": HEAD + ROW + "\0" * 1000 + "\n" + ROW,
    "a line of blanks": " " * M + "x",
}
PROGRAM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
from leadalign.intake import understand
from leadalign.problems import Refusal
from leadalign.settings import Settings
try:
    found = understand("x.csv", sys.stdin.buffer.read(), settings=Settings())
    assert found.rows + len(found.refused) + found.rows_away == found.rows_in_file
except Refusal as refusal:
    print(refusal.problem.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory are set as Unix does")
@pytest.mark.parametrize("crafted", CRAFTED)
def test_a_crafted_file_takes_bounded_time_and_memory(crafted, tmp_path):
    command = [sys.executable, "-c", PROGRAM.format(memory=MEMORY)]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        command, input=CRAFTED[crafted].encode(), capture_output=True, timeout=SECONDS, check=False, cwd=root
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (gzip.compress(bytes(50_000_000)), "unpacks_too_big"),
        (gzip.compress(gzip.compress(b"a,b\n1,2\n")), "zip_in_zip"),
        (archive({"a.gz": b"", "a.csv": gzip.compress(b"a,b\n1,2\n")}), "zip_in_zip"),
        (gzip.compress(b"a,b\n1,2\n")[:-4], "damaged_archive"),
    ],
    ids=["bomb", "twice", "inside", "cut"],
)  # fmt: skip
def test_a_packed_file_that_is_no_export_is_refused(read, content, code):
    with pytest.raises(Refusal) as refusal:
        read(content, "a.csv.gz")
    assert refusal.value.problem.code == code
    assert texts.say(f"problems.{code}", "he", **refusal.value.problem.details)


def test_a_packed_table_is_read(read):
    assert read(gzip.compress(b"name,city\nNoa,Haifa\n"), "a.csv.gz").frame.to_numpy().tolist() == [["Noa", "Haifa"]]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("../../x.csv", "x.csv"), ("a\x00\nb\u202e.csv", "ab.csv"), ("..\\..\\", "file"), ("n" * 1000, "n" * 120)],
)
def test_a_file_name_is_only_a_name(read, name, shown):
    assert read("name,city\nNoa,Haifa\n", name).file == shown


def test_formulas_stay_the_text_that_they_are(read):
    cells = ["=1+1", "+972-3-555", "-5", "@x", '=HYPERLINK("http://x","y")']
    text = "id,v\n" + "".join(f'{n},"{cell.replace(chr(34), chr(34) * 2)}"\n' for n, cell in enumerate(cells))
    assert read(text).frame["v"].tolist() == cells


def test_every_question_and_repair_of_the_readers_has_words_in_both_languages():
    codes = {"questions": ["fixed_width", "one_column", "mixed_encodings", "lost_letters", "garbled_letters",
                           "turned_hebrew", "header_of_several_rows", "totals_inside", "turned_table",
                           "tables_side_by_side", "error_cells", "cut_numbers", "swallowed_rows", "hardly_a_table"],
             "repairs": ["other_line_ends", "page_breaks", "marks_inside", "nul_padding", "rule_rows", "total_rows",
                         "text_formulas"]}  # fmt: skip
    for block, names in codes.items():
        assert [name for name in names if not texts.has(f"intake.{block}.{name}")] == []
