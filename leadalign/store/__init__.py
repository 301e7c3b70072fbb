"""The shared database: what happened is appended, never changed, through one writer that knows who writes."""

from leadalign.store.batches import BatchReport, commit, mark_undone
from leadalign.store.database import Database, open_database
from leadalign.store.people import Actor, actor, people, register_person
from leadalign.store.writing import rate_lead, rating_reasons, save_format, saved_formats

__all__ = [
    "Actor", "BatchReport", "Database", "actor", "commit", "mark_undone", "open_database", "people", "rate_lead",
    "rating_reasons", "register_person", "save_format", "saved_formats",
]  # fmt: skip
