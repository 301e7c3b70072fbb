"""The versions of the definition and what is on its way to become one: states, drafts made whole."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import ValidationError

from leadalign import store
from leadalign.ideal_lead.definition import Definition, readable
from leadalign.ideal_lead.known import utc
from leadalign.problems import Problem, Refusal
from leadalign.store import Actor, Database, Said
from leadalign.store.database import now

State = Literal["signed", "in_force", "superseded"]
FIRST_NAME = "ideal-lead"
SIGNED = {"marketing": "?", "sales": "?"}
"""Stands for the signatures while a text has none; it is no part of what is hashed and signed."""
FOUND = "SELECT version, rules, recorded_at FROM live.definition_versions ORDER BY effective_from, version"


@dataclass(frozen=True)
class Version:
    """One version as it stands: its text, its state, when it holds, its hashes, signatures and dissent."""

    definition: Definition
    state: State
    begins: datetime
    ends: datetime | None
    sha256: str
    previous: str
    chain: str
    signatures: tuple[Said, ...]
    dissent: tuple[Said, ...]
    looked_at: datetime

    @property
    def number(self) -> int:
        """The version's number."""
        return self.definition.version


def versions(db: Database, at: datetime | None = None) -> list[Version]:
    """All signed versions in the order in which they take over, each with its state at an instant (now)."""
    at = utc(at or now())
    begun = sorted(_begun(db), key=lambda each: (each[1], each[0].version))
    ends = [*(begins for _, begins in begun[1:]), None][: len(begun)]
    chain, dissent, looked = store.chain_hashes(db), store.dissent_on(db), store.last_looked_at(db)
    signed = {each.version: each.signatures for each in store.definition_drafts(db) if each.state == "signed"}
    found = []
    for (definition, begins), end in zip(begun, ends, strict=True):
        number = definition.version
        link = chain.get(number, {"sha256": "", "previous": "", "chain": ""})
        found.append(Version(
            definition, _state(begins, end, at), begins, end, link["sha256"], link["previous"], link["chain"],
            signed.get(number) or _imported(definition, begins), dissent.get(number, ()),
            max(begins, looked.get(number, begins)),
        ))  # fmt: skip
    return found


def _state(begins: datetime, end: datetime | None, at: datetime) -> State:
    if at < begins:
        return "signed"
    return "in_force" if end is None or at < end else "superseded"


def version(db: Database, number: int | None = None) -> Version:
    """One version, by default the one in force (else the last one signed); Refusal where there is none."""
    found = versions(db)
    if number is not None:
        found = [each for each in found if each.number == number]
    if not found:
        raise Refusal("unknown_version", version=number or 1)
    return next((each for each in found if each.state == "in_force"), found[-1])


def finished(rules: dict[str, Any], number: int) -> dict[str, Any]:
    """A draft as the whole text that people sign, in its one canonical form; Refusal where it is not finished."""
    given = rules.get("effective_from")
    whole = {
        **rules, "definition_id": rules.get("definition_id") or FIRST_NAME, "version": number, "agreed_by": SIGNED,
        "effective_to": None, "effective_from": given or now().replace(microsecond=0).isoformat(),
    }  # fmt: skip
    try:
        definition = Definition.model_validate_json(json.dumps(whole))
    except ValidationError as problem:
        raise Refusal("definition_not_finished", reason=_first(problem)) from problem
    return {**json.loads(definition.canonical_json()), "agreed_by": {}, "effective_to": None}


def unfinished(rules: dict[str, Any]) -> Problem | None:
    """What a draft still lacks before it can be discussed; None where it is whole."""
    try:
        finished(rules, 1)
    except Refusal as refusal:
        return refusal.problem
    return None


def discuss(db: Database, who: Actor, draft_id: str, seen: str) -> str:
    """Puts a draft under discussion, in the whole and with its number; gives the hash that is signed."""
    rules = finished(store.definition_draft(db, draft_id).rules, store.next_version(db))
    return store.put_up(db, who, draft_id, seen, rules)


def copy_to_draft(db: Database, who: Actor, number: int | None = None) -> str:
    """A new draft that begins as a version does, without its number, date and signatures."""
    return store.save_definition(db, who, _open(document(version(db, number).definition)))


def import_draft(db: Database, who: Actor, file: str, text: str) -> str:
    """A definition's JSON as a draft: whoever signed it elsewhere has not signed it here."""
    try:
        rules = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Refusal("not_a_definition", file=file, reason=str(fault)) from fault
    if not isinstance(rules, dict) or "criteria" not in rules:
        raise Refusal("not_a_definition", file=file, reason="criteria")
    return store.save_definition(db, who, _open(rules))


def document(definition: Definition) -> dict[str, Any]:
    """A version as the JSON document that any leadalign takes in, with the very hash that was signed."""
    found: dict[str, Any] = definition.model_dump(mode="json")
    return found


def _begun(db: Database) -> list[tuple[Definition, datetime]]:
    """Each version that can still be read, with the moment it comes in force: never before it was recorded."""
    found = []
    for _, rules, recorded_at in db.rows(FOUND):
        if (definition := readable(rules)) is not None:
            found.append((definition, utc(max(definition.effective_from, recorded_at))))
    return found


def _imported(definition: Definition, at: datetime) -> tuple[Said, ...]:
    """The signatures of a version that came in as a file, as the file tells them."""
    told = definition.agreed_by.items()
    return tuple(Said(person, function, at, definition.sha(), None) for function, person in told)


def _open(rules: dict[str, Any]) -> dict[str, Any]:
    """Rules without what only a signed version has."""
    closed = ("version", "agreed_by", "effective_from", "effective_to")
    return {key: value for key, value in rules.items() if key not in closed}


def _first(problem: ValidationError) -> str:
    """What is wrong first, and where."""
    fault = problem.errors()[0]
    where = ".".join(str(part) for part in fault["loc"])
    return f"{where}: {fault['msg']}" if where else fault["msg"]
