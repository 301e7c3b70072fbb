"""From a file to the store: understood, checked, confirmed by a person, taken in; and taken out again."""

import re
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import ValidationError

from leadalign import intake
from leadalign.demo.company import write_demo
from leadalign.ideal_lead.definition import Definition
from leadalign.intake import Choices, Format, Progress, Question, Understanding
from leadalign.problems import Refusal
from leadalign.settings import settings
from leadalign.store import (
    Actor,
    BatchReport,
    Database,
    Upload,
    commit,
    later_uploads,
    mark_as_demo,
    saved_formats,
    undo,
)
from leadalign.store.database import now
from leadalign.store.missing import Shown, missing_records
from leadalign.store.people import COMMAND_LINE


def understand(
    db: Database | None,
    file_name: str,
    content: bytes,
    format: Format | None = None,
    *,
    progress: Progress | None = None,
    choices: Choices | None = None,
    at: datetime | None = None,
) -> Understanding:
    """What a file holds, by the formats that leadalign knows and those that people saved; nothing is written.

    With a database it is also asked what became of records that the export showed before `at` and lacks now.
    """
    known = [Format.from_toml(toml) for _, toml in saved_formats(db)] if db else []
    found = intake.understand(
        file_name, content, format=format, extra_formats=known, settings=settings(), progress=progress, choices=choices
    )
    if db is not None and (question := _ask_for_missing(db, found, at)):
        found.questions.append(question)
    return found


def others_are_gone(found: Understanding) -> Understanding:
    """The file with the answer that the records it lacks are gone, where that is asked."""
    asked = [question for question in found.questions if question.code.endswith("_missing") and not question.column]
    for question in asked:
        assert found.format
        found.format = found.format.answered(question.code, None, "gone")
        found.questions.remove(question)
    return found


def _ask_for_missing(db: Database, found: Understanding, at: datetime | None) -> Question | None:
    """The question what became of the leads or deals that a whole export lacks; None where none is open."""
    shown = _shown(found)
    if shown is None or found.format is None or found.format.missing:
        return None
    missing = missing_records(db, found.format.kind, found.format.name, shown.ids, at)
    if missing is None:
        return None
    told = {"count": missing.count, "whole": missing.whole, "examples": ", ".join(missing.examples)}
    return Question(f"{found.kind}_missing", None, told, ("still_there", "gone"))


def _shown(found: Understanding) -> Shown | None:
    """Every lead or deal that the file shows, also in rows that were refused or put aside."""
    table, key = {"leads": ("leads", "lead_id"), "deals": ("stages", "deal_id")}.get(found.kind or "", ("", ""))
    if not key or found.format is None:
        return None
    kept = found.records[table][key].dropna().tolist() if key in found.records.get(table, ()) else []
    column = found.format.places(found.header).get(key)
    refused = [cell.strip() for row in found.refused for cell in re.split(r"[,;\t|\"]", row.text)]
    if refused and column in found.frame:
        lines = found.frame.index.isin([row.line for row in found.refused])
        refused += found.frame.loc[lines, column].dropna().str.strip().tolist()
    return Shown([*kept, *refused], found.format.missing == "gone")


def take_in(
    db: Database, who: Actor, found: Understanding, content: bytes, at: datetime | None = None, *,
    progress: Progress | None = None,
) -> BatchReport:  # fmt: skip
    """Adds to the store what is new in a file that was understood; raises Refusal where questions are still open."""
    return commit(db, who, _upload(db, found, content, at or now()), progress)


def take_out(db: Database, who: Actor, batch_id: str) -> list[BatchReport]:
    """Undoes an upload; what later uploads of the same export said is told anew without it."""
    again = []
    for row in later_uploads(db, batch_id):
        format = Format.from_toml(row["format_toml"]) if row["format_toml"] else None
        found = understand(db, row["file_name"], row["content"], format)
        again.append(_upload(db, found, row["content"], row["uploaded_at"]))
    return undo(db, who, batch_id, again)


def load_demo(db: Database, until: date, leads: int = 1500) -> None:
    """Brings the demo company in through the same intake as anybody's files, and marks the database as demo."""
    mark_as_demo(db)
    with TemporaryDirectory() as folder:
        for path in write_demo(Path(folder), leads=leads, until=until):
            content = path.read_bytes()
            if path.suffix in (".csv", ".json"):
                take_in(db, COMMAND_LINE, understand(None, path.name, content), content)


def _upload(db: Database, found: Understanding, content: bytes, at: datetime) -> Upload:
    """The file as the store takes it."""
    if found.kind is None:
        lacking = next((one.details for one in found.questions if one.code == "needed_column_missing"), None)
        raise Refusal("columns_missing" if lacking else "unknown_format", file=found.file, **(lacking or {}))
    open_questions = [question for question in found.questions if question.blocks]
    if open_questions:
        raise Refusal("not_confirmed", file=found.file, count=len(open_questions))
    records = dict(found.records)
    if "definitions" in records:
        records["definitions"] = _signed(db, found.file, records["definitions"])
    return Upload(
        file_name=found.file,
        content=content,
        sha256=found.sha256,
        kind=found.kind,
        format_name=found.format.name if found.format else found.kind,
        format_toml=found.format.to_toml() if found.format else "",
        records=records,
        report=report(found),
        uploaded_at=at,
        shown=_shown(found),
    )


def report(found: Understanding) -> dict[str, Any]:
    """What was understood, repaired, refused and asked, as `read --json` prints it and the batch keeps it."""
    return {
        "file": found.file, "encoding": found.encoding, "delimiter": found.delimiter, "quote": found.quote,
        "header_row": found.header_row, "rows": found.rows,
        "rows_in_file": found.rows_in_file, "rows_away": found.rows_away,
        "columns": [asdict(column) for column in found.columns],
        "format": found.format.name if found.format else None, "kind": found.kind,
        "repairs": [asdict(repair) for repair in found.repairs],
        "refused": [asdict(row) for row in found.refused],
        "questions": [asdict(question) for question in found.questions],
    }  # fmt: skip


def _signed(db: Database, file_name: str, definitions: Any) -> Any:
    """A file's definitions with their hashes; raises Refusal for one not valid or other than what was signed."""
    versions = [_definition(file_name, rules) for rules in definitions["rules"]]
    recorded = {
        (definition, version): sha256
        for definition, version, sha256 in db.rows(
            "SELECT definition_id, version, sha256 FROM live.definition_versions"
        )
    }
    for each in versions:
        if recorded.get((each.definition_id, each.version), each.sha()) != each.sha():
            raise Refusal("definition_changed", version=each.version, definition=each.definition_id)
        if any(version == each.version and name != each.definition_id for name, version in recorded):
            raise Refusal("definition_number_taken", file=file_name, version=each.version)
    return definitions.assign(
        definition_id=[each.definition_id for each in versions],
        version=[each.version for each in versions],
        effective_from=[each.effective_from for each in versions],
        effective_to=[each.effective_to for each in versions],
        signed_marketing=[each.agreed_by["marketing"] for each in versions],
        signed_sales=[each.agreed_by["sales"] for each in versions],
        sha256=[each.sha() for each in versions],
    )


def _definition(file_name: str, rules: str) -> Definition:
    try:
        found = Definition.from_json(rules)
    except (ValidationError, ValueError) as problem:
        first = problem.errors()[0]["msg"] if isinstance(problem, ValidationError) else str(problem)
        raise Refusal("definition_not_valid", file=file_name, reason=first) from problem
    if found.version < 1:
        raise Refusal("definition_not_valid", file=file_name, reason="version < 1")
    return found
