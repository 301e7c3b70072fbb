"""Uploads: what a file says is compared with what is known, and only what is new is appended, as one batch."""

import gzip
import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from leadalign.problems import Refusal
from leadalign.store.database import Database, now
from leadalign.store.people import Actor, audit, require

CHANGES = Path(__file__).parent / "changes"
SAME_DELIVERY = timedelta(hours=12)
"""Files of one export that arrive within this time are one delivery: none of them proves what the others lacked."""

TABLES = {
    "leads": ("leads", "lead_id system created_at source campaign account_id name email company"),
    "attributes": ("attribute_events", "lead_id attr value observed_at recorded_at source event_id"),
    "stages": ("stage_events",
               "slot lead_id event occurred_at recorded_at actor_id owner_id reason amount currency deal_id event_id"),
    "activities": ("activities",
                   "activity_id lead_id deal_id person_id type started_at minutes minutes_source outcome subject recorded_at"),
    "ratings": ("ratings", "rating_id lead_id rater_id rating reasons comment rated_at recorded_at"),
    "people": ("people", "person_id name email function role team hourly_cost currency daily_work_min"),
    "costs": ("campaign_costs", "cost_id month source campaign cost currency"),
    "goals": ("goals", "goal_id name metric owner month target floor_metric floor_target weight_marketing weight_sales"),
    "survey_answers": ("survey_answers", "round person_id function item_type item_id value"),
    "definitions": ("definition_versions", "definition_id version effective_from effective_to signed_marketing signed_sales rules sha256"),
}  # fmt: skip
INSTANTS = {"created_at", "observed_at", "recorded_at", "occurred_at", "started_at", "rated_at", "effective_from", "effective_to"}
NUMBERS = {"minutes", "amount", "rating", "hourly_cost", "daily_work_min", "cost", "target", "floor_target", "weight_marketing",
           "weight_sales", "version"}  # fmt: skip


@dataclass(frozen=True)
class BatchReport:
    """What an upload added: its batch, and for each table how many rows."""

    batch_id: str
    added: dict[str, int] = field(default_factory=dict)

    @property
    def events_added(self) -> int:
        """All rows added."""
        return sum(self.added.values())


def commit(
    db: Database, who: Actor, *, file_name: str, content: bytes, sha256: str, format_name: str, format_toml: str, kind: str,
    records: dict[str, Any], report: dict[str, Any], at: datetime | None = None,
) -> BatchReport:  # fmt: skip
    """Appends what a file tells and nobody knew, as one batch, all of it or nothing; `at` is the instant it was recorded."""
    require(who, "import")
    batch_id, uploaded_at = uuid.uuid4().hex[:12], at or now()
    _refuse_foreign_ids(db, records.get("leads"))
    with db.writing(*[TABLES[name][0] for name in records], "batches") as writer:
        bound = {
            "batch": batch_id, "actor": who.person_id, "uploaded_at": uploaded_at,
            "previous": _previous_upload(writer, format_name, uploaded_at),
        }  # fmt: skip
        added = {name: _append(writer, name, records[name], bound) for name in TABLES if name in records}
        writer.run(
            "INSERT INTO log.batches (batch_id, uploaded_at, file_name, sha256, format, format_toml, kind, rows_read, rows_refused, "
            "events_added, report, content, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [batch_id, uploaded_at, file_name, sha256, format_name, format_toml, kind, report["rows"], len(report["refused"]),
             sum(added.values()), json.dumps(report, ensure_ascii=False, default=str), gzip.compress(content, 6), now(), who.person_id],
        )  # fmt: skip
        audit(writer, who.person_id, "import", batch=batch_id, file=file_name, added=added)
    return BatchReport(batch_id, added)


def mark_undone(db: Database, who: Actor, batch_id: str, replaced_by: str | None = None) -> None:
    """Takes a batch out of every figure; its rows stay in the log and can be looked at."""
    require(who, "undo")
    if not db.rows("SELECT 1 FROM log.batches WHERE batch_id = ?", [batch_id]):
        raise Refusal("unknown_batch", batch=batch_id)
    undone = db.rows("SELECT recorded_at FROM log.batch_undos WHERE batch_id = ?", [batch_id])
    if undone:
        raise Refusal("already_undone", batch=batch_id, at=undone[0][0].isoformat(timespec="minutes"))
    with db.writing(*[table for table, _ in TABLES.values()], "batches") as writer:
        writer.run("INSERT INTO log.batch_undos VALUES (?, ?, ?, ?)", [batch_id, replaced_by, now(), who.person_id])
        audit(writer, who.person_id, "undo", batch=batch_id)


def _append(writer: Any, name: str, incoming: Any, bound: dict[str, Any]) -> int:
    """Rows of `incoming` that were not known, appended by changes/`name`.sql; their number."""
    if not len(incoming):
        return 0
    columns = TABLES[name][1].split()
    sql = (CHANGES / f"{name}.sql").read_text(encoding="utf-8")
    used = {key: value for key, value in bound.items() if f"${key}" in sql}
    with writer.given("incoming_as_read", incoming.reindex(columns=columns)):
        writer.run(f"CREATE OR REPLACE TEMP TABLE incoming AS SELECT {', '.join(map(_typed, columns))} FROM incoming_as_read")
        return int(writer.run(sql, used)[0][0])


def _typed(column: str) -> str:
    """The column with the type that its table has, for a frame whose column is empty has none."""
    kind = "TIMESTAMPTZ" if column in INSTANTS else "DOUBLE" if column in NUMBERS else "DATE" if column == "month" else "TEXT"
    return f"CAST({column} AS {kind}) AS {column}"


def _previous_upload(writer: Any, format_name: str, uploaded_at: datetime) -> datetime | None:
    """The instant of the last earlier delivery of the same export, which could have shown what this one shows."""
    return writer.run(
        "SELECT max(uploaded_at) FROM live.batches WHERE format = ? AND uploaded_at <= ?", [format_name, uploaded_at - SAME_DELIVERY]
    )[0][0]


def _refuse_foreign_ids(db: Database, leads: Any) -> None:
    """IDs are unique within a CRM only: a lead that another system already told of would be mixed up with it."""
    if leads is None or not len(leads):
        return
    known = dict(db.rows("SELECT lead_id, any_value(system) FROM live.leads GROUP BY lead_id"))
    foreign = [lead for lead, system in zip(leads["lead_id"], leads["system"], strict=True) if known.get(lead, system) != system]
    if foreign:
        raise Refusal("lead_ids_taken", count=len(foreign), example=foreign[0], system=known[foreign[0]])
