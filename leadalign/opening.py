"""The database of one command: opened as the settings say, closed when the command is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from leadalign import texts
from leadalign.settings import settings
from leadalign.store import Database, open_database

AsJson = Annotated[bool, typer.Option("--json", help=texts.say("command_line.json"))]
DatabaseFile = Annotated[Path | None, typer.Option("--database", help=texts.say("command_line.database"))]
ActorId = Annotated[str | None, typer.Option("--actor", help=texts.say("command_line.actor"))]


@contextmanager
def opened(path: Path | None) -> Iterator[Database]:
    """The database at `path`, else where the settings say."""
    s = settings()
    db = open_database(path or s.database, memory_limit=s.memory_limit, threads=s.threads)
    try:
        yield db
    finally:
        db.close()
