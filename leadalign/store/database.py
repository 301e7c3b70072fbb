"""The database file: opened once, migrated at start, and aware of what changed since a reader last looked."""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leadalign.engines.duckdb import DuckDB, Parameters
from leadalign.problems import Refusal
from leadalign.store.definition_chain import chain_versions
from leadalign.store.tampering import tampering

SCHEMA = Path(__file__).parent / "schema"
CHAINED_SINCE = 3
"""The migration that began the chain of versions; those of before join it then."""
TYPED = ("ratings", "stage_events", "aside_events", "pair_answers")
"""What people write by hand, besides what uploads bring."""


class Database:
    """The shared database of marketing and sales: reading by anyone, writing by `store` alone."""

    def __init__(self, engine: DuckDB):
        """Brings the file to this version's schema; raises Refusal for a newer file or one that is not ours."""
        self.engine = engine
        self.path = engine.path
        self.lock = threading.RLock()
        self._versions: Counter[str] = Counter()
        _migrate(engine)
        self.changed_at = self._last_change()
        self.tampered = tampering(self.records)
        """What was not as people signed it when the file was opened."""

    def rows(self, sql: str, parameters: Parameters = None) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.engine.rows(sql, parameters)

    def records(self, sql: str, parameters: Parameters = None) -> list[dict[str, Any]]:
        """All rows of a query, as dictionaries."""
        return self.engine.records(sql, parameters)

    def frame(self, sql: str, parameters: Parameters = None) -> Any:
        """All rows of a query, as a DataFrame."""
        return self.engine.frame(sql, parameters)

    def version(self, tables: Iterable[str] | None = None) -> int:
        """A number that grows whenever one of these tables was written to; of all tables where none are named."""
        return sum(self._versions.values()) if tables is None else sum(self._versions[table] for table in tables)

    @contextmanager
    def writing(self, *tables: str) -> Iterator[Any]:
        """A transaction after which readers of `tables` look again; all or nothing."""
        with self.engine.transaction() as writer:
            yield writer
        with self.lock:
            self._versions.update(tables)
            self.changed_at = self._last_change()

    @contextmanager
    def jotting(self) -> Iterator[Any]:
        """A transaction for what counts nowhere: beside a long import, and no reader needs to look again."""
        with self.engine.transaction(beside=True) as writer:
            yield writer

    def close(self) -> None:
        """Closes the file."""
        self.engine.close()

    def _last_change(self) -> datetime | None:
        """The instant up to which the database knows the company: its last upload or its last typed word."""
        return self.rows(
            "SELECT max(known_to) FROM (SELECT max(uploaded_at) AS known_to FROM live.batches UNION ALL "
            + " UNION ALL ".join(f"SELECT max(recorded_at) FROM live.{each} WHERE batch_id IS NULL" for each in TYPED)
            + ")"
        )[0][0]


def open_database(path: Path | None, *, memory_limit: str = "4GB", threads: int | None = None) -> Database:
    """The database at `path`, created where there is none; None keeps it in memory."""
    engine = DuckDB(path, memory_limit=memory_limit, threads=threads)
    try:
        return Database(engine)
    except BaseException:
        engine.close()
        raise


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def _migrate(engine: DuckDB) -> None:
    """Applies the numbered files that this database has not seen, each as a whole."""
    files = sorted(SCHEMA.glob("[0-9]*.sql"))
    done = _schema_version(engine)
    known = int(files[-1].name[:3])
    if done > known:
        raise Refusal("database_newer", path=str(engine.path), found=done, known=known)
    for file in files[done:]:
        with engine.transaction() as writer:
            writer.run(file.read_text(encoding="utf-8"))
            if int(file.name[:3]) == CHAINED_SINCE:
                chain_versions(writer)
            writer.run("INSERT INTO main.schema_migrations VALUES (?, ?)", [int(file.name[:3]), now()])


def _schema_version(engine: DuckDB) -> int:
    """The last migration applied; raises Refusal where the file holds somebody else's tables."""
    tables = {row[0] for row in engine.rows("SELECT table_name FROM duckdb_tables() WHERE database_name <> 'derived'")}
    if tables and "schema_migrations" not in tables:
        raise Refusal("database_not_ours", path=str(engine.path))
    if not tables:
        engine.run("CREATE TABLE main.schema_migrations (version INTEGER PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL)")
    return engine.rows("SELECT coalesce(max(version), 0) FROM main.schema_migrations")[0][0]
