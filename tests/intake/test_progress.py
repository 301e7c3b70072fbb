"""Whoever waits for a file hears how far it has come, and can stop it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from leadalign import texts
from leadalign.intake.progress import STEPS, Cancelled
from leadalign.store import Database, history, open_database
from leadalign.store.people import COMMAND_LINE
from leadalign.uploads import take_in, understand

PEOPLE = "".join(f"r{number},sales,{number}\n" for number in range(1, 30_001))
CONTENT = f"person_id,function,hourly_cost\n{PEOPLE}".encode()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / "company.duckdb")
    yield database
    database.close()


def test_every_step_is_told_in_order_and_no_row_count_goes_back_within_a_step(db: Database) -> None:
    told: list[tuple[str, int, int | None]] = []
    found = understand(db, "people.csv", CONTENT, progress=lambda *step: told.append(step))
    take_in(db, COMMAND_LINE, found, CONTENT, progress=lambda *step: told.append(step))
    assert list(dict.fromkeys(step for step, _, _ in told)) == list(STEPS)
    for step in STEPS:
        done = [rows for name, rows, _ in told if name == step]
        assert done == sorted(done)
    assert told[-1] == ("writing", 30_000, 30_000)


@pytest.mark.parametrize("last", STEPS)
def test_a_watcher_who_stops_at_any_step_leaves_nothing_written(db: Database, last: str) -> None:
    def until(step: str, done: int, total: int | None) -> None:
        if step == last:
            raise Cancelled

    with pytest.raises(Cancelled):
        take_in(db, COMMAND_LINE, understand(db, "people.csv", CONTENT, progress=until), CONTENT, progress=until)
    assert history(db) == []
    assert db.rows("SELECT count(*) FROM log.people")[0][0] == 0


@pytest.mark.parametrize("language", ["en", "he"])
def test_every_step_has_words(language: str) -> None:
    for step in STEPS:
        assert texts.say(f"intake.steps.{step}", language)
