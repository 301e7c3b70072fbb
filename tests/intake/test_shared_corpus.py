"""Every file of the shared corpora is read as its clean twin says, or the trouble is named; never wrong in silence."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from leadalign.intake import Understanding, understand
from leadalign.problems import Refusal
from leadalign.settings import Settings

CORPORA = (
    "pollock_file_level/csv", "csv_spectrum/csvs", "clevercsv_examples/example", "encodings_hebrew_cp1255",
    "duckdb_csv_tests/picked",
)  # fmt: skip
SEPARATORS = {
    "backslash_escape": "|", "pipe_delim": "|", "pipe_delim_quote": "|", "bad_date_2": "|", "semicolon_delim": ";",
    "semicolon_escape": ";", "semicolon_quote": ";", "conflict_timestamp": ";", "decimal_separators": ";",
    "mixed_decimal": ";", "mixed_decimal_delimiter": "|", "evil_nullpadding": ";", "evil_nullpadding_2": ";",
    "header_normalize": ";", "simple": ";", "simple_mid_line": ";", "simple_comma": ";", "milk": "\t",
}  # fmt: skip
Table = list[list[str]]


def files(shared: Path) -> list[Path]:
    """The CSV files of all corpora."""
    return sorted(path for corpus in CORPORA for path in (shared / "data" / corpus).rglob("*.csv"))


def twin(path: Path) -> Table | None:
    """What a file truly says: its clean twin or its JSON; else what Python's reader makes of it."""
    if path.parent.parent.name == "pollock_file_level":
        return _parsed((path.parent.parent / "clean" / path.name).read_text(encoding="utf-8"))
    if path.parent.name == "csvs" and path.stem != "location_coordinates":  # its JSON has lost its degree signs
        rows = json.loads((path.parent.parent / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
        rows = rows if isinstance(rows, list) else [rows]
        return [list(rows[0]), *([str(cell) for cell in row.values()] for row in rows)]
    if path.name.startswith("H20141041"):
        return _parsed(path.read_bytes().decode("cp1255").replace("\r\r\n", "\n"))
    if path.name == "imdb.csv":
        return list(csv.reader(path.read_text(encoding="utf-8").splitlines(), escapechar="\\"))
    if path.stem in ("shift_jis", "all_latin1", "invalid_utf8") or path.stem.endswith("title_rows"):
        return None
    content = path.read_bytes()
    encoding = "utf-16" if content[:2] == b"\xff\xfe" else "cp1252" if "latin1" in path.stem else "utf-8-sig"
    escape = "\\" if path.stem == "backslash_escape" else None
    text = content.decode(encoding).splitlines(keepends=True)
    rows = csv.reader(text, delimiter=SEPARATORS.get(path.stem, ","), escapechar=escape)
    return [row for row in rows if any(row)]


def _parsed(text: str) -> Table:
    return list(csv.reader(text.splitlines(keepends=True)))


def table(found: Understanding) -> Table:
    """What was read, header first where the file has one."""
    rows = found.frame.astype("object").fillna("").to_numpy().tolist()
    return [found.header, *rows] if found.header_row else rows


def verdict(path: Path) -> str:
    """`exact`, `said` (asked, refused or repaired openly), `untwinned` (nothing to compare with) or `silent`."""
    try:
        found = understand(path.name, path.read_bytes(), settings=Settings())
    except Refusal:
        return "exact" if twin(path) == [] else "said"
    assert found.rows + len(found.refused) + found.rows_away == found.rows_in_file, path.name
    said = bool(found.repairs or found.refused or found.questions)
    true = twin(path)
    if true is None:
        return "said" if said else "untwinned"
    if _plain(table(found)) == _plain(true):
        return "exact"
    return "said" if said and _within(found, _plain(true)) else "silent"


def _plain(rows: Table) -> Table:
    """Blank cells as empty ones; a header word that a header of several rows repeats, once."""
    plain = [[cell.strip() for cell in row] for row in rows]
    return [[" ".join(dict.fromkeys(cell.split())) for cell in plain[0]], *plain[1:]] if plain else []


def _within(found: Understanding, true: Table) -> bool:
    """Whether each row that was read is a row of the twin: what is refused may lack, nothing may be changed."""
    rows = set(map(tuple, true))
    again = next((repair.lines[0] for repair in found.repairs if repair.rule == "repeated_header"), None)
    if again:  # a twin ends where a second table begins; ours goes on below the same header, and asks
        found.frame = found.frame[found.frame.index < again]
    return all(tuple(row) in rows for row in _plain([found.header, *table(found)[1:]])[1:])


def test_no_file_of_the_shared_corpora_is_wrong_in_silence(shared):
    verdicts = {path: verdict(path) for path in files(shared)}
    assert [path.name for path, one in verdicts.items() if one == "silent"] == []
    counts = Counter((path.relative_to(shared / "data").parts[0], one) for path, one in verdicts.items())
    assert {corpus: counts[corpus, "exact"] for corpus in ("pollock_file_level", "csv_spectrum")} == {
        "pollock_file_level": 19, "csv_spectrum": 12,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["H20141041Dictionary", "H20141041DicStreets"])
def test_hebrew_files_with_doubled_line_ends_are_exact(shared, name):
    assert verdict(shared / "data" / "encodings_hebrew_cp1255" / f"{name}.csv") == "exact"
