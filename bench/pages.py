"""How long pages take, alone and with many people at once, beside bare Streamlit in the same run.

Starts leadalign with a database of its own that holds the demo company, and asks for each page over the websocket, as
a browser does: from the click until the script has ended, without the browser's own drawing.
"""

import argparse
import asyncio
import random
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.machine import floor, load, milliseconds, print_table
from bench.servers import Server, keep_compiled, leadalign, peer
from bench.visitor import Answer, Visitor, arrive

PAGES = ("this_week", "goals", "lead_quality", "sales_time", "leads", "uploads", "data_health")
PERIODS = ("4w", "13w", "12m", "all")
Times = dict[tuple[str, str], list[float]]


class Bench:
    """All that was measured, by page and kind, over the rounds."""

    def __init__(self) -> None:
        self.times: Times = defaultdict(list)
        self.answers: dict[str, Answer] = {}
        self.broken = 0
        self.peaks: dict[str, float] = defaultdict(float)
        self.floors: list[float] = []

    def note(self, page: str, kind: str, found: Answer) -> None:
        """Keeps one answer."""
        self.times[page, kind].append(found.seconds)
        self.answers[page] = found
        self.broken += found.broken


async def one_visitor(bench: Bench, server: Server, repeats: int) -> None:
    """Each page: the first visit to a server just started, again and again, then with another period."""
    for page in PAGES:
        bench.note(page, "first", await (await arrive(server.port)).ask(page))
    visitor = await arrive(server.port)
    for page in PAGES:
        for _ in range(repeats):
            bench.note(page, "warm", await visitor.ask(page))
        for period in PERIODS:
            if period != "13w":
                bench.note(page, "other", await visitor.ask(page, period=period))
        await visitor.ask(page)


async def peers(bench: Bench, plain: Server, usual: Server, repeats: int) -> None:
    """A bare page, and pages with as many plain charts as ours have."""
    for kind, server in (("plain", plain), ("usual", usual)):
        visitor = await arrive(server.port)
        for page in ("bare", *PAGES):
            charts = bench.answers[page].charts if page != "bare" else 0
            await visitor.ask(charts=charts)
            for _ in range(repeats):
                bench.times[page, kind].append((await visitor.ask(charts=charts)).seconds)


async def many_visitors(bench: Bench, server: Server, count: int, think: float, clicks: int) -> None:
    """`count` people who each open another page or period, look at it for about `think` seconds, and go on."""
    visitors = [await arrive(server.port) for _ in range(count)]
    for visitor in visitors:
        await visitor.ask(PAGES[0])
    await asyncio.gather(*(_click(bench, visitor, number, think, clicks) for number, visitor in enumerate(visitors)))


async def _click(bench: Bench, visitor: Visitor, number: int, think: float, clicks: int) -> None:
    """One person's clicks; the same ones in each run."""
    dice = random.Random(number)
    for _ in range(clicks):
        await asyncio.sleep(think * dice.uniform(0.5, 1.5))
        bench.note("all", f"think {think:g}", await visitor.ask(dice.choice(PAGES), period=dice.choice(PERIODS)))


async def all_at_the_same_moment(bench: Bench, server: Server, count: int, clicks: int) -> None:
    """`count` people who all click in the same instant, and wait for each other."""
    dice, visitors = random.Random(0), [await arrive(server.port) for _ in range(count)]
    for _ in range(clicks):
        asked = [visitor.ask(dice.choice(PAGES), period=dice.choice(PERIODS)) for visitor in visitors]
        for found in await asyncio.gather(*asked):
            bench.note("all", "same moment", found)


async def one_round(bench: Bench, server: Server, plain: Server, usual: Server, asked: argparse.Namespace) -> None:
    """Everything once, with the machine's floor before and after."""
    bench.floors.append(floor())
    await one_visitor(bench, server, asked.repeats)
    await peers(bench, plain, usual, asked.repeats)
    for think in asked.think:
        await many_visitors(bench, server, asked.people, think, asked.clicks)
    await all_at_the_same_moment(bench, server, asked.people, asked.clicks)
    bench.floors.append(floor())
    for each in (server, plain, usual):
        bench.peaks[each.name] = max(bench.peaks[each.name], each.peak())


def run(asked: argparse.Namespace, folder: Path) -> Bench:
    """All rounds; leadalign starts anew in each, so that each has its first visits."""
    bench, database = Bench(), folder / "bench.duckdb"
    for path in (folder / "compiling.duckdb", database):
        with leadalign(path) as server:
            bench.times["all", "first start"] = [server.seconds_to_start]
    with ExitStack() as stack:
        plain, usual = (stack.enter_context(peer(folder, collects)) for collects in (False, True))
        for number in range(asked.rounds):
            with leadalign(database) as server:
                bench.times["all", "start"].append(server.seconds_to_start)
                asyncio.run(one_round(bench, server, plain, usual, asked))
            print(f"round {number + 1}: floor {milliseconds(bench.floors[-2:])} ms, load {load()}", flush=True)
    return bench


def report(bench: Bench, asked: argparse.Namespace) -> None:
    """The tables."""
    names = "page, warm, p95, other period, first visit, charts, kB, plain charts, ratio, as it comes"
    title = (
        f"Each page alone, {asked.rounds} x {asked.repeats} times, ms; beside bare Streamlit with as many plain charts"
    )
    print_table(title, names.split(", "), [_page_row(bench, page) for page in ("bare", *PAGES)])
    kinds = [f"think {think:g}" for think in asked.think] + ["same moment"]
    title = f"{asked.people} people at once, each on another page or period, ms"
    print_table(title, ("", "median", "p95", "worst", "clicks"), [_people_row(bench, kind) for kind in kinds])
    print_table("The server and the machine", ("what", "value"), _server_rows(bench))


def _page_row(bench: Bench, page: str) -> Sequence[object]:
    """One page beside its peers; a bare page is only a peer."""
    warm, other, first, plain, usual = (
        bench.times[page, kind] for kind in ("warm", "other", "first", "plain", "usual")
    )
    found = bench.answers.get(page, Answer(0.0))
    ratio = f"{median(warm) / median(plain):.1f}" if warm else "-"
    return (
        page, milliseconds(warm), milliseconds(warm, 0.95), milliseconds(other), milliseconds(first),
        found.charts, f"{found.bytes / 1000:.0f}", milliseconds(plain), ratio, milliseconds(usual),
    )  # fmt: skip


def _people_row(bench: Bench, kind: str) -> Sequence[object]:
    """How long the clicks of many took."""
    found = bench.times["all", kind]
    return kind, milliseconds(found), milliseconds(found, 0.95), milliseconds(found, 1), len(found)


def _server_rows(bench: Bench) -> Sequence[Sequence[object]]:
    """What the server took, and how quiet the machine was."""
    least, usual, most = (milliseconds(bench.floors, share) for share in (0, None, 1))
    return (
        ("first start, with the demo company, ms", milliseconds(bench.times["all", "first start"])),
        ("start, ms", milliseconds(bench.times["all", "start"])),
        ("peak memory, MB", f"{bench.peaks['leadalign']:.0f}"),
        ("peak memory of bare Streamlit, MB", f"{bench.peaks['peer']:.0f}"),
        ("floor of the machine, ms", f"{usual} ({least} to {most})"),
        ("load of the machine", load()),
        ("answers that showed an error", bench.broken),
    )


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured (3)")
    parser.add_argument("--repeats", type=int, default=30, help="reruns of each page in a round (30)")
    parser.add_argument("--people", type=int, default=10, help="how many people click at once (10)")
    parser.add_argument("--think", type=float, nargs="*", default=[0.5, 5.0], help="seconds before a click (0.5 5)")
    parser.add_argument("--clicks", type=int, default=8, help="clicks of each person in a round (8)")
    return parser.parse_args()


def main() -> None:
    """Measures, and prints the tables."""
    asked = arguments()
    with TemporaryDirectory() as folder:
        keep_compiled(Path(folder) / "compiled")
        report(run(asked, Path(folder)), asked)


if __name__ == "__main__":
    main()
