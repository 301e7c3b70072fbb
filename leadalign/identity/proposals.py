"""Two leads that may be one: how sure that is, and by what; nobody merges them but a person."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from leadalign import facts
from leadalign.identity.similar import similar_names
from leadalign.measure import Frame, viewpoint
from leadalign.store import Database

STRENGTHS = ("sure", "likely", "possible")


@dataclass(frozen=True)
class Proposal:
    """The lead that came first, the one that may be it again, how sure that is in a word, and the evidence's codes."""

    first_id: str
    second_id: str
    strength: str
    evidence: tuple[str, ...]
    across_systems: bool = False
    put_off: bool = False
    """Whether somebody said "later" of it."""


@dataclass(frozen=True)
class Sides:
    """Two leads side by side, each as it is known, with how much hangs on each."""

    first: dict[str, Any]
    second: dict[str, Any]


def proposals(db: Database, strength: str | None = None) -> list[Proposal]:
    """All pairs that wait for a person's word, the surest first, those put off last; one strength alone if asked."""
    found = [*_by_keys(db), *_by_similar_names(db)]
    chosen = [each for each in found if strength in (None, each.strength)]
    return sorted(chosen, key=lambda p: (p.put_off, STRENGTHS.index(p.strength), p.first_id, p.second_id))


def strengths(db: Database) -> dict[str, int]:
    """How many pairs wait, by how sure they are."""
    found = Counter(each.strength for each in proposals(db))
    return {strength: found[strength] for strength in STRENGTHS}


def proposed_in(db: Database, batch_id: str) -> int:
    """How many pairs wait of which a lead came in by this upload."""
    rows = db.rows("SELECT lead_id FROM live.leads WHERE batch_id = ?", [batch_id])
    new = {row[0] for row in rows}
    return sum(bool(new & {each.first_id, each.second_id}) for each in proposals(db)) if new else 0


def told_of(db: Database, batch_id: str) -> dict[str, int]:
    """What an upload brought that a person should look at: leads set aside, leads listed, pairs that may be one."""
    found = dict(db.rows("SELECT event, count(*) FROM live.aside_events WHERE batch_id = ? GROUP BY event", [batch_id]))
    pairs = proposed_in(db, batch_id)
    return {"set_aside": found.get("set_aside", 0), "listed": found.get("listed", 0), "duplicates": pairs}


def side_by_side(db: Database, proposal: Proposal) -> Sides:
    """Both leads of a proposal with their steps, activities and ratings counted."""
    both = {row["lead_id"]: row for row in _leads(db, [proposal.first_id, proposal.second_id])}
    return Sides(both[proposal.first_id], both[proposal.second_id])


def _leads(db: Database, leads: list[str]) -> list[dict[str, Any]]:
    known = _relation(db, "every_lead")
    counts = ", ".join(
        f"(SELECT count(*) FROM {_relation(db, name)} AS x JOIN {known} AS y ON y.lead_id = x.lead_id "
        f"WHERE y.survivor_id = l.lead_id) AS {name}"
        for name in ("activities", "ratings")
    )
    return db.records(
        "SELECT l.lead_id, l.name, l.company, l.email, l.phone, l.system, l.source, l.campaign, l.created_at, "
        f"{counts} FROM {known} AS l WHERE list_contains($leads, l.lead_id)",
        {"leads": leads},
    )


def _by_keys(db: Database) -> list[Proposal]:
    """Pairs that share an address, a number, or a name at one company."""
    found = db.rows(
        "SELECT first_id, second_id, strength, evidence, is_across_systems, is_later "
        f"FROM {_relation(db, 'duplicate_pairs')}"
    )
    return [
        Proposal(one, other, how, tuple(by.split("|")), across, later) for one, other, how, by, across, later in found
    ]


def _by_similar_names(db: Database) -> list[Proposal]:
    """Pairs whose names are nearly alike at one company, and which no key ties; the earlier lead first."""
    known = {frozenset((each.first_id, each.second_id)) for each in _by_keys(db)}
    verdicts = {
        frozenset(row[:2]): row[2:]
        for row in db.rows(f"SELECT one_id, other_id, is_different, is_later FROM {_relation(db, 'pair_verdicts')}")
    }
    near = [each for each in similar_names(db, _relation(db, "name_neighbours")) if frozenset(each[:2]) not in known]
    order = _order(db, {lead for each in near for lead in each[:2]})
    found = []
    for one, other, evidence in near:
        different, later = verdicts.get(frozenset((one, other)), (False, False))
        first, second = sorted((one, other), key=lambda lead: order[lead][:2])
        across = order[first][2] != order[second][2]
        if not different:
            found.append(replace(Proposal(first, second, "possible", evidence, across), put_off=later))
    return found


def _order(db: Database, leads: set[str]) -> dict[str, tuple[Any, str, str]]:
    """When each of the leads was created, its ID and its system."""
    rows = db.rows(
        f"SELECT lead_id, created_at, system FROM {_relation(db, 'every_lead')} WHERE list_contains($leads, lead_id)",
        {"leads": sorted(leads)},
    )
    return {lead: (created, lead, system) for lead, created, system in rows}


def _relation(db: Database, name: str) -> str:
    return facts.table(db, name, viewpoint(db, Frame()))
