"""Whether the written definition is still what people signed: every version, every signature, every byte."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from leadalign.store.definition_seals import ACTS, LINKS, VERSIONS, chain_of, hash_of, link_of, seal_of

Read = Callable[[str], list[dict[str, Any]]]
MUST_SIGN = ("marketing", "sales")
ANCHORS = "SELECT details FROM log.audit WHERE action = 'definition' ORDER BY event_order"


@dataclass(frozen=True)
class Tampered:
    """One thing that is not as it was written: what (a code with words in texts/definition.toml), of which version."""

    code: str
    version: int | None = None
    act: str | None = None
    person: str | None = None
    at: datetime | None = None


def tampering(read: Read) -> tuple[Tampered, ...]:
    """Everything about the definition that was changed past the program; nothing where all is as it was signed."""
    acts, links = read(ACTS), read(LINKS)
    versions = {row["event_order"]: row for row in read(VERSIONS)}
    found = [
        *_versions(links, versions),
        *_acts(acts),
        *_signatures(acts, links, versions),
        *_cut_off(read(ANCHORS), acts, links),
    ]
    return tuple(dict.fromkeys(found))


def _versions(links: list[dict[str, Any]], versions: dict[int, dict[str, Any]]) -> Iterator[Tampered]:
    """The stored versions held against their links, and the links against each other."""
    for link in links:
        stored = versions.get(link["version_order"])
        if chain_of(link) != link["chain"]:
            yield Tampered("link", link["version"])
        if stored is None:
            yield Tampered("version_missing", link["version"])
        else:
            yield from _version(stored, link)
    place, ends = 0, {""}
    for link in links:
        if link["place"] != place + 1 or link["previous"] not in ends:
            yield Tampered("link_missing", link["version"])
        place, ends = link["place"], {link["chain"], chain_of(link)}
    linked = {link["version_order"] for link in links}
    yield from (Tampered("version_added", row["version"]) for order, row in versions.items() if order not in linked)


def _version(stored: dict[str, Any], link: dict[str, Any]) -> Iterator[Tampered]:
    """One stored version held against its link, part by part."""
    now = link_of(stored, link["place"], link["previous"], link["draft_id"])
    parts = {"rules_sha256": "rules", "sha256": "hash", "row_sha256": "row", "version": "row", "definition_id": "row"}
    yield from (Tampered(code, link["version"]) for name, code in parts.items() if now[name] != link[name])


def _acts(acts: list[dict[str, Any]]) -> Iterator[Tampered]:
    """What people did, each act held against its seal; one that is not there leaves a gap."""
    place, ends = 0, {""}
    for act in acts:
        seals = {seal_of(act, act["place"], end) for end in ends}
        if act["place"] != place + 1:
            yield _about("act_missing", act)
        elif act["seal"] not in seals:
            yield _about("act", act)
        place, ends = act["place"], {act["seal"], *seals}


def _about(code: str, act: dict[str, Any]) -> Tampered:
    return Tampered(code, act["version"], act["act"], act["recorded_by"], act["recorded_at"])


def _signatures(
    acts: list[dict[str, Any]], links: list[dict[str, Any]], versions: dict[int, dict[str, Any]]
) -> Iterator[Tampered]:
    """A version that was signed here needs a signature of each function, under its very text and its very place."""
    for link in links:
        stored = versions.get(link["version_order"])
        if link["draft_id"] is None or stored is None:
            continue
        signed = {
            (act["function"], act["recorded_by"], act["sha256"], act["previous"])
            for act in acts
            if act["act"] == "signed" and act["draft_id"] == link["draft_id"]
        }
        text = _hash_of_text(stored["rules"])
        for function in MUST_SIGN:
            if (function, stored[f"signed_{function}"], text, link["previous"]) not in signed:
                yield Tampered(f"not_signed_by_{function}", link["version"])


def _hash_of_text(rules: str) -> str:
    """The hash that people signed; nothing for rules that are no longer JSON."""
    try:
        return hash_of(json.loads(rules))
    except (ValueError, AttributeError, RecursionError):
        return ""


def _cut_off(
    anchors: Iterable[dict[str, Any]], acts: list[dict[str, Any]], links: list[dict[str, Any]]
) -> Iterator[Tampered]:
    """What the audit trail knows of and is there no more, also where it was the last in its row."""
    there = {act["seal"] for act in acts} | {link["chain"] for link in links} | {chain_of(link) for link in links}
    for before, act in pairwise([{"seal": ""}, *acts]):
        there.add(seal_of(act, act["place"], before["seal"]))
    for anchor in anchors:
        try:
            told = json.loads(anchor["details"])
        except ValueError:
            told = {}
        if told.get("hash") not in there:
            yield Tampered("cut_off", told.get("version"), told.get("act"))
