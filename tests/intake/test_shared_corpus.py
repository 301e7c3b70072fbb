"""Every table of the shared corpora is read as it truly is, or its trouble is named; none is wrong in silence."""

from collections import Counter

import pytest

from bench.corpus import files, judge, no_tables, truth
from bench.readers import counts, ours, with_duckdb, with_pandas


@pytest.fixture(scope="module")
def verdicts(shared):
    """The verdict on each file, by its path in the corpora; the rows of each add up."""
    return {str(path.relative_to(shared / "data")): ours(path) for path in files(shared / "data")}


def test_every_table_of_the_corpora_is_looked_at(shared):
    assert len(files(shared / "data")) == 151
    assert no_tables(shared / "data") == {".md", ".json", ".txt", "LICENSE"}


def test_no_file_is_wrong_in_silence(verdicts):
    assert [path for path, verdict in verdicts.items() if verdict == "silently wrong"] == []
    assert Counter(verdicts.values()) == {"right": 125, "asked": 18, "refused": 8}


@pytest.mark.parametrize(
    "folder",
    ["csv_spectrum", "olist_funnel", "zoho_crm_sample", "encodings_hebrew_cp1255/H2", "encodings_hebrew_cp1255/cities"],
)
def test_files_that_people_rely_on_are_all_right(verdicts, folder):
    found = {path: verdict for path, verdict in verdicts.items() if path.startswith(folder)}
    assert set(found.values()) == {"right"}


def test_what_is_not_right_has_no_single_truth_or_names_what_is_missing(verdicts):
    doubtful = [path for path, verdict in verdicts.items() if verdict == "asked"]
    names = sorted(path.rpartition("/")[2].removesuffix(".csv") for path in doubtful)
    assert names == [
        "2009_cities_title_rows", "2013_nocities_title_rows", "duplicate_header_col", "duplicate_header_collision",
        "duplicate_header_columns", "empty_1", "empty_2", "empty_3", "empty_4", "evil_nullpadding",
        "evil_nullpadding_2", "file_field_delimiter_0x20", "file_multitable_same", "header_normalize", "invalid_utf8",
        "milk", "mixed_new_line_2", "simple_mid_line",
    ]  # fmt: skip


def test_a_row_that_is_not_true_counts_as_silently_wrong_even_beside_a_question(shared):
    path = shared / "data" / "csv_spectrum" / "csvs" / "simple.csv"
    true = truth(path)
    assert judge(path, true.header, dict(enumerate(true.rows)), "", set()) == "right"
    assert judge(path, true.header, {0: ["1", "2", "4"]}, "asked", set()) == "silently wrong"
    assert judge(path, ["a", "b", "c (2)"], dict(enumerate(true.rows)), "asked", set()) == "asked"
    assert judge(path, ["a", "b", "c (2)"], dict(enumerate(true.rows)), "", set()) == "silently wrong"


@pytest.mark.parametrize("read", [with_duckdb, with_pandas])
def test_plain_readers_are_wrong_in_silence_on_many_of_them(shared, read):
    assert counts(read, shared / "data", "duckdb_csv_tests")["silently wrong"] > 10
