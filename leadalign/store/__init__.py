"""The shared database: what happened is appended, never changed, through one writer that knows who writes."""

from leadalign.store.batches import BatchReport, Upload, commit, history, later_uploads, undo
from leadalign.store.database import Database, open_database
from leadalign.store.people import Actor, actor, people, register_person
from leadalign.store.workspace import is_demo, is_empty, mark_as_demo, start_with_own_data
from leadalign.store.writing import rate_lead, rating_reasons, save_format, saved_formats

__all__ = [
    "Actor",
    "BatchReport",
    "Database",
    "Upload",
    "actor",
    "commit",
    "history",
    "is_demo",
    "is_empty",
    "later_uploads",
    "mark_as_demo",
    "open_database",
    "people",
    "rate_lead",
    "rating_reasons",
    "register_person",
    "save_format",
    "saved_formats",
    "start_with_own_data",
    "undo",
]
