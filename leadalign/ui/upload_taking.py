"""Taking files in and out beside the page: one at a time, watched, stopped where somebody says so. Knows no page."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from leadalign.intake import Cancelled
from leadalign.problems import Refusal
from leadalign.store import Actor, Database, Draft, draft_content, save_format, settle_draft
from leadalign.ui.jobs import JOBS, Job
from leadalign.ui.upload_answers import Answers, to_remember
from leadalign.ui.upload_reading import key_of, whole_of
from leadalign.uploads import take_in, take_out

TOLD_FOR_SECONDS = 1800
"""So long the page tells what came of a file; the history tells it for ever."""


@dataclass(frozen=True)
class Outcome:
    """What came of one file: a code with words in texts, its details, and the refusal if there was one."""

    code: str
    file: str
    events: int = 0
    leads: dict[str, int] = field(default_factory=dict)
    refusal: Refusal | None = None


def take_in_files(db: Database, who: Actor, ready: Sequence[Draft], remember: bool) -> Job:
    """Takes the files in, one after the other, each wholly or not at all."""
    pairs = [(draft, key_of(db, draft)) for draft in ready]
    subject = frozenset(draft.draft_id for draft in ready)
    key = ("in", str(db.path), subject, uuid.uuid4().hex)
    return JOBS.start("writing", key, lambda job: _take_in_each(db, who, pairs, remember, job), who.person_id)


def undo_upload(db: Database, who: Actor, batch_id: str, file: str) -> Job:
    """Takes an upload out again."""
    key = ("out", str(db.path), frozenset([batch_id]), uuid.uuid4().hex)
    return JOBS.start("writing", key, lambda job: _take_out(db, who, batch_id, file, job), who.person_id)


def writing_jobs(db: Database) -> list[Job]:
    """The takings in and out that run, wait, or ended lately, the oldest first."""
    path, now = str(db.path), time.monotonic()
    mine = [job for job in JOBS.all() if isinstance(job.key, tuple) and job.key[:2] in (("in", path), ("out", path))]
    return [job for job in mine if job.pending or now - (job.ended or now) < TOLD_FOR_SECONDS]


def being_taken(db: Database) -> set[str]:
    """The waiting files and the uploads that somebody is taking in or out at this moment."""
    return {one for job in writing_jobs(db) if job.pending for one in job.key[2]}  # type: ignore[index]


def outcomes(job: Job) -> list[Outcome]:
    """What came of a job so far; also of one that was stopped or broke down on its way."""
    return list(job.result or job.so_far)


def _take_in_each(db: Database, who: Actor, pairs: Sequence[tuple[Draft, Any]], remember: bool, job: Job) -> Any:
    """One file after the other; what was in before somebody stopped the rest stays in."""
    for number, (draft, key) in enumerate(pairs):
        try:
            job.about(draft.file_name)
            job.so_far.append(_take_in_one(db, who, draft, key, remember, job))
        except Cancelled:
            job.so_far += [Outcome("cancelled", draft.file_name) for draft, _ in pairs[number:]]
            raise
    return job.so_far


def _take_in_one(db: Database, who: Actor, draft: Draft, key: Any, remember: bool, job: Job) -> Outcome:
    """One file from the desk into the log; a refusal leaves it on the desk."""
    try:
        content = draft_content(db, draft.draft_id)
        found = whole_of(db, draft, key, content, job)
        report = take_in(db, who, found, content, progress=job.tell)
    except Refusal as refusal:
        return Outcome("refused", draft.file_name, refusal=refusal)
    settle_draft(db, draft.draft_id)
    lasting = to_remember(found, Answers.of(draft.answers)) if remember and who.may("save_format") else None
    if lasting:
        save_format(db, who, lasting.name, lasting.to_toml())
    added = report.events_added
    return Outcome("taken_in" if added else "nothing_new", draft.file_name, added, report.leads)


def _take_out(db: Database, who: Actor, batch_id: str, file: str, job: Job) -> Any:
    """One upload out of every figure."""
    job.about(file)
    again = take_out(db, who, batch_id)
    still = sum(report.events_added for report in again)
    return [Outcome("still_told" if still else "undone", file, still)]
