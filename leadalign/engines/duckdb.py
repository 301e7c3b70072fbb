"""DuckDB: one file, one owner, one cursor a call, results always drained."""

import re
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from leadalign.problems import Refusal

HARDENING = (
    "autoinstall_known_extensions=false",
    "autoload_known_extensions=false",
    "allow_community_extensions=false",
    "python_enable_replacements=false",
    "enable_external_access=false",
    "lock_configuration=true",
)
Parameters = Mapping[str, Any] | list[Any] | None
CONFIGURATION = {"storage_compatibility_version": "v1.5.0", "checkpoint_threshold": "1TB"}
"""No checkpoint of its own accord: one that finds the disk full closes the database to everybody, see `_tidy`."""
TIDY_AT = 16 * 1024**2
"""Bytes in the write-ahead log from which on it is worth writing them to their place in the file."""
CANNOT_WRITE = {
    "disk_full": ("no space left", "disk full", "enough free disk space", "file too large", "quota exceeded"),
    "folder_not_writable": ("permission denied", "read-only file system"),
}
"""What the system says when nothing more can be written, by what a person must mend."""


class Writer:
    """The cursor of one transaction; every result is drained at once, for an open one owns the connection."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection):
        """Writes through `cursor`."""
        self._cursor = cursor

    def run(self, sql: str, parameters: Parameters = None) -> list[tuple[Any, ...]]:
        """Runs `sql` and gives all its rows."""
        return self._cursor.execute(sql, parameters).fetchall()

    def records(self, sql: str, parameters: Parameters = None) -> list[dict[str, Any]]:
        """All rows of `sql` as dictionaries by column name."""
        return _as_records(self._cursor.execute(sql, parameters))

    def insert(self, table: str, **row: Any) -> None:
        """Appends one row, its values bound."""
        places = ", ".join("?" for _ in row)
        self.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", list(row.values()))

    @contextmanager
    def given(self, name: str, rows: Any) -> Iterator[None]:
        """Rows from outside (Arrow or pandas), readable under `name` for as long as this lasts."""
        self._cursor.register(name, rows)
        yield
        self._cursor.unregister(name)  # after a failure the cursor is closed anyway, and would hide what failed


class DuckDB:
    """The one connection to a database file; every call runs on a cursor of its own."""

    def __init__(self, path: Path | None, *, memory_limit: str = "4GB", threads: int | None = None):
        """Opens (or creates) the file; None is a database in memory. Raises Refusal where it cannot be opened."""
        self.path = path
        self._root = _connect(path)
        self._writer = threading.RLock()
        self._writer_beside = threading.RLock()
        self._root.execute("SET GLOBAL TimeZone='UTC'")
        self._root.execute("ATTACH ':memory:' AS derived")
        self._root.execute(f"SET memory_limit='{memory_limit}'")
        if threads:
            self._root.execute(f"SET threads={int(threads)}")
        for setting in HARDENING:
            self._root.execute(f"SET {setting}")

    def rows(self, sql: str, parameters: Parameters = None) -> list[tuple[Any, ...]]:
        """All rows that `sql` gives, values bound."""
        with self._cursor() as cursor:
            return cursor.execute(sql, parameters).fetchall()

    def records(self, sql: str, parameters: Parameters = None) -> list[dict[str, Any]]:
        """All rows as dictionaries by column name."""
        with self._cursor() as cursor:
            return _as_records(cursor.execute(sql, parameters))

    def frame(self, sql: str, parameters: Parameters = None) -> Any:
        """All rows as a pandas DataFrame."""
        with self._cursor() as cursor:
            return cursor.execute(sql, parameters).df()

    @contextmanager
    def looking(self) -> Iterator[Writer]:
        """A cursor that can be given rows from outside to look things up by."""
        with self._cursor() as cursor:
            yield Writer(cursor)

    def run(self, sql: str, parameters: Parameters = None) -> None:
        """Runs `sql` for what it does."""
        with self._cursor() as cursor:
            cursor.execute(sql, parameters).fetchall()

    @contextmanager
    def transaction(self, *, beside: bool = False) -> Iterator[Writer]:
        """A writer whose work is committed as a whole or not at all; one writer at a time.

        With `beside` it need not wait for a long import; such writers wait for each other, and share no table to
        change with the others.
        """
        with self._writer_beside if beside else self._writer, self._cursor() as cursor:
            writer = Writer(cursor)
            writer.run("BEGIN")
            try:
                yield writer
                writer.run("COMMIT")
            except BaseException as problem:
                _roll_back(cursor)
                if isinstance(problem, duckdb.Error) and (code := _cannot_write(problem)):
                    raise Refusal(code, path=str(self.path)) from problem
                raise
            self._tidy(cursor)

    @contextmanager
    def deriving(self) -> Iterator[Writer]:
        """A writer of derived tables, all or nothing, to whom the log stands still; nobody waits for it."""
        with self._cursor() as cursor:
            writer = Writer(cursor)
            writer.run("BEGIN")
            try:
                yield writer
                writer.run("COMMIT")
            except BaseException:
                _roll_back(cursor)
                raise

    def _tidy(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Writes a long write-ahead log to its place in the file, where the disk surely has room for it."""
        if self.path is None or not (waiting := _size(self.path.with_name(f"{self.path.name}.wal"))) > TIDY_AT:
            return
        if shutil.disk_usage(self.path.parent).free > 2 * waiting + TIDY_AT:
            with suppress(duckdb.TransactionException):  # somebody reads: the next write finds a better moment
                cursor.execute("CHECKPOINT").fetchall()

    def close(self) -> None:
        """Closes the file, so that another process may open it."""
        with self._writer:
            self._root.close()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self._root.cursor()
        try:
            yield cursor
        finally:
            cursor.close()


def _as_records(result: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _connect(path: Path | None) -> duckdb.DuckDBPyConnection:
    if path is None:
        return duckdb.connect(":memory:")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path), config=dict(CONFIGURATION))
    except PermissionError as problem:
        raise Refusal("folder_not_writable", path=str(path)) from problem
    except duckdb.Error as problem:
        raise _refusal(path, str(problem)) from problem


def _refusal(path: Path, message: str) -> Refusal:
    """What DuckDB's message means to the person who asked for the file."""
    if "Could not set lock" in message or "Conflicting lock" in message:
        holder = re.search(r"held in (.+?) \(PID (\d+)\)", message)
        who = f"PID {holder.group(2)}" if holder else "?"
        return Refusal("database_in_use", path=str(path), holder=who)
    if "Permission denied" in message or "Read-only file system" in message:
        return Refusal("folder_not_writable", path=str(path))
    if "not a valid DuckDB database" in message:
        return Refusal("database_not_ours", path=str(path))
    newer = re.search(r"version number (\d+), but we can only read versions? between (\d+) and (\d+)", message)
    if newer:
        return Refusal("database_newer", path=str(path), found=newer.group(1), known=newer.group(3))
    return Refusal("database_unreadable", path=str(path), reason=message.splitlines()[0])


def _cannot_write(problem: duckdb.Error) -> str | None:
    """What a person must mend where the disk took nothing more; None for any other problem."""
    text = str(problem).lower()
    return next((code for code, signs in CANNOT_WRITE.items() if any(sign in text for sign in signs)), None)


def _size(path: Path) -> int:
    """How many bytes a file has; none where there is no such file."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    with suppress(duckdb.Error):  # a failed commit has rolled back by itself
        cursor.execute("ROLLBACK").fetchall()
