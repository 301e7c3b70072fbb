"""A disk that takes no more: a sentence, everything else goes on, and when there is room again so does writing."""

import multiprocessing
import os
import subprocess
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from bench.faults import CALLS, half_there
from leadalign.problems import Refusal
from leadalign.store import Database, open_database
from leadalign.store.people import COMMAND_LINE
from leadalign.texts import languages, say
from leadalign.uploads import take_in, understand

MEGABYTE = 1024**2
NOBODY = 65534


def take_in_calls(db: Database, number: int, rows: int = 20_000) -> str | None:
    """Imports that many calls; the code of the refusal, if any, which has a sentence in each language."""
    lines = (f"{number}-{row}-{os.urandom(8).hex()},L{row},r1,call,2026-01-04T07:00:00Z" for row in range(rows))
    content = "\n".join(("Call,Id,Rep,Kind,Began", *lines, "")).encode()
    try:
        take_in(db, COMMAND_LINE, understand(db, "calls.csv", content, CALLS), content)
    except Refusal as refusal:
        problem = refusal.problem
        assert all(say(f"problems.{problem.code}", language, **problem.details) for language in languages())
        return problem.code
    return None


def uploads(db: Database) -> int:
    return db.rows("SELECT count(*) FROM live.batches")[0][0]


def fill(db: Database) -> tuple[int, str]:
    """How many uploads fit on the disk, and how the first that did not was refused."""
    for number in range(60):
        if code := take_in_calls(db, number):
            return number, code
    raise AssertionError("the disk never filled up")


def told_by(task: Callable[[Path, Connection], None], path: Path) -> Any:
    """What a process of its own tells after that task."""
    processes = multiprocessing.get_context("forkserver")
    ours, theirs = processes.Pipe(duplex=False)
    process = processes.Process(target=task, args=(path, theirs))
    process.start()
    theirs.close()
    told = ours.recv()
    process.join()
    return told


@pytest.fixture
def small_disk(tmp_path: Path):
    """A disk of 12 megabytes in memory, where this machine lets us have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("only an administrator can make a small disk here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_on_a_full_disk_uploads_are_refused_and_all_that_came_in_stays_readable(small_disk):
    db = open_database(small_disk / "company.duckdb")
    came_in, code = fill(db)
    assert (code, take_in_calls(db, 99)) == ("disk_full", "disk_full")
    assert (uploads(db), half_there(db)) == (came_in, [])
    db.close()
    again = open_database(small_disk / "company.duckdb")
    assert (uploads(again), half_there(again)) == (came_in, [])
    again.close()


def test_when_there_is_room_again_writing_goes_on_without_a_restart(small_disk):
    (small_disk / "other people's").write_bytes(bytes(6 * MEGABYTE))
    db = open_database(small_disk / "company.duckdb")
    came_in, _ = fill(db)
    (small_disk / "other people's").unlink()
    assert take_in_calls(db, 99) is None
    assert (uploads(db), half_there(db)) == (came_in + 1, [])
    db.close()


def in_a_folder_that_became_read_only(folder: Path, said: Connection) -> None:
    """As somebody without special rights: imports, loses the right to write in the folder, gets it back."""
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    db = open_database(folder / "x.duckdb")
    codes = [take_in_calls(db, 1, rows=10)]
    db.engine.run("CHECKPOINT")  # from here on writing needs a new file
    folder.chmod(0o555)
    codes.append(take_in_calls(db, 2, rows=10))
    kept = uploads(db), half_there(db)
    folder.chmod(0o755)
    codes.append(take_in_calls(db, 3, rows=10))
    said.send((codes, kept, uploads(db), half_there(db)))
    db.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_in_a_folder_that_became_read_only_uploads_are_refused_and_reading_goes_on():
    with TemporaryDirectory() as name:
        folder = Path(name) / "company"
        folder.mkdir()
        if os.geteuid() == 0:
            Path(name).chmod(0o755)
            os.chown(folder, NOBODY, -1)
        codes, kept, there, wrong = told_by(in_a_folder_that_became_read_only, folder)
    assert codes == [None, "folder_not_writable", None]
    assert (kept, there, wrong) == ((1, []), 2, [])


def in_a_process_that_may_write_little(path: Path, said: Connection) -> None:
    """Fills a database whose files may have 4 megabytes each, and tells what came of it."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * MEGABYTE, resource.RLIM_INFINITY))
    db = open_database(path)
    said.send((*fill(db), uploads(db), half_there(db)))
    db.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_where_files_may_not_grow_uploads_are_refused_and_the_database_opens_again(tmp_path):
    came_in, code, there, wrong = told_by(in_a_process_that_may_write_little, tmp_path / "x.duckdb")
    assert (code, there, wrong) == ("disk_full", came_in, [])
    db = open_database(tmp_path / "x.duckdb")
    assert (uploads(db), half_there(db)) == (came_in, [])
    db.close()


def test_a_long_write_ahead_log_is_put_in_its_place_and_is_quick_to_replay(tmp_path):
    path = tmp_path / "x.duckdb"
    db = open_database(path)
    for number in range(8):
        assert take_in_calls(db, number) is None
    assert path.with_name("x.duckdb.wal").stat().st_size < 16 * MEGABYTE  # of the 19 that were written
    db.close()
    began = time.perf_counter()
    open_database(path).close()
    assert time.perf_counter() - began < 5
