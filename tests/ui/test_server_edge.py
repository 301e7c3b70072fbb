"""The parts of the server that can be asked without a browser."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import structlog

from leadalign.problems import Refusal
from leadalign.store import Database, open_database
from leadalign.ui import health as health_module
from leadalign.ui import log, server
from leadalign.ui.document import SCRIPTS
from leadalign.ui.health import health
from leadalign.ui.security import hash_of, headers


@pytest.fixture
def database() -> Iterator[Database]:
    """An empty database in memory."""
    opened = open_database(None)
    yield opened
    opened.close()


def test_health_tells_when_the_last_file_came_in(database: Database):
    assert health(lambda: database)["database"] == {"status": "ok", "last_import": None}
    database.engine.run(
        "INSERT INTO log.batches BY NAME SELECT 'b1' AS batch_id, TIMESTAMPTZ '2026-03-01 00:00:00+00' AS uploaded_at, "
        "uploaded_at AS recorded_at, 'ann' AS recorded_by, 'leads.csv' AS file_name, '0' AS sha256, "
        "'native' AS format, 'leads' AS kind, 1 AS rows_read, 0 AS rows_refused, 1 AS events_added, "
        "'{}' AS report, ''::BLOB AS content"
    )
    told = health(lambda: database)["database"]["last_import"]
    assert datetime.fromisoformat(told) == datetime(2026, 3, 1, tzinfo=UTC)


def test_health_is_in_trouble_when_another_process_has_the_database():
    def refuse() -> Database:
        raise Refusal("database_in_use", path="/secret/place", holder="PID 7")

    state = health(refuse)
    assert state["status"] == "trouble"
    assert state["database"] == {"status": "database_in_use"}


def test_health_is_in_trouble_when_the_database_was_closed(database: Database):
    database.close()
    assert health(lambda: database)["database"] == {"status": "does_not_answer"}


def test_health_is_in_trouble_when_the_disk_is_nearly_full(database: Database, monkeypatch):
    monkeypatch.setattr(health_module, "SCARCE_BYTES", 10**18)
    assert health(lambda: database)["disk"]["status"] == "nearly_full"
    assert health(lambda: database)["status"] == "trouble"


def test_the_policy_names_our_own_scripts_and_no_other_inline_one():
    policy = headers()["Content-Security-Policy"]
    assert all(f"'{hash_of(script)}'" in policy for script in SCRIPTS)
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts


def test_an_error_that_nobody_foresaw_shows_an_id_that_is_in_the_log(monkeypatch, capsys):
    shown: list[str] = []
    monkeypatch.setattr(server.st, "error", shown.append)
    log.write_log_as_fields()
    assert server.on_script_error(ValueError("cannot read ann@example.com")) is True
    entry = json.loads(capsys.readouterr().err)
    assert entry["error_id"] in shown[0]
    assert "ValueError: cannot read <e-mail>" in entry["exception"]
    assert "ann@example.com" not in json.dumps(entry)
    structlog.reset_defaults()


def test_a_refusal_is_shown_as_its_sentence_without_an_id(monkeypatch):
    shown: list[str] = []
    monkeypatch.setattr(server.st, "error", shown.append)
    server.on_script_error(Refusal("unknown_person", person="Ann"))
    assert "Ann" in shown[0]


def test_streamlits_own_record_of_an_error_stays_out_of_the_log():
    log.write_log_as_fields()
    record = logging.LogRecord("streamlit.error_util", logging.ERROR, "", 0, "Uncaught app execution", None, None)
    assert not logging.getLogger("streamlit.error_util").filter(record)
