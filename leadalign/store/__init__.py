"""The shared database: what happened is appended, never changed, through one writer that knows who writes."""

from leadalign.store.additions import savers, what_uploads_added
from leadalign.store.batches import BatchReport, Upload, commit, history, later_uploads, undo
from leadalign.store.database import Database, open_database
from leadalign.store.definition_life import DefinitionDraft, Said
from leadalign.store.definitions import (
    chain_hashes,
    check_definitions,
    definition_draft,
    definition_drafts,
    dissent,
    dissent_on,
    last_looked_at,
    look_at,
    next_version,
    put_up,
    save_definition,
    sign,
    withdraw,
)
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
from leadalign.store.tampering import Tampered
from leadalign.store.workspace import is_demo, is_empty, mark_as_demo, start_with_own_data
from leadalign.store.writing import rate_lead, rating_reasons, save_format, saved_formats

__all__ = [
    "Actor",
    "BatchReport",
    "Database",
    "DefinitionDraft",
    "Draft",
    "Said",
    "Tampered",
    "Upload",
    "actor",
    "answer_draft",
    "answer_pair",
    "chain_hashes",
    "check_definitions",
    "commit",
    "definition_draft",
    "definition_drafts",
    "discard_draft",
    "dissent",
    "dissent_on",
    "draft_content",
    "history",
    "is_demo",
    "is_empty",
    "keep_draft",
    "last_looked_at",
    "later_uploads",
    "look_at",
    "mark_as_demo",
    "merge",
    "merge_all",
    "next_version",
    "open_database",
    "people",
    "put_up",
    "rate_lead",
    "rating_reasons",
    "register_person",
    "release",
    "save_definition",
    "save_format",
    "saved_formats",
    "savers",
    "set_aside",
    "settle_draft",
    "sign",
    "start_with_own_data",
    "undo",
    "unmerge",
    "waiting_drafts",
    "what_uploads_added",
    "withdraw",
]
