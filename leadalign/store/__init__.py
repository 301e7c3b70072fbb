"""The shared database: what happened is appended, never changed, through one writer that knows who writes."""

from leadalign.store.additions import savers, what_uploads_added
from leadalign.store.batches import BatchReport, Upload, commit, history, later_uploads, undo
from leadalign.store.database import Database, open_database
from leadalign.store.drafts import (
    Draft,
    answer_draft,
    discard_draft,
    draft_content,
    keep_draft,
    settle_draft,
    waiting_drafts,
)
from leadalign.store.identity import answer_pair, merge, merge_all, release, set_aside, unmerge
from leadalign.store.people import Actor, actor, people, register_person
from leadalign.store.workspace import is_demo, is_empty, mark_as_demo, start_with_own_data
from leadalign.store.writing import rate_lead, rating_reasons, save_format, saved_formats

__all__ = [
    "Actor",
    "BatchReport",
    "Database",
    "Draft",
    "Upload",
    "actor",
    "answer_draft",
    "answer_pair",
    "commit",
    "discard_draft",
    "draft_content",
    "history",
    "is_demo",
    "is_empty",
    "keep_draft",
    "later_uploads",
    "mark_as_demo",
    "merge",
    "merge_all",
    "open_database",
    "people",
    "rate_lead",
    "rating_reasons",
    "register_person",
    "release",
    "save_format",
    "saved_formats",
    "savers",
    "set_aside",
    "settle_draft",
    "start_with_own_data",
    "undo",
    "unmerge",
    "waiting_drafts",
    "what_uploads_added",
]
