"""Who is who, in people's words: two leads are one, or different after all; a lead is set aside, or counts again."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from leadalign.problems import Refusal
from leadalign.store.database import Database, now
from leadalign.store.people import Actor, audit, require

DUPLICATE_OF = "dup_of:"
LONGEST_REASON = 200
Pair = tuple[str, str]

STANDING = """
SELECT m.lead_id, arg_max(m.reason, m.event_order), arg_max(m.event_id, m.event_order) FROM live.stage_events AS m
ANTI JOIN live.stage_events AS v ON v.voids_event_id = m.event_id
WHERE m.event = 'merged' AND starts_with(m.reason, 'dup_of:')
    AND substr(m.reason, 8) IN (SELECT lead_id FROM live.leads) AND m.lead_id IN (SELECT lead_id FROM live.leads)
GROUP BY m.lead_id
"""
"""The merges that stand, both leads known: which lead, into which, by which event."""


def merge(db: Database, who: Actor, one: str, other: str) -> str:
    """Says that two leads are one; the earliest created speaks for both from now on, and its ID is returned."""
    return merge_all(db, who, [(one, other)])[0]


def merge_all(db: Database, who: Actor, pairs: Sequence[Pair]) -> list[str]:
    """Says of each pair that it is one lead, all of them or none; the survivors' IDs, in the order of the pairs.

    Raises Refusal for a lead that nobody knows, and for two that are one already.
    """
    require(who, "merge_leads")
    with db.writing("stage_events") as writer:
        into = _merged_into(writer)
        created = _created(writer, {lead for pair in pairs for lead in pair})
        return [_merge(writer, who, pair, into, created) for pair in pairs]


def _merge(writer: Any, who: Actor, pair: Pair, into: dict[str, str], created: dict[str, Any]) -> str:
    """One merge: whoever speaks for the later lead becomes a duplicate of whoever speaks for the earlier one."""
    roots = {_root(lead, into) for lead in pair}
    if len(roots) < 2:
        raise Refusal("already_one_lead", one=pair[0], other=pair[1])
    created |= _created(writer, roots - created.keys())
    survivor, duplicate = sorted(roots, key=lambda lead: (created[lead], lead))
    into[duplicate] = survivor
    at = now()
    writer.insert(
        "log.stage_events", event_id=str(uuid.uuid4()), lead_id=duplicate, event="merged", occurred_at=at,
        actor_id=who.person_id, reason=DUPLICATE_OF + survivor, recorded_at=at, recorded_by=who.person_id,
    )  # fmt: skip
    audit(writer, who.person_id, "merge_leads", duplicate=duplicate, survivor=survivor, said_of=pair)
    return survivor


def unmerge(db: Database, who: Actor, lead_id: str) -> None:
    """Takes a merge back: the lead speaks for itself again, with all that was ever its own."""
    require(who, "merge_leads")
    with db.writing("stage_events") as writer:
        found = [event for lead, _, event in writer.run(STANDING) if lead == lead_id]
        if not found:
            raise Refusal("not_merged", lead=lead_id)
        at = now()
        writer.insert(
            "log.stage_events", event_id=str(uuid.uuid4()), lead_id=lead_id, event="withdrawn", occurred_at=at,
            actor_id=who.person_id, voids_event_id=found[0], recorded_at=at, recorded_by=who.person_id,
        )  # fmt: skip
        audit(writer, who.person_id, "unmerge_leads", lead=lead_id, merge=found[0])


def answer_pair(db: Database, who: Actor, one: str, other: str, answer: Literal["different", "later", "open"]) -> None:
    """Says of two leads that they are different people, to be asked later, or (open) takes either word back."""
    require(who, "merge_leads")
    first, second = sorted((one, other))
    with db.writing("pair_answers") as writer:
        _created(writer, {first, second})
        writer.insert(
            "log.pair_answers", event_id=str(uuid.uuid4()), lead_id=first, other_id=second, answer=answer,
            recorded_at=now(), recorded_by=who.person_id,
        )  # fmt: skip
        audit(writer, who.person_id, "answer_pair", one=first, other=second, answer=answer)


def set_aside(db: Database, who: Actor, leads: Iterable[str], reason: str = "by_hand") -> None:
    """Lets leads count in no figure from now on, until somebody releases them."""
    _say_aside(db, who, leads, "set_aside", reason)


def release(db: Database, who: Actor, leads: Iterable[str], reason: str = "by_hand") -> None:
    """Lets leads count, whatever set them aside or listed them; no later upload sets them aside again."""
    _say_aside(db, who, leads, "released", reason)


def _say_aside(db: Database, who: Actor, leads: Iterable[str], event: str, reason: str) -> None:
    require(who, "set_aside")
    chosen = sorted(set(leads))
    with db.writing("aside_events") as writer:
        _created(writer, set(chosen))
        at = now()
        for lead in chosen:
            writer.insert(
                "log.aside_events", event_id=str(uuid.uuid4()), lead_id=lead, event=event,
                reason=reason[:LONGEST_REASON], recorded_at=at, recorded_by=who.person_id,
            )  # fmt: skip
        audit(writer, who.person_id, event, leads=chosen, reason=reason[:LONGEST_REASON])


def _merged_into(writer: Any) -> dict[str, str]:
    """For each duplicate the lead that it was merged into, as it stands now."""
    return {lead: reason.removeprefix(DUPLICATE_OF) for lead, reason, _ in writer.run(STANDING)}


def _root(lead: str, into: dict[str, str]) -> str:
    """The lead that speaks for `lead`; a circle, which only an upload can bring, is not followed twice."""
    passed = {lead}
    while (further := into.get(lead)) is not None and further not in passed:
        passed.add(further)
        lead = further
    return lead


def _created(writer: Any, leads: set[str]) -> dict[str, Any]:
    """When each of the leads was created; raises Refusal for one that nobody knows."""
    found = dict(
        writer.run(
            "SELECT lead_id, arg_min(created_at, event_order) FROM live.leads WHERE list_contains(?, lead_id) "
            "GROUP BY lead_id",
            [sorted(leads)],
        )
    )
    for lead in sorted(leads - found.keys()):
        raise Refusal("unknown_lead", lead=lead)
    return found
