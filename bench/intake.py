"""How long a large export takes from file to confirmed facts, beside DuckDB's own read_csv of the same file.

A million activities come in through the same functions as an upload, in a process of its own, into a database file;
before and after it DuckDB reads the same file into a table of a database file. The night after, one activity of a
hundred has changed. The bounds: at most 4 times DuckDB, 1.5 GB of memory, a night at most twice its own reading.
"""

import argparse
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from bench.exports import write_activities, write_leads, write_wide_leads
from bench.machine import floor, load, peak_megabytes, print_table, seconds
from leadalign import store
from leadalign.figures import figures
from leadalign.measure import Frame
from leadalign.settings import settings
from leadalign.store.people import COMMAND_LINE
from leadalign.uploads import take_in, understand

Found = dict[str, float]
MOST_TIMES, MOST_MEGABYTES, MOST_NIGHT = 4.0, 1536, 2.0


def ours(database: str, files: list[str]) -> list[Found]:
    """For each file, one after the other: the seconds of reading and of taking in, rows, and memory so far."""
    db = store.open_database(Path(database), memory_limit=settings().memory_limit, threads=settings().threads)
    found = [_one(db, Path(file)) for file in files]
    db.close()
    return found


def _one(db: store.Database, path: Path) -> Found:
    begun, worked = time.perf_counter(), time.process_time()
    content = path.read_bytes()
    understood = understand(db, path.name, content)
    read = time.perf_counter()
    report = take_in(db, COMMAND_LINE, understood, content)
    done = time.perf_counter()
    return {
        "read": read - begun, "total": done - begun, "cpu": time.process_time() - worked,
        "rows": understood.rows, "added": report.events_added,
        "refused": len(understood.refused), "peak": peak_megabytes(os.getpid()),
    }  # fmt: skip


def first_figure(database: str) -> float:
    """Seconds that the first reader waits for the headline figure."""
    db = store.open_database(Path(database), memory_limit=settings().memory_limit, threads=settings().threads)
    return seconds(lambda: figures(db, "unready_time_share", Frame()))


def duckdb_reads(file: str, database: str, times: int = 3) -> float:
    """Seconds of DuckDB's read_csv into a table, at its own settings, the file closed behind it."""
    return median(seconds(partial(_duckdb_read, file, database)) for _ in range(times))


def _duckdb_read(file: str, database: str) -> None:
    if database != ":memory:":
        Path(database).unlink(missing_ok=True)
    with duckdb.connect(database) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute("CREATE TABLE activities AS SELECT * FROM read_csv(?)", [file])


def _alone(work: Callable[..., Any], *given: object) -> Any:
    """What `work` gives, in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def large_file(folder: Path, activities: int) -> None:
    """A large file, the night after, and the first figure: the two bounds of this bench."""
    leads, first, second = (folder / name for name in ("leads.csv", "activities.csv", "activities of tonight.csv"))
    write_leads(leads, max(1, activities // 10))
    write_activities(first, activities)
    write_activities(second, activities, next_night=True)
    database, peer = str(folder / "ours.duckdb"), str(folder / "peer.duckdb")
    _alone(ours, database, [str(leads)])
    before = _alone(duckdb_reads, str(first), peer)
    mine = _alone(ours, database, [str(first)])[0]
    after = _alone(duckdb_reads, str(first), peer)
    in_memory = _alone(duckdb_reads, str(first), ":memory:")
    night = _alone(ours, database, [str(second)])[0]
    again = _alone(ours, database, [str(second)])[0]
    theirs, megabytes = median((before, after)), first.stat().st_size / 1e6
    print_table("A large file, from file to confirmed facts", [
        "file", "rows", "MB", "added", "read, s", "all, s", "CPU, s", "rows/s", "peak MB", "DuckDB to file, s",
        "in memory, s", "times DuckDB", "times reading",
    ], [
        _row("activities", megabytes, mine, theirs, in_memory),
        _row("the night after", megabytes, night, theirs, in_memory),
        _row("the same file again", megabytes, again, theirs, in_memory),
    ])  # fmt: skip
    print(f"\nfirst figure after that: {_alone(first_figure, database):.1f} s")
    _judge("times DuckDB's read_csv into a table", mine["total"] / theirs, MOST_TIMES)
    _judge("MB at most", max(mine["peak"], night["peak"]), MOST_MEGABYTES)
    _judge("times reading, a night with 1 % changed", night["total"] / night["read"], MOST_NIGHT)


def _row(name: str, megabytes: float, mine: Found, theirs: float, in_memory: float) -> list[object]:
    return [
        name, f"{mine['rows']:,.0f}", f"{megabytes:.0f}", f"{mine['added']:,.0f}", f"{mine['read']:.2f}",
        f"{mine['total']:.2f}", f"{mine['cpu']:.2f}", f"{mine['rows'] / mine['total']:,.0f}", f"{mine['peak']:.0f}",
        f"{theirs:.2f}", f"{in_memory:.2f}", f"{mine['total'] / theirs:.1f}", f"{mine['total'] / mine['read']:.1f}",
    ]  # fmt: skip


def _judge(what: str, found: float, most: float) -> None:
    print(f"{'within' if found <= most else 'ABOVE'} the bound: {found:.1f} of {most:g} {what}")


def wide_file(folder: Path, leads: int) -> None:
    """A CRM's leads with forty columns, most of which become attributes."""
    path = folder / "contacts.csv"
    write_wide_leads(path, leads)
    found = _alone(ours, str(folder / "wide.duckdb"), [str(path)])[0]
    print_table("Leads with forty columns", ["rows", "MB", "facts", "read, s", "all, s", "CPU, s", "rows/s", "peak"], [[
        f"{found['rows']:,.0f}", f"{path.stat().st_size / 1e6:.0f}", f"{found['added']:,.0f}", f"{found['read']:.1f}",
        f"{found['total']:.1f}", f"{found['cpu']:.1f}", f"{found['rows'] / found['total']:,.0f}",
        f"{found['peak']:.0f} MB",
    ]])  # fmt: skip


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.intake", description=__doc__)
    parser.add_argument("--activities", type=int, default=1_000_000, help="rows of the large file (1000000)")
    parser.add_argument("--leads", type=int, default=200_000, help="rows of the wide file, 0 for none (200000)")
    return parser.parse_args()


def main() -> None:
    """Measures, and prints the tables and whether the bounds hold."""
    asked = arguments()
    with TemporaryDirectory() as folder:
        large_file(Path(folder), asked.activities)
        if asked.leads:
            wide_file(Path(folder), asked.leads)
    print(f"\nfloor of the machine {floor() * 1000:.0f} ms, load {load()}")


if __name__ == "__main__":
    main()
