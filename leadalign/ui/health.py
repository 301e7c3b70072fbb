"""Whether people can work: the process, the database, the last import, the room left on the disk."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from leadalign import __version__
from leadalign.problems import Refusal
from leadalign.settings import settings
from leadalign.store import Database, check_definitions

STARTED = time.monotonic()
SCARCE_BYTES = 200 * 1024 * 1024


def health(database: Callable[[], Database], inbox: dict[str, Any] | None = None) -> dict[str, Any]:
    """`status` is "ok" or its parts say what is not; `database` opens the shared one. Tells no path and no name.

    An inbox that waits for something keeps nobody from working, and neither does a definition that was tampered with:
    people shall read on, and be told.
    """
    parts = {"database": _database(database), "disk": _disk(settings().database)}
    well = all(part["status"] == "ok" for part in parts.values())
    return {
        "status": "ok" if well else "trouble",
        "process": {"version": __version__, "seconds_up": round(time.monotonic() - STARTED)},
        **parts,
        **_definition(database),
        **({"inbox": inbox} if inbox else {}),
    }


def _database(database: Callable[[], Database]) -> dict[str, Any]:
    """Whether the shared database answers, and when the last file came in."""
    try:
        last_import = database().rows("SELECT max(uploaded_at) FROM live.batches")[0][0]
    except Refusal as refusal:
        return {"status": refusal.problem.code}
    except (duckdb.Error, OSError):
        return {"status": "does_not_answer"}
    return {"status": "ok", "last_import": last_import.isoformat() if last_import else None}


def _definition(database: Callable[[], Database]) -> dict[str, Any]:
    """Whether the written definition is as it was signed, looked at anew; what is not, by code and version."""
    try:
        tampered = check_definitions(database())
    except (Refusal, duckdb.Error, OSError):
        return {}
    found = [{"what": each.code, "version": each.version} for each in tampered]
    return {"definition": {"status": "tampered", "found": found} if found else {"status": "ok"}}


def _disk(database: Path) -> dict[str, Any]:
    """The room left where the database lies, or would."""
    folder = next(place for place in database.absolute().parents if place.exists())
    free = shutil.disk_usage(folder).free
    return {"status": "ok" if free > SCARCE_BYTES else "nearly_full", "free_bytes": free}
