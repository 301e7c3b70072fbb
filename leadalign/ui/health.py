"""Whether people can work: the process, the database, the last import, the room left on the disk."""

import shutil
import time
from pathlib import Path
from typing import Any

import duckdb

from leadalign import __version__, store
from leadalign.problems import Refusal
from leadalign.settings import settings

STARTED = time.monotonic()
SCARCE_BYTES = 200 * 1024 * 1024


def health() -> dict[str, Any]:
    """`status` is "ok" or says by its parts what is not; tells no path and no name."""
    parts = {"database": _database(), "disk": _disk(settings().database)}
    well = all(part["status"] == "ok" for part in parts.values())
    return {
        "status": "ok" if well else "trouble",
        "process": {"version": __version__, "seconds_up": round(time.monotonic() - STARTED)},
        **parts,
    }


def _database() -> dict[str, Any]:
    """Whether the shared database answers, and when the last file came in."""
    last_import = getattr(store, "last_import", None)
    if last_import is None:  # the store is not built yet
        return {"status": "ok", "last_import": None}
    try:
        at = last_import()
    except (Refusal, duckdb.Error, OSError) as trouble:
        return {"status": trouble.problem.code if isinstance(trouble, Refusal) else "does_not_answer"}
    return {"status": "ok", "last_import": at.isoformat() if at else None}


def _disk(database: Path) -> dict[str, Any]:
    """The room left where the database lies, or would."""
    folder = next(place for place in database.absolute().parents if place.exists())
    free = shutil.disk_usage(folder).free
    return {"status": "ok" if free > SCARCE_BYTES else "nearly_full", "free_bytes": free}
