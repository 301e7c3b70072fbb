"""Files that were dropped and wait for a person's word, kept so that anybody finds them again and goes on."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from leadalign.problems import Refusal
from leadalign.store.database import Database, now
from leadalign.store.people import Actor, audit, require

MOST_DRAFTS = 50
MOST_BYTES = 1_000_000_000
LONGEST_NAME = 200
COLUMNS = "draft_id, file_name, sha256, size, answers, kept_at, kept_by, answered_at, answered_by"


@dataclass(frozen=True)
class Draft:
    """A file that waits: its name, who dropped it when, and what was answered so far."""

    draft_id: str
    file_name: str
    sha256: str
    size: int
    answers: dict[str, Any]
    kept_at: datetime
    kept_by: str
    answered_at: datetime | None
    answered_by: str | None


def keep_draft(db: Database, who: Actor, file_name: str, content: bytes) -> str:
    """Keeps a dropped file until somebody confirms or discards it; the same file again is the draft that waits."""
    require(who, "import")
    draft_id, sha256 = uuid.uuid4().hex[:12], hashlib.sha256(content).hexdigest()
    with db.jotting() as writer:
        waiting = writer.run("SELECT draft_id, file_name, sha256, size FROM desk.drafts")
        for known, name, same, _ in waiting:
            if (name, same) == (file_name[:LONGEST_NAME], sha256):
                return str(known)
        _refuse_too_much(waiting, file_name, len(content))
        writer.insert(
            "desk.drafts", draft_id=draft_id, file_name=file_name[:LONGEST_NAME], sha256=sha256, size=len(content),
            content=_packed(content), answers="{}", kept_at=now(), kept_by=who.person_id,
        )  # fmt: skip
    return draft_id


def waiting_drafts(db: Database) -> list[Draft]:
    """The files that wait, the longest waiting first."""
    found = db.records(f"SELECT {COLUMNS} FROM desk.drafts ORDER BY kept_at, draft_id")
    return [Draft(**{**row, "answers": json.loads(row["answers"])}) for row in found]


def draft_content(db: Database, draft_id: str) -> bytes:
    """The bytes of a file that waits; raises Refusal where it waits no more."""
    found = db.rows("SELECT content, size FROM desk.drafts WHERE draft_id = ?", [draft_id])
    if not found:
        raise Refusal("unknown_draft")
    return _unpacked(*found[0])


def answer_draft(db: Database, who: Actor, draft_id: str, answers: dict[str, Any]) -> None:
    """Keeps what was answered so far about a file that waits."""
    require(who, "import")
    told = json.dumps(answers, ensure_ascii=False, default=str)
    with db.jotting() as writer:
        writer.run(
            "UPDATE desk.drafts SET answers = ?, answered_at = ?, answered_by = ? WHERE draft_id = ?",
            [told, now(), who.person_id, draft_id],
        )


def discard_draft(db: Database, who: Actor, draft_id: str) -> None:
    """Lets a waiting file go unread; the audit trail says who did."""
    require(who, "import")
    with db.jotting() as writer:
        for (name,) in writer.run("DELETE FROM desk.drafts WHERE draft_id = ? RETURNING file_name", [draft_id]):
            audit(writer, who.person_id, "discard_draft", draft=draft_id, file=name)


def settle_draft(db: Database, draft_id: str) -> None:
    """Takes a file off the desk that came in: its batch holds it now."""
    with db.jotting() as writer:
        writer.run("DELETE FROM desk.drafts WHERE draft_id = ?", [draft_id])


def _refuse_too_much(waiting: list[tuple[Any, ...]], file_name: str, size: int) -> None:
    """The desk has an end: what nobody takes in or discards must not fill the disk."""
    if len(waiting) >= MOST_DRAFTS:
        raise Refusal("too_many_drafts", file=file_name, most=MOST_DRAFTS)
    if sum(row[3] for row in waiting) + size > MOST_BYTES:
        raise Refusal("drafts_too_large", file=file_name, most=MOST_BYTES // 1_000_000)


def _packed(content: bytes) -> bytes:
    """The bytes in less room; Zstandard, for whoever dropped the file waits for it."""
    return bytes(pa.compress(content, codec="zstd", asbytes=True)) if content else b""


def _unpacked(packed: bytes, size: int) -> bytes:
    """The bytes as they were dropped."""
    return bytes(pa.decompress(packed, decompressed_size=size, codec="zstd", asbytes=True)) if size else b""
