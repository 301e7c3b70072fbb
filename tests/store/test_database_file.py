"""The database file: created, reopened, refused with one sentence where it cannot be used, never half-written."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from leadalign.problems import Refusal
from leadalign.store import open_database, rate_lead, register_person
from leadalign.texts import languages, say
from tests.worlds import World


def refused(path: Path) -> str:
    """The sentence with which a file is refused; there is one in each language."""
    with pytest.raises(Refusal) as refusal:
        open_database(path)
    problem = refusal.value.problem
    assert all(say(f"problems.{problem.code}", language, **problem.details) for language in languages())
    return problem.code


def test_a_file_is_created_and_opens_again(tmp_path):
    path = tmp_path / "new" / "leadalign.duckdb"
    World().lead("L1").into(open_database(path)).close()
    db = open_database(path)
    assert db.rows("SELECT lead_id FROM live.leads") == [("L1",)]
    db.close()


def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path):
    path = tmp_path / "newer.duckdb"
    db = open_database(path)
    db.engine.run("INSERT INTO main.schema_migrations VALUES (999, now())")
    db.close()
    assert refused(path) == "database_newer"
    assert refused(path) == "database_newer"


def test_somebody_elses_database_is_refused_and_left_as_it_is(tmp_path):
    path = tmp_path / "other.duckdb"
    other = duckdb.connect(str(path))
    other.execute("CREATE TABLE theirs AS SELECT 1 AS a").fetchall()
    other.close()
    assert refused(path) == "database_not_ours"
    other = duckdb.connect(str(path))
    assert [row[0] for row in other.execute("SELECT table_name FROM duckdb_tables()").fetchall()] == ["theirs"]


def test_a_picture_is_no_database(tmp_path):
    path = tmp_path / "picture.duckdb"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5000))
    assert refused(path) == "database_not_ours"


def test_a_second_process_is_told_who_has_the_file(tmp_path):
    path = tmp_path / "busy.duckdb"
    code = (
        "import time; from pathlib import Path; from leadalign.store import open_database; "
        f"db = open_database(Path({str(path)!r})); print('open', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(Refusal) as refusal:
            open_database(path)
        assert refusal.value.problem.code == "database_in_use"
        assert refusal.value.problem.details["holder"] == f"PID {other.pid}"
    finally:
        other.kill()
        other.wait()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_rating_that_was_acknowledged_survives_a_killed_process(tmp_path):
    path = tmp_path / "killed.duckdb"
    db = World().lead("L1").into(open_database(path))
    person = register_person(db, "Dana", "sales")
    db.close()
    code = (
        "import sys; from pathlib import Path; from leadalign.store import open_database, rate_lead, actor; "
        f"db = open_database(Path({str(path)!r})); who = actor(db, {person.person_id!r}); n = 0\n"
        "while True:\n    rate_lead(db, who, 'L1', 3); n += 1; print(n, flush=True)"
    )
    writer = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    acknowledged = 0
    until = time.monotonic() + 20
    while acknowledged < 25 and time.monotonic() < until:
        acknowledged = int(writer.stdout.readline())
    writer.send_signal(signal.SIGKILL)
    acknowledged += sum(1 for line in writer.stdout.read().splitlines() if line)
    writer.wait()
    db = open_database(path)
    found = db.rows("SELECT count(*) FROM live.ratings")[0][0]
    assert acknowledged <= found <= acknowledged + 1
    rate_lead(db, person, "L1", 4)
    db.close()


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY log.leads TO '/tmp/x.csv'",
        "ATTACH '/tmp/x.db'",
        "INSTALL httpfs",
        "SET enable_external_access=true",
    ],
)
def test_no_sql_reaches_a_file_or_the_network(attack):
    db = open_database(None)
    with pytest.raises(duckdb.Error):
        db.rows(attack)
    db.close()


def test_many_threads_read_while_one_writes():
    from concurrent.futures import ThreadPoolExecutor

    db = World().lead("L1").database()
    person = register_person(db, "Dana", "sales")
    with ThreadPoolExecutor(8) as pool:
        writes = [pool.submit(rate_lead, db, person, "L1", 1 + number % 5) for number in range(40)]
        reads = [pool.submit(db.rows, "SELECT count(*) FROM live.ratings") for _ in range(80)]
        assert len({each.result() for each in writes}) == 40
        assert all(0 <= each.result()[0][0] <= 40 for each in reads)
    assert db.rows("SELECT count(*) FROM live.ratings") == [(40,)]
    db.close()
