"""What the inbox did is told on the uploads page: who brought a file, and why a file was refused."""

import pytest

from leadalign.inbox import Inbox
from leadalign.settings import settings
from leadalign.texts import languages, say
from leadalign.ui import memory
from tests.pages.conftest import all_words

LEADS = "lead_id,created_at,source,account_id\nL1,2026-01-04T07:00:00Z,Webinar,AC1\n"


@pytest.fixture
def company(tmp_path, monkeypatch):
    """A company that begins with an inbox: its database is empty, without a demo."""
    monkeypatch.setenv("LEADALIGN_DATABASE", str(tmp_path / "company.duckdb"))
    monkeypatch.setenv("LEADALIGN_INBOX", "inbox")
    settings.cache_clear()
    memory.close_database()
    yield memory.database()
    memory.close_database()
    settings.cache_clear()


@pytest.mark.parametrize("language", languages())
def test_the_page_tells_who_brought_files_and_why_others_were_refused(company, open_page, language):
    assert company.rows("SELECT count(*) FROM log.batches") == [(0,)]
    inbox = Inbox(settings(), lambda: company)
    inbox.look()
    (settings().inbox_folder / "leads.csv").write_text(LEADS)
    (settings().inbox_folder / "![x](www.evil.example).csv").write_text("a,b\n1,2\n")
    inbox.look()
    inbox.look()
    at = open_page("uploads", language)
    assert not at.exception
    assert say("inbox.refused_lately", language) in all_words(at)
    assert "![x](www.evil" not in all_words(at)
    assert any(say("ui.people.inbox", language) in frame.value.to_string() for frame in at.dataframe)
