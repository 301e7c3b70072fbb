"""The running app watches its inbox: figures change while it runs, and no second process is needed."""

import json
import time
import urllib.request

import pytest

from leadalign.store import open_database
from tests.browser.conftest import running
from tests.inbox.test_inbox import CALLS, LEADS, STEPS, TWO_WAYS

pytestmark = pytest.mark.browser


def health(server) -> dict:
    with urllib.request.urlopen(f"{server.url}/healthz", timeout=60) as answer:
        return json.loads(answer.read())


def wait_for(server, taken: int, refused: int) -> dict:
    """The health of the server once its inbox has put away so many files."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        state = health(server)
        if (state["inbox"]["taken"], state["inbox"]["refused"]) == (taken, refused):
            return state
        time.sleep(0.2)
    pytest.fail(f"the inbox did not do it: {health(server)}\n{server.log.read_text(encoding='utf-8')}")


def test_files_that_are_dropped_come_in_while_the_app_runs(tmp_path, monkeypatch):
    monkeypatch.setenv("LEADALIGN_INBOX", "inbox")
    monkeypatch.setenv("LEADALIGN_INBOX_SECONDS", "0.3")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "calls.csv").write_text(CALLS)
    with running(tmp_path) as server:
        first = wait_for(server, 1, 0)
        for name, text in (("steps.csv", STEPS), ("leads.csv", LEADS), ("two ways.csv", TWO_WAYS)):
            (inbox / name).write_text(text)
        last = wait_for(server, 3, 1)
    assert (last["status"], last["inbox"]["status"]) == ("ok", "ok")
    assert last["database"]["last_import"] > first["database"]["last_import"]
    log = [json.loads(line) for line in server.log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    assert sorted(line["file"] for line in log if line["event"] == "inbox_taken") == [
        "calls.csv", "leads.csv", "steps.csv",
    ]  # fmt: skip
    assert sorted(path.name for path in (inbox / "refused").iterdir()) == [
        "two ways.csv", "two ways.csv.report.json", "two ways.csv.report.txt",
    ]  # fmt: skip
    db = open_database(server.database)
    assert db.rows("SELECT count(*), count(DISTINCT recorded_by), any_value(recorded_by) FROM log.batches") == [
        (3, 1, "inbox")
    ]
    db.close()
