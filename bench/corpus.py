"""The files of the shared corpora and what each of them truly says: its clean twin, or the table told by hand.

The truth is read by Python's csv module, which is told for each file how that file is written.
"""

import csv
import gzip
import io
import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

FOLDERS = (
    "csv_spectrum", "clevercsv_examples", "duckdb_csv_tests", "pollock_file_level", "encodings_hebrew_cp1255",
    "olist_funnel", "zoho_crm_sample",
)  # fmt: skip
TABLES = {".csv", ".gz", ".tsv", ".xlsx", ".xls"}
"""The other files there are no tables: licences, descriptions, twins and parameters in JSON, the text of reports."""
SEPARATORS = {
    "backslash_escape": "|", "pipe_delim": "|", "pipe_delim_quote": "|", "bad_date_2": "|", "semicolon_delim": ";",
    "semicolon_escape": ";", "semicolon_quote": ";", "conflict_timestamp": ";", "decimal_separators": ";",
    "mixed_decimal": ";", "mixed_decimal_delimiter": "|", "evil_nullpadding": ";", "evil_nullpadding_2": ";",
    "header_normalize": ";", "milk": "\t", "olist_sellers_semicolon_bom_crlf": ";",
}  # fmt: skip
ENCODINGS = {
    "latin1": "cp1252", "only_latin1": "cp1252", "all_latin1": "cp1252", "shift_jis": "cp932", "invalid_utf8": "utf-16",
    "only_utf16": "utf-16", "utf16": "utf-16", "latin1.csv": "cp1252", "utf16.csv": "utf-16",
}  # fmt: skip
ESCAPES = {"backslash_escape": "\\", "imdb": "\\"}
WITHOUT_HEADER = {
    "backslash_escape", "pipe_delim", "pipe_delim_quote", "semicolon_delim", "semicolon_escape", "semicolon_quote",
    "unnamed_columns", "dates_special_format", "integer", "mixed_new_line", "file_no_header",
    "evil_nullpadding", "evil_nullpadding_2", "mixed_new_line_2",
}  # fmt: skip
COMMENTED = [["a", "b"], ["1", "3"], ["6", "7"]]
BY_HAND = {
    "comments/simple": COMMENTED, "comments/simple_comma": COMMENTED,
    "comments/simple_mid_line": [*COMMENTED, ["1", "3"], ["6", "7"]],
    "decimal_separators/mixed_format_fail": [["foo"], ["12,5"], ["145,00"], ["5.25"]],
    "headers/undetected_type": [["Value"], ["68,527.00"]],
    "picked/locations_header_trailing_comma": [["id", "name", "lat", "lon"], ["1", "name", "0", "0"]],
}  # fmt: skip
BROKEN = {"evil_nullpadding", "evil_nullpadding_2", "mixed_new_line_2", "missing_column", "inconsistent_cells",
          "locations_row_trailing_comma"}  # fmt: skip
"""Files whose rows do not all have the same cells: no table is true, but each whole row is."""
ROWS_OF = {"milk": slice(0, 371), "airedale": slice(0, 54)}
"""Where rows of notes follow the table: the header and its rows."""
HEBREW_FIRST = {"2009_cities_title_rows": " Total", "2013_nocities_title_rows": " Total"}
Table = list[list[str]]


@dataclass(frozen=True)
class Truth:
    """What a file says: its header (None where it has none), its rows, and whether these make one table."""

    header: list[str] | None
    rows: Table = field(default_factory=list)
    whole: bool = True


def files(data: Path) -> list[Path]:
    """Every file of the corpora that is a table."""
    found = (path for folder in FOLDERS for path in (data / folder).rglob("*") if path.suffix in TABLES)
    return sorted(path for path in found if path.is_file())


def no_tables(data: Path) -> set[str]:
    """The kinds of the other files."""
    paths = (path for folder in FOLDERS for path in (data / folder).rglob("*") if path.is_file())
    return {path.suffix or path.name for path in paths if path.suffix not in TABLES}


def truth(path: Path) -> Truth:
    """What a file truly says."""
    name = path.name.removesuffix(".csv")
    if name in HEBREW_FIRST:
        return _cities(path, HEBREW_FIRST[name])
    table = _by_hand(path) or _twin(path) or _told(path, name)
    table = [row for row in table if any(cell.strip() for cell in row)][ROWS_OF.get(name, slice(None))]
    if name in WITHOUT_HEADER:
        return Truth(None, table, name not in BROKEN)
    return Truth(table[0] if table else None, table[1:], name not in BROKEN)


def _by_hand(path: Path) -> Table | None:
    return BY_HAND.get(f"{path.parent.name}/{path.stem}")


def _twin(path: Path) -> Table | None:
    """The clean twin of a polluted file, or the JSON of the same table."""
    if path.parent.name == "csv" and path.parent.parent.name == "pollock_file_level":
        return _parsed((path.parent.parent / "clean" / path.name).read_text(encoding="utf-8"))
    if path.parent.name != "csvs" or path.stem == "location_coordinates":  # its JSON has lost its degree signs
        return None
    rows = json.loads((path.parent.parent / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
    rows = rows if isinstance(rows, list) else [rows]
    return [list(rows[0]), *([str(cell) for cell in row.values()] for row in rows)]


def _told(path: Path, name: str) -> Table:
    content = path.read_bytes()
    content = gzip.decompress(content) if path.suffix == ".gz" else content
    if name.startswith("H20141041"):
        return _parsed(content.decode("cp1255").replace("\r\r\n", "\n"))
    name = name.removesuffix(".gz")
    text = content.decode(ENCODINGS.get(name, "utf-8-sig"))
    return _parsed(text, SEPARATORS.get(name, ","), ESCAPES.get(name))


def _parsed(text: str, separator: str = ",", escape: str | None = None) -> Table:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, escapechar=escape))


def _cities(path: Path, first: str) -> Truth:
    """The rows of a table of the statistics bureau; its header of eight rows in two languages is told by no rule."""
    rows = [row for row in _parsed(path.read_text(encoding="utf-8")) if row[0].strip() and row[-1].strip()]
    start = next(place for place, row in enumerate(rows) if row[0] == first)
    numbers = [row for row in rows[start:] if all(re.fullmatch(r"[\d,]+ ?|- ", cell) for cell in row[1:-1])]
    return Truth(None, numbers, whole=False)


def judge(path: Path, header: list[str] | None, rows: dict[int, list[str]], said: str, named: set[int]) -> str:
    """`right`, what was `said` (asked, refused), or `silently wrong`: also where a row was read that is not true.

    `rows` by their lines; those on lines that a question names are not held against the one who asks.
    """
    true = truth(path)
    seen = list(rows.values())
    if true.whole and _names(header) == _names(true.header) and _same(seen, true.rows):
        return "right"
    held = (row for line, row in zip(rows, seen, strict=True) if line not in named)
    real = {tuple(map(plain, row)) for row in true.rows}
    return said if said and all(tuple(map(plain, row)) in real for row in held) else "silently wrong"


def _same(seen: Table, real: Table) -> bool:
    """Whether these are the same rows, compared column by column."""
    if len(seen) != len(real) or any(len(row) != len(other) for row, other in zip(seen, real, strict=True)):
        return False
    columns = zip(zip(*seen, strict=True), zip(*real, strict=True), strict=True) if seen else ()
    return all(_same_column(list(cells), list(others)) for cells, others in columns)


def _same_column(seen: list[object], real: list[str]) -> bool:
    if [plain(cell) for cell in seen] == [plain(cell) for cell in real]:
        return True
    dates = _dates(real)
    return dates is not None and [_iso(str(cell or "")) for cell in seen] == dates


def _names(header: list[str] | None) -> list[str]:
    """A header as it is compared: the words of each name once, for a header of several rows may repeat them."""
    return [" ".join(dict.fromkeys(name.split())) for name in header or []]


def plain(cell: object) -> str:
    """A cell as it is compared: numbers, yes and no, times of day by their value; anything else to the letter.

    So a reader that turns `1.50` into 1.5 is right, and one that turns `007` into 7 is not.
    """
    text = "" if cell is None or cell != cell else str(cell).strip()
    if re.fullmatch(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?", text):
        return repr(float(text))
    if re.fullmatch(r"\d\d:\d\d", text):
        return f"{text}:00"
    return {"yes": "true", "no": "false"}.get(text.lower(), text.lower() if text in ("True", "False") else text)


DATES = (
    "%Y-%m-%d", "%Y.%m.%d", "%d-%m-%Y", "%m-%d-%Y", "%d/%m/%Y", "%m/%d/%Y", "%m/%d/%y", "%d/%m/%y", "%y.%m.%d",
    "%d-%m-%y", "%m-%d-%y", "%d.%m.%y",
)  # fmt: skip
CLOCKS = ("", " %H:%M:%S", " %H:%M:%S.%f", " %H:%M", " %I:%M:%S %p")


def _dates(cells: list[str]) -> list[str] | None:
    """The cells as moments, where every order of day, month and year that fits them all says the same."""
    readings = {tuple(read) for form in DATES for clock in CLOCKS if (read := _by_form(cells, form + clock))}
    return list(readings.pop()) if len(readings) == 1 else None


def _by_form(cells: list[str], form: str) -> list[str] | None:
    try:
        return [datetime.strptime(one, form).isoformat() if one else "" for one in map(str.strip, cells)]  # noqa: DTZ007
    except ValueError:
        return None


def _iso(text: str) -> str:
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return "" if text in ("nan", "NaT") else text
