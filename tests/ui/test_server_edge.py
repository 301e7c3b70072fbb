"""The parts of the server that can be asked without a browser."""

import json
import logging
from datetime import UTC, datetime

import pytest
import structlog

from leadalign import settings as settings_module
from leadalign import store
from leadalign.problems import Refusal
from leadalign.ui import health as health_module
from leadalign.ui import log, server
from leadalign.ui.document import SCRIPTS
from leadalign.ui.security import hash_of, headers


@pytest.fixture
def database_in(tmp_path, monkeypatch):
    """The settings with a database in a folder of the test's own."""
    chosen = settings_module.Settings(database=tmp_path / "later" / "leadalign.duckdb")
    monkeypatch.setattr(health_module, "settings", lambda: chosen)


def test_health_tells_when_the_last_file_came_in(database_in, monkeypatch):
    monkeypatch.setattr(store, "last_import", lambda: datetime(2026, 3, 1, tzinfo=UTC), raising=False)
    assert health_module.health()["database"] == {"status": "ok", "last_import": "2026-03-01T00:00:00+00:00"}


def test_health_is_in_trouble_when_the_database_does_not_answer(database_in, monkeypatch):
    def refuse():
        raise Refusal("database_in_use", path="/secret/place", holder="PID 7")

    monkeypatch.setattr(store, "last_import", refuse, raising=False)
    state = health_module.health()
    assert state["status"] == "trouble"
    assert state["database"] == {"status": "database_in_use"}


def test_health_is_in_trouble_when_the_disk_is_nearly_full(database_in, monkeypatch):
    monkeypatch.setattr(health_module, "SCARCE_BYTES", 10**18)
    assert health_module.health()["disk"]["status"] == "nearly_full"


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
