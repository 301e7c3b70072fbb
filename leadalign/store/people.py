"""Who writes: people with a function and a role, and what each role may do."""

import json
import re
from dataclasses import dataclass
from typing import Any

from leadalign.problems import Refusal
from leadalign.store.database import Database, now

EVERYONE = frozenset({"executive", "marketing", "sales", "sales_manager", "analyst", "administrator"})
ALLOWED = {
    "rate_lead": frozenset({"sales", "sales_manager"}),
    "import": frozenset({"analyst", "administrator", "marketing", "sales_manager"}),
    "undo": frozenset({"analyst", "administrator", "marketing", "sales_manager"}),
    "save_format": frozenset({"analyst", "administrator", "marketing", "sales_manager"}),
    "merge_leads": frozenset({"analyst", "administrator", "marketing", "sales_manager"}),
    "set_aside": frozenset({"analyst", "administrator", "marketing", "sales_manager"}),
    "replace_demo": EVERYONE,
    "write_definition": EVERYONE,
    "dissent": EVERYONE,
    "look_at_definition": frozenset({"executive", "marketing", "sales", "sales_manager"}),
    "sign_definition": frozenset({"executive", "marketing", "sales", "sales_manager"}),
}
ROLE_OF_FUNCTION = {"marketing": "marketing", "sales": "sales", "management": "executive", "other": "analyst"}


@dataclass(frozen=True)
class Actor:
    """A person who writes: who, of which function, in which role."""

    person_id: str
    name: str
    function: str
    role: str

    def may(self, action: str) -> bool:
        """Whether this person's role allows `action`."""
        return self.role in ALLOWED[action]


COMMAND_LINE = Actor("command-line", "command line", "other", "administrator")
INBOX = Actor("inbox", "inbox", "other", "administrator")


def require(who: Actor, action: str) -> None:
    """Raises Refusal where the actor's role does not allow `action`."""
    if not who.may(action):
        raise Refusal("not_allowed", person=who.name, action=action, roles=", ".join(sorted(ALLOWED[action])))


def people(db: Database) -> list[dict[str, Any]]:
    """Everybody known, as last recorded, by function and name."""
    return db.records(
        "SELECT person_id, name, email, function, role, team FROM ("
        "SELECT *, row_number() OVER (PARTITION BY person_id ORDER BY event_order DESC) AS position FROM live.people) "
        "WHERE position = 1 ORDER BY function, name"
    )


def actor(db: Database, person_id: str | None) -> Actor:
    """The person of that ID as one who writes; raises Refusal where nobody has it or the function is not known."""
    if person_id in (None, COMMAND_LINE.person_id):
        return COMMAND_LINE
    for person in people(db):
        if person["person_id"] == person_id and person["function"]:
            role = person["role"] or ROLE_OF_FUNCTION[person["function"]]
            return Actor(person["person_id"], person["name"], person["function"], role)
    raise Refusal("unknown_person", person=person_id)


def register_person(db: Database, name: str, function: str, role: str | None = None) -> Actor:
    """Writes down who somebody says they are, on their own machine where nobody signs in."""
    name = name.strip()
    if not name or function not in ROLE_OF_FUNCTION:
        raise Refusal("person_incomplete")
    role = role if role in EVERYONE else ROLE_OF_FUNCTION[function]
    taken = {person["person_id"] for person in people(db)} | {COMMAND_LINE.person_id, INBOX.person_id}
    stem = re.sub(r"\W+", "-", name.casefold()).strip("-") or "person"
    person_id = next(i for i in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if i not in taken)
    with db.writing("people") as writer:
        writer.insert(
            "log.people",
            person_id=person_id,
            name=name[:200],
            function=function,
            role=role,
            recorded_at=now(),
            recorded_by=person_id,
        )
        audit(writer, person_id, "register_person", name=name[:200], function=function, role=role)
    return Actor(person_id, name[:200], function, role)


def audit(writer: Any, person_id: str, action: str, **details: Any) -> None:
    """One line in the audit trail, in the transaction of the write that it tells of."""
    told = json.dumps(details, ensure_ascii=False, default=str)
    writer.insert("log.audit", recorded_at=now(), recorded_by=person_id, action=action, details=told)
