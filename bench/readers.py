"""How often a reader is wrong without a word, on the files of the shared corpora: leadalign and its peers in one run.

`python -m bench.readers ../shared` prints the table. Polars is in bench/requirements.txt; without it there is no row.
"""

import argparse
import importlib.util
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from bench.corpus import files, judge
from bench.machine import print_table
from leadalign.intake import understand
from leadalign.problems import Refusal
from leadalign.settings import Settings

VERDICTS = ("right", "asked", "refused", "silently wrong")


def ours(path: Path) -> str:
    """What leadalign makes of a file; the rows must add up."""
    try:
        found = understand(path.name, path.read_bytes(), settings=Settings())
    except Refusal:
        return "refused"
    assert found.rows + len(found.refused) + found.rows_away == found.rows_in_file, path.name
    said = "asked" if found.questions else "refused" if found.refused else ""
    named = {line for question in found.questions for line in question.details.get("lines", ())}
    again = (question.details["line"] for question in found.questions if question.code == "same_header_again")
    named |= {line for first in again for line in found.frame.index if line > first}
    cells = found.frame.astype("object").fillna("").to_numpy().tolist()
    rows = dict(zip(found.frame.index.tolist(), cells, strict=True))
    return judge(path, found.header if found.header_row else None, rows, said, named)


def with_duckdb(path: Path) -> str:
    """What DuckDB's `read_csv` makes of it, told nothing."""
    with duckdb.connect() as db:
        read = db.execute("SELECT * FROM read_csv(?)", [str(path)])
        names, rows = [column[0] for column in read.description], read.fetchall()
    return _judged(path, names, rows, "column")


def with_pandas(path: Path) -> str:
    """What pandas' `read_csv` makes of it, told nothing."""
    frame = pd.read_csv(path)
    return _judged(path, [str(name) for name in frame.columns], frame.astype("object").to_numpy().tolist(), None)


def with_polars(path: Path) -> str:
    """What Polars' `read_csv` makes of it, told nothing."""
    polars: Any = importlib.import_module("polars")
    frame = polars.read_csv(path)
    return _judged(path, frame.columns, frame.rows(), "column_")


def _judged(path: Path, names: list[str], rows: list[Any], made_up: str | None) -> str:
    """The verdict on a reader that asks nothing; its own names for columns mean that it saw no header."""
    numbered = made_up is not None and all(name.removeprefix(made_up).isdigit() for name in names)
    return judge(path, None if numbered else names, dict(enumerate(map(list, rows))), "", set())


def verdict(read: Callable[[Path], str], path: Path) -> str:
    """What comes of one file; an error is a refusal."""
    try:
        return read(path)
    except AssertionError:
        raise
    except Exception:  # noqa: BLE001 - whatever a reader raises, it did not read the file
        return "refused"


def counts(read: Callable[[Path], str], data: Path, folder: str = "") -> Counter[str]:
    """How many files of each verdict, of all corpora or of one."""
    return Counter(verdict(read, path) for path in files(data) if str(path.relative_to(data)).startswith(folder))


def main() -> None:
    """Prints the table for the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    data = parser.parse_args().shared / "data"
    readers: dict[str, Callable[[Path], str]] = {"leadalign": ours, f"DuckDB {duckdb.__version__}": with_duckdb}
    readers[f"pandas {pd.__version__}"] = with_pandas
    if importlib.util.find_spec("polars"):
        readers[f"Polars {importlib.import_module('polars').__version__}"] = with_polars
    found = {name: counts(read, data) for name, read in readers.items()}
    rows = [(name, *(count[verdict] for verdict in VERDICTS)) for name, count in found.items()]
    print_table(f"{len(files(data))} files", ("reader", *VERDICTS), rows)


if __name__ == "__main__":
    main()
