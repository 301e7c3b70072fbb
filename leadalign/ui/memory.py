"""The one database of this process, and what was read from it, kept for as long as nothing new was written to it."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, Generic, TypeVar

from leadalign.facts.given import calendar
from leadalign.settings import settings
from leadalign.store import Database, open_database
from leadalign.store.database import now
from leadalign.uploads import load_demo

Answer = TypeVar("Answer")

# Not in Streamlit's cache: any visitor can clear that, and a second connection to the file would be refused.
_open: dict[str, Database] = {}
_opening = threading.Lock()


def database() -> Database:
    """The company's database, opened when it is first asked for; raises Refusal where it cannot be."""
    path = settings().database
    with _opening:
        if str(path) not in _open:
            _open[str(path)] = _opened(path)
        return _open[str(path)]


def _opened(path: Path) -> Database:
    """The database at `path`; where there was none, a new one with the demo company, up to yesterday.

    With an inbox it begins empty: its files are of a real company.
    """
    if not path.exists() and settings().inbox is None:
        _make_demo(path)
    return open_database(path, memory_limit=settings().memory_limit, threads=settings().threads)


def _make_demo(path: Path) -> None:
    """The demo company in a file beside, moved to its place when whole: a start cut short leaves no half of it."""
    beside = path.with_name(f"{path.name}.demo")
    beside.unlink(missing_ok=True)
    db = open_database(beside)
    try:
        load_demo(db, until=calendar().day_of(now()) - timedelta(days=1))
    finally:
        db.close()
    beside.replace(path)


def close_database() -> None:
    """Closes whatever is open, so that another process may have it."""
    with _opening:
        while _open:
            _open.popitem()[1].close()


class Once(Generic[Answer]):
    """An answer that whoever asks first works out; those who ask meanwhile wait for it instead of doing the same."""

    def __init__(self, work_out: Callable[[], Answer]):
        """The answer that `work_out` gives; where it fails, the next to ask tries again."""
        self._work_out = work_out
        self._lock = threading.RLock()
        self._found: list[Answer] = []

    def answer(self) -> Answer:
        """The answer, now."""
        if not self._found:
            with self._lock:
                if not self._found:
                    self._found.append(self._work_out())
        return self._found[0]


def remembered(read: Callable[..., Answer]) -> Callable[..., Answer]:
    """Makes `read(db, ...)` a question without the database, answered from memory until the data change.

    Answers are shared by all visitors: what `read` returns must not be changed, and must not depend on who asks.
    """

    @lru_cache(maxsize=512)
    def kept(db: Any, _version: int, *question: Any) -> Once[Answer]:
        """The answer as of one version of the data."""
        return Once(lambda: read(db, *question))

    @wraps(read)
    def ask(*question: Any) -> Answer:
        """The answer as of now."""
        db = database()
        return kept(db, db.version(), *question).answer()

    return ask
