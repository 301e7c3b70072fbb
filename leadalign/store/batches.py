"""Uploads: what a file says is compared with what is known, and only what is new is appended, as one batch."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from leadalign.intake.progress import Progress, unwatched
from leadalign.problems import Refusal
from leadalign.store.appending import ALL_TABLES as ALL_TABLES
from leadalign.store.appending import TABLES as TABLES
from leadalign.store.appending import append
from leadalign.store.database import Database, now
from leadalign.store.definitions import link_versions
from leadalign.store.missing import KINDS, Shown, tell_of_missing
from leadalign.store.packing import packed, unpacked
from leadalign.store.people import Actor, audit, require

CHANGES = Path(__file__).parent / "changes"
SAME_DELIVERY = timedelta(hours=12)
"""Files of one export that arrive within this time are one delivery: none of them proves what the others lacked."""

STORY = "('leads', 'deals', 'stage_events', 'attribute_events')"
"""The kinds of table that tell of the same leads: of one CRM, each is compared with what the others said."""
LATER = f"""
SELECT b.batch_id
FROM (SELECT *, regexp_extract(format_toml, 'system = "([^"]*)"', 1) AS system FROM live.batches) AS b
JOIN (SELECT *, regexp_extract(format_toml, 'system = "([^"]*)"', 1) AS system FROM log.batches) AS o
    ON o.batch_id = $batch AND b.event_order > o.event_order
WHERE b.format = o.format
    OR CASE WHEN o.kind IN {STORY} THEN b.kind IN {STORY} AND b.system = o.system ELSE b.kind = o.kind END
"""
NEW_AND_CHANGED_IN = """
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM (
    SELECT lead_id, bool_or(is_new) AS is_new FROM (
        SELECT lead_id, TRUE AS is_new FROM log.leads WHERE batch_id = $batch
        UNION ALL SELECT lead_id, FALSE FROM log.attribute_events WHERE batch_id = $batch
        UNION ALL SELECT lead_id, FALSE FROM log.stage_events WHERE batch_id = $batch) AS told
    GROUP BY lead_id) AS leads
"""


@dataclass(frozen=True)
class BatchReport:
    """What an upload added: its batch, and for each table how many rows; what that means for the leads it names."""

    batch_id: str
    added: dict[str, int] = field(default_factory=dict)
    leads: dict[str, int] = field(default_factory=dict)
    """How many leads were new, how many changed, of how many it told the same as before."""
    gone: int = 0
    """Leads or deals that the export showed before, and that a person said are gone."""

    @property
    def events_added(self) -> int:
        """All rows added."""
        return sum(self.added.values())


@dataclass(frozen=True)
class Upload:
    """A file as understood: what it is, what it tells, and the instant at which it counts as recorded."""

    file_name: str
    content: bytes
    sha256: str
    format_name: str
    format_toml: str
    kind: str
    records: dict[str, Any]
    report: dict[str, Any]
    uploaded_at: datetime
    shown: Shown | None = None
    """The leads or deals in the file, refused rows included; None for tables of something else."""


def commit(db: Database, who: Actor, upload: Upload, progress: Progress | None = None) -> BatchReport:
    """Appends what a file tells and nobody knew, as one batch: all of it or nothing, also where `progress` stops it."""
    require(who, "import")
    _refuse_foreign_ids(db, upload.records.get("leads"))
    with db.writing(*(TABLES[name][0] for name in upload.records), "batches") as writer:
        return _commit(writer, who, upload, progress or unwatched)


def undo(db: Database, who: Actor, batch_id: str, again: list[Upload]) -> list[BatchReport]:
    """Takes a batch out of every figure, and tells anew what the later uploads `again` said on top of it.

    Their rows were compared with what is taken out now. The log keeps everything; all of it happens or nothing.
    """
    require(who, "undo")
    _refuse_undone(db, batch_id)
    later = [row[0] for row in db.rows(LATER, {"batch": batch_id})]
    with db.writing(*ALL_TABLES) as writer:
        for each in (batch_id, *later):
            writer.run(
                "INSERT INTO log.batch_undos VALUES (?, ?, ?, ?)",
                [each, None if each == batch_id else batch_id, now(), who.person_id],
            )
        audit(writer, who.person_id, "undo", batch=batch_id, told_again=later)
        return [_commit(writer, who, upload, anew=True) for upload in again]


def later_uploads(db: Database, batch_id: str) -> list[dict[str, Any]]:
    """The uploads after a batch that were compared with what it said, and stand: file, contents, format, instant."""
    _refuse_undone(db, batch_id)
    found = db.records(
        "SELECT batch_id, file_name, content, format, format_toml, uploaded_at FROM live.batches "
        f"WHERE batch_id IN ({LATER}) ORDER BY event_order", {"batch": batch_id}
    )  # fmt: skip
    return [{**row, "content": unpacked(row["content"])} for row in found]


def history(db: Database) -> list[dict[str, Any]]:
    """All uploads, the newest first: when, by whom, what came in, and whether it was taken out again."""
    return db.records(
        "SELECT b.batch_id, b.uploaded_at, b.file_name, b.format, b.kind, b.rows_read, b.rows_refused, b.events_added, "
        "b.report, b.recorded_at, b.recorded_by, u.recorded_at AS undone_at, u.recorded_by AS undone_by, u.replaced_by "
        "FROM log.batches AS b LEFT JOIN log.batch_undos AS u ON u.batch_id = b.batch_id ORDER BY b.event_order DESC"
    )


def _refuse_undone(db: Database, batch_id: str) -> None:
    """Raises Refusal where there is no such batch, or it was undone already."""
    if not db.rows("SELECT 1 FROM log.batches WHERE batch_id = ?", [batch_id]):
        raise Refusal("unknown_batch", batch=batch_id)
    undone = db.rows("SELECT recorded_at FROM log.batch_undos WHERE batch_id = ?", [batch_id])
    if undone:
        raise Refusal("already_undone", batch=batch_id, at=undone[0][0].isoformat(timespec="minutes"))


def _commit(
    writer: Any, who: Actor, upload: Upload, progress: Progress = unwatched, *, anew: bool = False
) -> BatchReport:
    """One batch, within the transaction of `writer`; one that is told `anew` stays an upload of its own in any case."""
    batch_id = uuid.uuid4().hex[:12]
    bound = {
        "batch": batch_id, "actor": who.person_id, "uploaded_at": upload.uploaded_at,
        "previous": _previous_upload(writer, upload.format_name, upload.uploaded_at), "format": upload.format_name,
    }  # fmt: skip
    added, done, total = dict[str, int](), 0, sum(len(rows) for rows in upload.records.values())
    for name in [name for name in TABLES if name in upload.records]:
        progress("comparing", done, total)
        added[name] = append(writer, name, upload.records[name], bound)
        done += len(upload.records[name])
    progress("writing", done, total)
    if added.get("definitions"):
        link_versions(writer, who)
    gone = _tell_of_missing(writer, upload, bound, added)
    leads = _leads(writer, batch_id, upload.records, gone)
    if not anew and not sum(added.values()) and (known := _same_file(writer, upload)):
        return BatchReport(known, added, leads)
    _keep(writer, who, upload, batch_id, {"added": added, "leads": leads, "gone": gone})
    audit(writer, who.person_id, "import", batch=batch_id, file=upload.file_name, added=added)
    return BatchReport(batch_id, added, leads, gone)


def _keep(writer: Any, who: Actor, upload: Upload, batch_id: str, told: dict[str, Any]) -> None:
    """The file itself with its report, so that an undo can read again what came after."""
    writer.insert(
        "log.batches",
        batch_id=batch_id,
        uploaded_at=upload.uploaded_at,
        file_name=upload.file_name,
        sha256=upload.sha256,
        format=upload.format_name,
        format_toml=upload.format_toml,
        kind=upload.kind,
        rows_read=upload.report["rows"],
        rows_refused=len(upload.report["refused"]),
        events_added=sum(told["added"].values()),
        report=json.dumps({**upload.report, **told}, ensure_ascii=False, default=str),
        content=packed(upload.content),
        recorded_at=now(),
        recorded_by=who.person_id,
    )


def _tell_of_missing(writer: Any, upload: Upload, bound: dict[str, Any], added: dict[str, int]) -> int:
    """How many records of the export are gone; their last steps, and those of records that are back, count as added."""
    if upload.shown is None or upload.kind not in KINDS:
        return 0
    back, gone = tell_of_missing(writer, upload.kind, upload.shown, bound)
    if back or gone:
        added["stages"] = added.get("stages", 0) + back + gone
    return gone


def _leads(writer: Any, batch_id: str, records: dict[str, Any], gone: int) -> dict[str, int]:
    """Of the leads that a file tells of: how many are new, of how many something changed, how many are as before."""
    telling = ("leads",) if "leads" in records else ("attributes", "stages")
    columns = [records[name]["lead_id"].dropna().unique() for name in telling if name in records and len(records[name])]
    named = len(set().union(*columns))
    new, changed = writer.run(NEW_AND_CHANGED_IN, {"batch": batch_id})[0] if named else (0, 0)
    return {"new": new, "changed": changed, "same": named - new - (changed - gone)}


def _same_file(writer: Any, upload: Upload) -> str | None:
    """The batch that already holds this very file: its bytes can tell nothing that they did not tell then."""
    found = writer.run(
        "SELECT batch_id FROM live.batches WHERE sha256 = ? AND format = ? ORDER BY event_order DESC LIMIT 1",
        [upload.sha256, upload.format_name],
    )
    return str(found[0][0]) if found else None


def _previous_upload(writer: Any, format_name: str, uploaded_at: datetime) -> datetime | None:
    """The instant of the last earlier delivery of the same export, which could have shown what this one shows."""
    return writer.run(
        "SELECT max(uploaded_at) FROM live.batches WHERE format = ? AND uploaded_at <= ?",
        [format_name, uploaded_at - SAME_DELIVERY],
    )[0][0]


def _refuse_foreign_ids(db: Database, leads: Any) -> None:
    """IDs are unique within a CRM only: a lead that another system already told of would be mixed up with it."""
    if leads is None or not len(leads):
        return
    known = dict(db.rows("SELECT lead_id, any_value(system) FROM live.leads GROUP BY lead_id"))
    foreign = [
        lead
        for lead, system in zip(leads["lead_id"], leads["system"], strict=True)
        if known.get(lead, system) != system
    ]
    if foreign:
        raise Refusal("lead_ids_taken", count=len(foreign), example=foreign[0], system=known[foreign[0]])
