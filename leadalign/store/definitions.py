"""The life of a version: written, discussed, signed by both functions; each act with its person and its seal."""

import json
import uuid
from datetime import datetime
from typing import Any

from leadalign.problems import Refusal
from leadalign.settings import settings
from leadalign.store.database import Database, now
from leadalign.store.definition_chain import chain_versions
from leadalign.store.definition_life import (
    DefinitionDraft,
    Said,
    dissent_by_version,
    drafts,
    head,
    looks_by_version,
)
from leadalign.store.definition_seals import canonical, hash_of, seal_of
from leadalign.store.people import Actor, audit, people, require
from leadalign.store.tampering import MUST_SIGN, Tampered, tampering

SIGNS_FOR = {"marketing": "marketing", "sales": "sales", "sales_manager": "sales", "executive": "sponsor"}
"""Whom a person of a role signs for."""
OPEN = ("draft", "discussed", "overtaken")
MOST_BYTES = 200_000
LONGEST_WORDS = 2000
BEGUN = "SELECT version, greatest(effective_from, recorded_at) FROM live.definition_versions ORDER BY 2 DESC LIMIT 1"


def save_definition(
    db: Database, who: Actor, rules: dict[str, Any], draft_id: str | None = None, seen: str | None = None
) -> str:
    """Keeps a text as a draft, unfinished as it may be, and gives its ID; `seen` is the hash that the person changed.

    Raises Refusal where somebody else changed it meanwhile, and for a text that somebody signed.
    """
    require(who, "write_definition")
    content = json.dumps(rules, ensure_ascii=False)
    if len(content.encode()) > MOST_BYTES:
        raise Refusal("definition_too_long", most=MOST_BYTES // 1000)
    with db.writing("agreement_events") as writer:
        if draft_id is not None:
            draft = _seen(db, writer, draft_id, seen)
            _refuse_closed(draft)
            if draft.signatures:
                raise Refusal("definition_signed_already", person=_names(db, [draft.signatures[0].person_id]))
        draft_id = draft_id or uuid.uuid4().hex[:12]
        _note(writer, who, "saved", draft_id=draft_id, content=content, sha256=hash_of(rules))
    return draft_id


def put_up(db: Database, who: Actor, draft_id: str, seen: str, rules: dict[str, Any]) -> str:
    """Puts a draft under discussion as the finished text `rules`, which is what people sign; gives its hash.

    Who calls made sure that the rules are valid; here their place in the chain is settled.
    """
    require(who, "write_definition")
    with db.writing("agreement_events") as writer:
        draft = _seen(db, writer, draft_id, seen)
        _refuse_closed(draft)
        if draft.signatures and draft.state != "overtaken":
            raise Refusal("definition_signed_already", person=_names(db, [draft.signatures[0].person_id]))
        if rules["version"] != next_version(writer):
            raise Refusal("definition_overtaken", version=rules["version"])
        _refuse_early(writer, rules)
        _note(
            writer, who, "put_up", draft_id=draft_id, version=rules["version"], content=canonical(rules),
            sha256=hash_of(rules), previous=head(writer.records).chain,
        )  # fmt: skip
    return hash_of(rules)


def sign(db: Database, who: Actor, draft_id: str, seen: str) -> DefinitionDraft:
    """Signs the text whose hash the person saw; with both functions' signatures it is a version, in the same moment.

    Raises Refusal for any other text than the one seen, and for one that another version overtook.
    """
    require(who, "sign_definition")
    with db.writing("agreement_events", "definition_versions") as writer:
        draft = _seen(db, writer, draft_id, seen)
        _refuse_signature(writer, who, draft)
        _note(
            writer, who, "signed", draft_id=draft_id, version=draft.version, function=SIGNS_FOR[who.role],
            sha256=draft.sha256, previous=draft.previous,
        )  # fmt: skip
        draft = _draft(writer, draft_id)
        if draft.state == "discussed" and draft.functions >= _who_must_sign():
            _come_in_force(writer, who, draft)
        return _draft(writer, draft_id)


def dissent(db: Database, who: Actor, words: str, draft_id: str | None = None, version: int | None = None) -> None:
    """Keeps what somebody has against a text or a version, in their own words, for as long as the log is kept."""
    require(who, "dissent")
    words = words.strip()
    if not words or len(words) > LONGEST_WORDS:
        raise Refusal("dissent_without_words", most=LONGEST_WORDS)
    with db.writing("agreement_events") as writer:
        draft = _draft(writer, draft_id) if draft_id else None
        if draft is None:
            _refuse_unknown_version(writer, version)
        _note(
            writer, who, "dissented", draft_id=draft_id, version=draft.version if draft else version, words=words,
            function=SIGNS_FOR.get(who.role), sha256=draft and draft.sha256, previous=draft and draft.previous,
        )  # fmt: skip


def withdraw(db: Database, who: Actor, draft_id: str, seen: str) -> None:
    """Takes a text off the table; what was said and signed about it stays in the log."""
    require(who, "write_definition")
    with db.writing("agreement_events") as writer:
        draft = _seen(db, writer, draft_id, seen)
        _refuse_closed(draft)
        _note(writer, who, "withdrawn", draft_id=draft_id, version=draft.version, sha256=draft.sha256)


def look_at(db: Database, who: Actor, version: int) -> None:
    """Somebody of either function says that they went through a version again and that it holds."""
    require(who, "look_at_definition")
    with db.writing("agreement_events") as writer:
        _refuse_unknown_version(writer, version)
        _note(writer, who, "looked_at", version=version, function=SIGNS_FOR[who.role])


def definition_drafts(db: Database) -> list[DefinitionDraft]:
    """Every text that was ever written down here, with its state; the one touched last at the end."""
    return drafts(db.records)


def definition_draft(db: Database, draft_id: str) -> DefinitionDraft:
    """One text; raises Refusal where there is none of that ID."""
    return _draft(db, draft_id)


def dissent_on(db: Database) -> dict[int, tuple[Said, ...]]:
    """All that was ever said against each version, by its number."""
    return dissent_by_version(db.records)


def last_looked_at(db: Database) -> dict[int, datetime]:
    """When somebody last said of each version that it holds, by its number."""
    return looks_by_version(db.records)


def next_version(reader: Any) -> int:
    """The number of the next version."""
    return int(reader.records("SELECT coalesce(max(version), 0) + 1 AS next FROM live.definition_versions")[0]["next"])


def check_definitions(db: Database) -> tuple[Tampered, ...]:
    """Looks again whether every version and every signature is as it was written; what is not, by name."""
    db.tampered = tampering(db.records)
    return db.tampered


def chain_hashes(db: Database) -> dict[int, dict[str, Any]]:
    """For each version its own hash, the one of the version before it in the chain, and the chain hash of both."""
    found = db.records("SELECT version, sha256, previous, chain, draft_id FROM log.definition_chain ORDER BY place")
    return {row["version"]: row for row in found}


def link_versions(writer: Any, who: Actor, draft_id: str | None = None) -> None:
    """Links versions just stored to the chain, within the same transaction, and tells the audit trail their hash."""
    for link in chain_versions(writer, draft_id):
        audit(writer, who.person_id, "definition", act="recorded", version=link["version"], hash=link["chain"])


def _note(writer: Any, who: Actor, act: str, **told: Any) -> None:
    """One act at the end of the log, sealed with the one before, and in the audit trail."""
    last = writer.records("SELECT place, seal FROM log.agreement_events ORDER BY place DESC LIMIT 1")
    place, before = (last[0]["place"] + 1, last[0]["seal"]) if last else (1, "")
    row = {**told, "act": act, "recorded_at": now(), "recorded_by": who.person_id}
    seal = seal_of(row, place, before)
    writer.insert("log.agreement_events", place=place, event_id=str(uuid.uuid4()), seal=seal, **row)
    version, draft = told.get("version"), told.get("draft_id")
    audit(writer, who.person_id, "definition", act=act, version=version, draft=draft, hash=seal)


def _come_in_force(writer: Any, who: Actor, draft: DefinitionDraft) -> None:
    """The text becomes a version: the one row that facts and judging read, and the next link of the chain."""
    first = {each.function: each.person_id for each in reversed(draft.signatures) if each.function in MUST_SIGN}
    rules = {**draft.rules, "agreed_by": first, "effective_to": None}
    writer.insert(
        "log.definition_versions", definition_id=rules["definition_id"], version=rules["version"],
        effective_from=datetime.fromisoformat(rules["effective_from"]), signed_marketing=first["marketing"],
        signed_sales=first["sales"], rules=json.dumps(rules, ensure_ascii=False),
        sha256=hash_of(rules, without=("effective_to",)), recorded_at=now(), recorded_by=who.person_id,
    )  # fmt: skip
    link_versions(writer, who, draft.draft_id)


def _who_must_sign() -> frozenset[str]:
    return frozenset((*MUST_SIGN, "sponsor") if settings().sponsor_must_sign else MUST_SIGN)


def _draft(reader: Any, draft_id: str) -> DefinitionDraft:
    for draft in drafts(reader.records):
        if draft.draft_id == draft_id:
            return draft
    raise Refusal("unknown_definition_draft")


def _seen(db: Database, writer: Any, draft_id: str, seen: str | None) -> DefinitionDraft:
    """The draft, where it is still what the person saw."""
    draft = _draft(writer, draft_id)
    if draft.sha256 != seen:
        raise Refusal("definition_changed_meanwhile", person=_names(db, [draft.saved_by]))
    return draft


def _refuse_closed(draft: DefinitionDraft) -> None:
    if draft.state not in OPEN:
        raise Refusal("definition_closed")


def _refuse_signature(writer: Any, who: Actor, draft: DefinitionDraft) -> None:
    """Only a text under discussion is signed, or the newest version by those who had not; nobody signs twice."""
    end = head(writer.records)
    if draft.state == "overtaken" or (draft.state == "signed" and end.draft_id != draft.draft_id):
        raise Refusal("definition_overtaken", version=draft.version)
    if draft.state not in ("discussed", "signed"):
        raise Refusal("definition_not_under_discussion")
    if who.person_id in {each.person_id for each in draft.signatures}:
        raise Refusal("signed_twice", person=who.name)
    if draft.state == "discussed":
        _refuse_early(writer, draft.rules)


def _refuse_early(writer: Any, rules: dict[str, Any]) -> None:
    """A version begins after the one before it, or the order of the chain would not be that of time."""
    for last in writer.run(BEGUN):
        if max(datetime.fromisoformat(rules["effective_from"]), now()) <= last[1]:
            raise Refusal("definition_begins_early", version=last[0], begins=last[1].date().isoformat())


def _refuse_unknown_version(writer: Any, version: int | None) -> None:
    if not writer.run("SELECT 1 FROM live.definition_versions WHERE version = ?", [version]):
        raise Refusal("unknown_version", version=version)


def _names(db: Database, ids: list[str]) -> str:
    known = {person["person_id"]: person["name"] for person in people(db)}
    return ", ".join(known.get(each) or each for each in ids)
