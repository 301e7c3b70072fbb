"""What was read from the database is kept, and worked out once however many ask."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from leadalign.store import is_demo, open_database
from leadalign.ui import memory
from leadalign.ui.memory import Once


def test_ten_who_ask_at_once_wait_for_one_answer():
    worked = []
    together = threading.Barrier(10)

    def work_out() -> int:
        worked.append(1)
        time.sleep(0.05)
        return 42

    def ask(once: Once[int]) -> int:
        together.wait()
        return once.answer()

    with ThreadPoolExecutor(10) as people:
        answers = list(people.map(ask, [Once(work_out)] * 10))
    assert (answers, len(worked)) == ([42] * 10, 1)


def test_an_answer_that_failed_is_worked_out_again():
    tries = iter([ZeroDivisionError, None])

    def work_out() -> str:
        if problem := next(tries):
            raise problem
        return "found"

    once = Once(work_out)
    with pytest.raises(ZeroDivisionError):
        once.answer()
    assert once.answer() == "found"


def test_the_first_start_makes_the_demo_whole_or_not_at_all(tmp_path):
    path = tmp_path / "company.duckdb"
    path.with_name("company.duckdb.demo").write_bytes(b"what a start that was cut short left behind")
    db = memory._opened(path)
    assert is_demo(db)
    assert [each.name for each in tmp_path.iterdir() if each.suffix != ".wal"] == ["company.duckdb"]
    db.close()


def test_a_start_after_the_first_brings_no_demo(tmp_path):
    path = tmp_path / "company.duckdb"
    open_database(path).close()
    db = memory._opened(path)
    assert not is_demo(db)
    db.close()
