"""A database that cannot be opened: each page says in one sentence what, why and what next, and shows nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from leadalign import settings as company_settings
from leadalign.store import open_database
from leadalign.ui import memory
from tests.pages.conftest import Open, all_words


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The place of a database that the pages are to open, and nobody has it open."""
    path = tmp_path / "company.duckdb"
    monkeypatch.setenv("LEADALIGN_DATABASE", str(path))
    company_settings.settings.cache_clear()
    memory.close_database()
    yield path
    memory.close_database()
    company_settings.settings.cache_clear()


@pytest.mark.parametrize(("language", "said"), [("en", "newer leadalign"), ("he", "בגרסה חדשה יותר")])
def test_a_newer_database_is_named_and_left_as_it_is(elsewhere, open_page: Open, language, said):
    db = open_database(elsewhere)
    db.engine.run("INSERT INTO main.schema_migrations VALUES (999, now())")
    db.close()
    page = open_page("goals", language)
    assert said in all_words(page)
    assert not page.exception


@pytest.mark.parametrize("name", ["this_week", "uploads"])
def test_a_second_server_is_told_who_has_the_database(elsewhere, open_page: Open, name):
    code = (
        "import time; from pathlib import Path; from leadalign.store import open_database; "
        f"db = open_database(Path({str(elsewhere)!r})); print('open', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        page = open_page(name)
        assert f"PID {other.pid}" in all_words(page)
        assert not page.exception
    finally:
        other.kill()
        other.wait()


def test_a_picture_is_no_database(elsewhere, open_page: Open):
    elsewhere.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5000))
    assert "is not a leadalign database" in all_words(open_page("leads"))
    assert elsewhere.read_bytes().startswith(b"\x89PNG")
