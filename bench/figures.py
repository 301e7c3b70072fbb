"""How long the headline figure takes, cut by week and source, beside pandas on the same rows in the same run.

The figure is the share of sales time on leads that were not ready at that moment. Worlds of several sizes are written
straight into the store's log; the sums of both must be equal, or the run ends. Each has a process of its own.
"""

import argparse
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pandas as pd

from bench.machine import floor, load, peak_megabytes, print_table, seconds
from bench.world import write_world
from leadalign import facts, store
from leadalign.figures import figures
from leadalign.measure import Frame, measure, viewpoint
from leadalign.settings import settings
from leadalign.uploads import load_demo

METRIC, BY = "unready_time_share", ("week", "source")
LAST_QUARTER = Frame(start=date(2025, 7, 6), end=date(2025, 10, 5))
ACTIVITIES = "SELECT lead_id, started_at, minutes FROM log.activities"
STATES = "SELECT lead_id, observed_at, json_extract_string(value, '$') AS readiness FROM log.attribute_events"
Found = dict[str, float]


def ours(path: str) -> Found:
    """Seconds of leadalign: deriving the facts from the log, the figure from them, and both after one more rating."""
    db = store.open_database(Path(path), memory_limit=settings().memory_limit, threads=settings().threads)
    found = _derive(db)
    found["measure"] = _median(lambda: measure(db, METRIC, Frame(), BY))
    found["quarter"] = _median(lambda: measure(db, METRIC, LAST_QUARTER, BY))
    found["with intervals"] = _median(lambda: figures(db, METRIC, Frame(), BY), times=3)
    rows = measure(db, METRIC, Frame(), BY)
    found["part"], found["whole"] = (sum(getattr(row, name) or 0 for row in rows) for name in ("part", "whole"))
    found["groups"], found["peak"] = len(rows), peak_megabytes(os.getpid())
    _rate(db)
    found["after a rating"] = seconds(lambda: measure(db, METRIC, Frame(), BY))
    return found


def _derive(db: store.Database) -> Found:
    """Seconds that a first reader waits: for every lead's class at all times, then for the fact that rests on it."""
    at = viewpoint(db, Frame())
    return {name: seconds(partial(facts.table, db, name, at)) for name in ("lead_classes", "sales_activities")}


def _rate(db: store.Database) -> None:
    """One person rates one lead."""
    who = store.register_person(db, "Bench", "sales", None)
    store.rate_lead(db, who, db.rows("SELECT min(lead_id) FROM live.leads")[0][0], 4, (), "")


def with_pandas(path: str) -> Found:
    """Seconds of pandas: each activity's readiness as it began, by merge_asof, then sums by week and source."""
    connection = duckdb.connect(path, read_only=True)
    activities, states, leads = (
        connection.execute(sql).df() for sql in (ACTIVITIES, STATES, "SELECT lead_id, source FROM log.leads")
    )
    connection.close()
    found = {"measure": _median(lambda: _sums(activities, states, leads), times=3)}
    sums = _sums(activities, states, leads)
    found |= {name: float(sums[name].sum()) for name in ("part", "whole")}
    return found | {"groups": len(sums), "peak": peak_megabytes(os.getpid())}


def _sums(activities: pd.DataFrame, states: pd.DataFrame, leads: pd.DataFrame) -> pd.DataFrame:
    """Minutes on unready leads and all minutes, by week and source."""
    known = pd.merge_asof(
        activities.sort_values("started_at"), states.sort_values("observed_at"),
        left_on="started_at", right_on="observed_at", by="lead_id",
    ).merge(leads, on="lead_id")  # fmt: skip
    day = known["started_at"].dt.tz_convert(settings().zone).dt.tz_localize(None).dt.normalize()
    known["week"] = day - pd.to_timedelta((day.dt.dayofweek + 1) % 7, unit="D")
    known["part"] = known["minutes"].where(known["readiness"].isin(["unready", "unfit"]), 0.0)
    return known.groupby(["week", "source"])[["part", "minutes"]].sum().rename(columns={"minutes": "whole"})


def _median(work: Callable[[], object], times: int = 7) -> float:
    """The median of several runs, after one that does not count."""
    work()
    return median(seconds(work) for _ in range(times))


def _alone(work: Callable[..., Any], *given: object) -> Any:
    """What `work` gives, in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def write_demo(path: Path) -> None:
    """A new database with the demo company."""
    db = store.open_database(path)
    load_demo(db, until=date.today() - timedelta(days=1))  # noqa: DTZ011
    db.close()


def run(name: str, path: Path, has_peer: bool) -> tuple[Found, Found]:
    """Both on one world; ends where they do not agree."""
    mine = _alone(ours, str(path))
    theirs = _alone(with_pandas, str(path)) if has_peer else {}
    for key in ("part", "whole", "groups") if theirs else ():
        if abs(mine[key] - theirs[key]) > 1e-6 * max(1.0, mine[key]):
            raise SystemExit(f"{name}: {key} is {mine[key]} here and {theirs[key]} with pandas: nothing was measured")
    return mine, theirs


def row(name: str, mine: Found, theirs: Found) -> list[object]:
    """One world as a row of the table."""
    parts = ("lead_classes", "sales_activities", "measure", "quarter", "with intervals", "after a rating")
    peer = theirs.get("measure")
    return [
        name, f"{mine['groups']:.0f}", *(f"{mine[part] * 1000:,.1f}" for part in parts), f"{mine['peak']:.0f}",
        f"{peer * 1000:,.0f}" if peer else "-", f"{theirs['peak']:.0f}" if peer else "-",
        f"{peer / mine['measure']:.0f}" if peer else "-",
    ]  # fmt: skip


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.figures", description=__doc__)
    parser.add_argument(
        "--activities", type=int, nargs="*", default=[100_000, 1_000_000], help="sizes of the worlds (100000 1000000)"
    )
    return parser.parse_args()


def main() -> None:
    """Measures, and prints the table."""
    asked, rows = arguments(), []
    with TemporaryDirectory() as folder:
        demo = Path(folder) / "demo.duckdb"
        _alone(write_demo, demo)
        rows.append(row("demo company", *run("demo company", demo, has_peer=False)))
        for size in asked.activities:
            path = Path(folder) / f"{size}.duckdb"
            _alone(write_world, path, size)
            rows.append(row(f"{size:,} activities", *run(f"{size:,}", path, has_peer=True)))
            path.unlink()
    heads = (
        "world, groups, classes, facts, figure, a quarter, with intervals, after a rating, MB, pandas, MB, times faster"
    )
    print_table("The headline figure by week and source, ms", heads.split(", "), rows)
    print(f"\nfloor of the machine {floor() * 1000:.0f} ms, load {load()}")


if __name__ == "__main__":
    main()
