"""kill -9 at any moment: nothing confirmed is lost, nothing is half there. `python -m bench.faults --kills 500`."""

import hashlib
import json
import multiprocessing
import os
import random
import signal
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from leadalign.engines.duckdb import Writer
from leadalign.intake import Format, build_format
from leadalign.store import Database, open_database, rate_lead, register_person, save_format
from leadalign.store.batches import TABLES
from leadalign.store.packing import unpacked
from leadalign.store.people import COMMAND_LINE, Actor
from leadalign.uploads import take_in, take_out, understand

DAY = datetime(2026, 1, 4, 6, tzinfo=UTC)
LEADS = build_format("nightly leads", "leads", {"lead_id": "Id", "created_at": "Born", "source": "Source"})
DEALS = build_format(
    "nightly deals", "deals", {"deal_id": "Deal", "lead_id": "Id", "opened_at": "Opened", "won_at": "Won"}
)
CALLS = build_format(
    "nightly calls", "activities",
    {"activity_id": "Call", "lead_id": "Id", "person_id": "Rep", "type": "Kind", "started_at": "Began"},
)  # fmt: skip
PRELOADED = ["leadalign.uploads"]
AIMS = ("any moment", "between statements", "while committing", "before confirming")
Sizes = tuple[int, ...]
"""How many rows files have."""
Said = tuple[str, str, int]
"""What the killed process had confirmed: what it did, to which batch, format or rating, and the rows it added."""


@dataclass
class Killings:
    """How often a process was killed, where, and what was found wrong afterwards."""

    kills: Counter[str] = field(default_factory=Counter)
    confirmed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest_opening: float = 0.0


def kill_again_and_again(path: Path, kills: int, seed: int, sizes: Sizes = (5, 50, 500)) -> Killings:
    """Kills a process that writes to the database at `path`, opens it and looks, and lets the next one go on."""
    told, dice = Killings(), random.Random(seed)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(PRELOADED)
    for number in range(kills):
        aim = AIMS[number % len(AIMS)]
        ours, theirs = processes.Pipe(duplex=False)
        process = processes.Process(target=work, args=(path, dice.getrandbits(32), aim, sizes, theirs), daemon=True)
        process.start()
        theirs.close()
        said = _until_killed(process, ours, dice.uniform(0, 0.5) if aim == AIMS[0] else 20.0)
        told.kills[aim] += 1
        told.confirmed.update(what for what, _, _ in said)
        began = time.perf_counter()
        db = open_database(path)
        told.slowest_opening = max(told.slowest_opening, time.perf_counter() - began)
        told.wrong += [f"kill {number} ({aim}): {fault}" for fault in (*lost(db, said), *half_there(db))]
        db.close()
    return told


def _until_killed(process: Any, ours: Connection, seconds: float) -> list[Said]:
    """Kills the process so long after it opened the database (or later than it kills itself); what it had confirmed."""
    said: list[Said] = []
    with suppress(EOFError):
        ours.recv()
        process.join(seconds)
        process.kill()
        while True:
            said.append(ours.recv())
    process.join()
    if process.exitcode != -signal.SIGKILL:
        raise RuntimeError(f"the writer ended by itself: {process.exitcode}")
    return said


def lost(db: Database, said: list[Said]) -> list[str]:
    """What was confirmed and is not there."""
    there = {
        "import": {row[0]: row[1] for row in db.rows("SELECT batch_id, events_added FROM log.batches")},
        "undo": dict.fromkeys((row[0] for row in db.rows("SELECT batch_id FROM log.batch_undos")), 0),
        "format": dict.fromkeys((row[0] for row in db.rows("SELECT name FROM log.saved_formats")), 0),
        "rating": dict.fromkeys((row[0] for row in db.rows("SELECT rating_id FROM live.ratings")), 0),
    }
    return [f"{what} {key} was confirmed and is lost" for what, key, rows in said if there[what].get(key) != rows]


def half_there(db: Database) -> list[str]:
    """What is there in part: rows without their upload, uploads without their rows, an undo that stopped midway."""
    tables = [row[0] for row in db.rows("SELECT table_name FROM duckdb_columns() WHERE schema_name = 'log' "
                                        "AND column_name = 'batch_id' AND table_name NOT LIKE 'batch%'")]  # fmt: skip
    counted = {table: dict(db.rows(f"SELECT batch_id, count(*) FROM log.{table} GROUP BY 1")) for table in tables}
    told = {each["batch"]: each for each in _audited(db, "import")}
    batches = db.records("SELECT batch_id, sha256, events_added, content FROM log.batches")
    known = {batch["batch_id"] for batch in batches}
    wrong = [f"{table}: rows of {batch}, which is no upload" for table, rows in counted.items()
             for batch in rows.keys() - known - {None}]  # fmt: skip
    wrong += [f"{batch} is in the audit trail and nowhere else" for batch in told.keys() ^ known]
    for batch in batches:
        wrong += _batch_faults(batch, told.get(batch["batch_id"], {"added": {}})["added"], counted)
    return wrong + _order_faults(db, tables) + _undo_faults(db)


def _batch_faults(batch: dict[str, Any], added: dict[str, int], counted: dict[str, dict[str, int]]) -> list[str]:
    """An upload whose rows are not as many as it says, or whose file cannot be read again."""
    name, expected = batch["batch_id"], Counter[str]()
    for each, rows in added.items():
        expected[TABLES[each][0]] += rows
    wrong = [f"{name}: {counted[table].get(name, 0)} rows in {table}, {rows} were added"
             for table, rows in expected.items() if counted[table].get(name, 0) != rows]  # fmt: skip
    if sum(expected.values()) != batch["events_added"]:
        wrong.append(f"{name}: {batch['events_added']} events, {sum(expected.values())} rows")
    if hashlib.sha256(unpacked(batch["content"])).hexdigest() != batch["sha256"]:
        wrong.append(f"{name}: its file is damaged")
    return wrong


def _order_faults(db: Database, tables: list[str]) -> list[str]:
    """Numbers of the order of events that were given twice, or will be."""
    every = " UNION ALL ".join(f"SELECT event_order FROM log.{table}" for table in (*tables, "batches", "audit"))
    rows, numbers, last = db.rows(f"SELECT count(*), count(DISTINCT event_order), max(event_order) FROM ({every})")[0]
    given = db.rows("SELECT last_value FROM duckdb_sequences() WHERE sequence_name = 'event_order'")[0][0]
    return ["the order of events has numbers twice"] * (rows != numbers or (given or 0) < (last or 0))


def _undo_faults(db: Database) -> list[str]:
    """An undo whose later uploads were not all taken out and told anew with it."""
    undone = Counter(row[0] for row in db.rows("SELECT replaced_by FROM log.batch_undos WHERE replaced_by IS NOT NULL"))
    told = {each["batch"]: len(each["told_again"]) for each in _audited(db, "undo")}
    heads = {row[0] for row in db.rows("SELECT batch_id FROM log.batch_undos WHERE replaced_by IS NULL")}
    halves = [batch for batch in told.keys() | heads if batch not in heads or told.get(batch) != undone[batch]]
    return [f"the undo of {batch} is half there" for batch in halves]


def _audited(db: Database, action: str) -> list[dict[str, Any]]:
    return [json.loads(row[0]) for row in db.rows("SELECT details FROM log.audit WHERE action = ?", [action])]


def work(path: Path, seed: int, aim: str, sizes: Sizes, said: Connection) -> None:
    """Imports, undoes, saves mappings and rates for ever, and says each time that it is done; until it is killed."""
    dice = random.Random(seed)
    _take_aim(aim, dice)
    db = open_database(path, threads=2)
    rater = register_person(db, f"Rep {seed}", "sales")
    doing = (partial(_import, sizes), _undo, _save, _rate)
    said.send("open")
    while True:
        said.send(dice.choices(doing, (6, 1, 1, 2))[0](db, rater, dice))


def _import(sizes: Sizes, db: Database, rater: Actor, dice: random.Random) -> Said:
    format, text = _file(dice, dice.choice(sizes), db.rows("SELECT count(*) FROM log.batches")[0][0])
    content = f"{text}".encode()
    report = take_in(db, COMMAND_LINE, understand(db, f"{format.name}.csv", content, format), content)
    kept = db.rows("SELECT events_added FROM log.batches WHERE batch_id = ?", [report.batch_id])
    return "import", report.batch_id, kept[0][0]


def _file(dice: random.Random, rows: int, day: int) -> tuple[Format, str]:
    """Tonight's export: a few or many records, some new, some changed."""
    format = dice.choice((LEADS, DEALS, CALLS))
    numbers = sorted(dice.sample(range(2 * rows), rows))
    born = [(DAY + timedelta(hours=number)).isoformat() for number in numbers]
    lines = {
        "leads": [f"L{n},{at},Ads,{dice.choice('ABC')}" for n, at in zip(numbers, born, strict=True)],
        "deals": [f"D{n},L{n},{at},{at if dice.random() < 0.3 else ''}" for n, at in zip(numbers, born, strict=True)],
        "activities": [f"C{day}-{n},L{n},r1,call,{at}" for n, at in zip(numbers, born, strict=True)],
    }[format.kind]
    header = {"leads": "Id,Born,Source,Grade", "deals": "Deal,Id,Opened,Won", "activities": "Call,Id,Rep,Kind,Began"}
    return format, "\n".join((header[format.kind], *lines, ""))


def _undo(db: Database, rater: Actor, dice: random.Random) -> Said:
    standing = db.rows("SELECT batch_id FROM live.batches ORDER BY event_order DESC LIMIT 5")
    if not standing:
        return _import((50,), db, rater, dice)
    batch = dice.choice(standing)[0]
    take_out(db, COMMAND_LINE, batch)
    return "undo", batch, 0


def _save(db: Database, rater: Actor, dice: random.Random) -> Said:
    name = f"mapping {dice.getrandbits(32)}"
    save_format(db, COMMAND_LINE, name, LEADS.model_copy(update={"name": name, "recognised_by": (name,)}).to_toml())
    return "format", name, 0


def _rate(db: Database, rater: Actor, dice: random.Random) -> Said:
    leads = db.rows("SELECT lead_id FROM live.leads LIMIT 50")
    if not leads:
        return _import((50,), db, rater, dice)
    return "rating", rate_lead(db, rater, dice.choice(leads)[0], dice.randint(1, 5)), 0


def _take_aim(aim: str, dice: random.Random) -> None:
    """Makes this process kill itself at its n-th statement or commit: before it, within it, or just after."""
    left, run = dice.randint(1, 40 if aim == "between statements" else 4), Writer.run

    def run_or_die(writer: Writer, sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        nonlocal left
        left -= aim == "between statements" or sql == "COMMIT"
        if not left and aim == "while committing":
            threading.Timer(
                dice.uniform(0, dice.choice((0.002, 0.01, 0.05))), os.kill, (os.getpid(), signal.SIGKILL)
            ).start()
        elif not left and aim == "between statements":
            os.kill(os.getpid(), signal.SIGKILL)
        rows = run(writer, sql, parameters)
        if not left and aim == "before confirming":
            os.kill(os.getpid(), signal.SIGKILL)
        return rows

    if aim != AIMS[0]:
        Writer.run = run_or_die  # type: ignore[method-assign]


def main() -> None:
    """Kills as often as asked, and prints what was lost or half there: nothing, or each of it."""
    asked = ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=500)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--rows", type=int, nargs="+", default=[5, 50, 500])
    words = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = kill_again_and_again(Path(folder) / "killed.duckdb", words.kills, words.seed, tuple(words.rows))
    print(f"killed {told.kills.total()} times: {dict(told.kills)}; confirmed before: {dict(told.confirmed)}")
    print(f"lost or half there: {len(told.wrong)}; slowest opening after a kill: {told.slowest_opening:.2f} s")
    raise SystemExit("\n".join(told.wrong) or 0)


if __name__ == "__main__":
    main()
