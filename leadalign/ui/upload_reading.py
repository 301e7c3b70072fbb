"""The files that wait, each read beside the page; what a page needs of a reading stays at hand by file and answers."""

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pandas as pd

from leadalign.intake import Question, Understanding
from leadalign.store import Database, Draft, draft_content
from leadalign.ui.company import calendar
from leadalign.ui.jobs import CANCELLED, DONE, JOBS, Job
from leadalign.ui.upload_answers import Answers, read_with

FIRST_ROWS, ROWS_BEHIND, LINES_LOOKED_UP = 8, 6, 200
WHOLE_BYTES = 64_000_000
"""So many bytes of files stay understood as a whole, so that confirming need not read them again."""
DATED = (
    ("activities", "started_at"), ("leads", "created_at"), ("stages", "occurred_at"), ("attributes", "observed_at"),
    ("ratings", "rated_at"), ("costs", "month"), ("goals", "month"),
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What a page tells of a file: the understanding without its bulk, the first rows, those behind each question."""

    found: Understanding
    first: pd.DataFrame
    behind: tuple[pd.DataFrame, ...]
    period: tuple[date, date] | None


class Whole:
    """The last files understood, whole, within a limit of bytes."""

    def __init__(self) -> None:
        """None yet."""
        self._kept: OrderedDict[Any, tuple[int, Understanding]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, key: Any, size: int, found: Understanding) -> None:
        """Keeps one more, and lets the oldest go where it gets too much; the last one always stays."""
        with self._lock:
            self._kept[key] = (size, found)
            while len(self._kept) > 1 and sum(kept for kept, _ in self._kept.values()) > WHOLE_BYTES:
                self._kept.popitem(last=False)

    def take(self, key: Any) -> Understanding | None:
        """The one of that key, if it is still there; it is there no more then."""
        with self._lock:
            return self._kept.pop(key, (0, None))[1]


WHOLE = Whole()


def reading_of(db: Database, draft: Draft) -> Job:
    """The reading of a file with the answers so far: begun when first asked for, then found."""
    return JOBS.start("reading", key_of(db, draft), lambda job: _read(db, draft, job))


def key_of(db: Database, draft: Draft) -> tuple[Any, ...]:
    """What a reading depends on: the bytes, the name, the answers, the formats that people saved, the leads known."""
    answers = json.dumps(Answers.of(draft.answers).decisive(), sort_keys=True, default=str)
    versions = (db.version(["saved_formats"]), db.version(["leads", "batches"]))
    return ("read", str(db.path), draft.sha256, draft.file_name, answers, *versions)


def state_of(job: Job, answers: Answers) -> str:
    """How a file stands: being read, stopped, refused, unknown, with questions to answer first, or ready."""
    if job.pending:
        return "reading"
    if job.state != DONE:
        return "stopped" if job.state == CANCELLED else "refused"
    found = job.result.found
    needed = [question for question in found.questions if question.blocks]
    if answers.to_map or (found.kind is None and not any(question.choices for question in needed)):
        return "unknown"
    return "questions" if needed else "ready"


def _read(db: Database, draft: Draft, job: Job) -> Told:
    """The file understood and told; its bulk kept aside for the confirmation."""
    content = draft_content(db, draft.draft_id)
    found = read_with(db, draft.file_name, content, Answers.of(draft.answers), job.tell)
    WHOLE.put(key_of(db, draft), len(content), found)
    return tell(found)


def whole_of(db: Database, draft: Draft, key: Any, content: bytes, job: Job) -> Understanding:
    """The file understood as a whole: as it was when somebody confirmed it, or read again."""
    return WHOLE.take(key) or read_with(db, draft.file_name, content, Answers.of(draft.answers), job.tell)


def tell(found: Understanding) -> Told:
    """What a page needs of an understanding."""
    behind = tuple(_rows_behind(question, found.frame) for question in found.questions)
    light = replace(found, records={}, frame=found.frame.head(0))
    return Told(light, found.frame.head(FIRST_ROWS), behind, _period(found))


def _rows_behind(question: Question, frame: pd.DataFrame) -> pd.DataFrame:
    """Some rows that raise a question, by the lines or the cells that it names."""
    details, column = question.details, question.column
    values = list(details.get("values") or details.get("examples") or ())
    if column in frame.columns and values:
        rows = frame[frame[column].isin(values) | frame[column].str.strip().isin(values)]
        return rows.drop_duplicates(column).head(ROWS_BEHIND)
    lines = [*details.get("lines", ()), *([details["line"]] if "line" in details else [])]
    return frame[frame.index.isin([int(line) for line in lines[:LINES_LOOKED_UP]])].head(ROWS_BEHIND)


def _period(found: Understanding) -> tuple[date, date] | None:
    """The first and the last day that the file tells of, by the date that its kind is counted by."""
    for table, column in DATED:
        rows = found.records.get(table)
        if rows is not None and column in rows and len(days := rows[column].dropna()):
            return _day(days.min()), _day(days.max())
    return None


def _day(moment: Any) -> date:
    """The day of an instant in the company's zone; a day as it is."""
    return calendar().day_of(moment) if isinstance(moment, datetime) else moment
