"""A small demo company, opened once, and the pages as a person with a language and a role would open them."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from leadalign import settings as company_settings
from leadalign.store import open_database
from leadalign.ui import memory
from leadalign.uploads import load_demo

ROOT = Path(__file__).parents[2]
MAIN = ROOT / "leadalign" / "ui" / "main.py"
LAST_DAY = date(2026, 11, 8)
Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database file of a demo company of 300 leads."""
    path = tmp_path_factory.mktemp("demo") / "leadalign.duckdb"
    db = open_database(path)
    load_demo(db, until=LAST_DAY, leads=300)
    db.close()
    return path


@pytest.fixture
def company(demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The demo company in a file of this test's own."""
    path = tmp_path / "leadalign.duckdb"
    path.write_bytes(demo_file.read_bytes())
    yield from _opened(path, monkeypatch)


@pytest.fixture
def empty_company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A company that has not brought anything in yet."""
    path = tmp_path / "leadalign.duckdb"
    open_database(path).close()
    yield from _opened(path, monkeypatch)


def _opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("LEADALIGN_DATABASE", str(path))
    company_settings.settings.cache_clear()
    memory.close_database()
    yield memory.database()
    memory.close_database()
    company_settings.settings.cache_clear()


@pytest.fixture
def open_page() -> Open:
    """`open_page("goals", "he", who="dana", source="Webinar")` opens a page as a browser with that address would."""

    def opened(name: str, language: str = "en", who: str | None = None, **address: str) -> AppTest:
        at = AppTest.from_file(str(MAIN), default_timeout=60)
        at.session_state["person_id"] = who
        at.query_params["lang"] = language
        at.run()
        at.switch_page(str(ROOT / "pages" / f"{name}.py"))
        for key, value in {"lang": language, **address}.items():
            at.query_params[key] = value
        return at.run()

    return opened


def all_words(at: AppTest) -> str:
    """Every word on the page, for a test to look into."""
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success", "metric")
    said = [element.value for kind in kinds for element in at.get(kind)]
    return "\n".join(str(each) for each in [*said, *(metric.label for metric in at.metric)])
