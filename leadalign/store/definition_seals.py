"""Hashes that tie the written definition together: its texts, what people did about it, and the chain of versions."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

ACT = (
    "act", "draft_id", "version", "function", "content", "sha256", "previous", "words", "recorded_at", "recorded_by",
    "batch_id",
)  # fmt: skip
"""What the seal of an act covers, besides its place and the seal before."""
ROW = ("effective_from", "effective_to", "signed_marketing", "signed_sales", "recorded_at", "recorded_by", "batch_id")
"""What a version's link covers, besides its rules and their hash."""
LINK = (
    "place", "version_order", "definition_id", "version", "draft_id", "sha256", "rules_sha256", "row_sha256",
    "previous",
)  # fmt: skip
"""What the chain hash of a link covers."""
NOT_SIGNED = ("agreed_by", "effective_to")
"""What a text cannot hold yet when it is signed: who signs it, and when the next version ends it."""

ACTS = f"SELECT place, seal, {', '.join(ACT)} FROM log.agreement_events ORDER BY place, event_order"
LINKS = f"SELECT {', '.join(LINK)}, chain FROM log.definition_chain ORDER BY place"
VERSIONS = (
    f"SELECT event_order, definition_id, version, rules, sha256, {', '.join(ROW)} "
    "FROM log.definition_versions ORDER BY event_order"
)


def digest(*parts: Any) -> str:
    """SHA-256 of values, each in one unmistakable form; moments count as moments, in whatever zone they are told."""
    told = [part.astimezone(UTC).isoformat() if isinstance(part, datetime) else part for part in parts]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def canonical(rules: dict[str, Any]) -> str:
    """Rules as one text, the same however they were written down."""
    return json.dumps(rules, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(rules: dict[str, Any], without: tuple[str, ...] = NOT_SIGNED) -> str:
    """The hash of a text as people sign it, or of a whole version without its end."""
    told = {key: value for key, value in rules.items() if key not in without}
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def seal_of(act: dict[str, Any], place: int, before: str) -> str:
    """The seal of one act, after the seal before it."""
    return digest(before, place, *(act.get(name) for name in ACT))


def link_of(version: dict[str, Any], place: int, previous: str, draft_id: str | None = None) -> dict[str, Any]:
    """The link of a stored version in the chain, with its chain hash."""
    link = {
        "place": place, "version_order": version["event_order"], "definition_id": version["definition_id"],
        "version": version["version"], "draft_id": draft_id, "sha256": version["sha256"],
        "rules_sha256": digest(version["rules"]), "row_sha256": digest(*(version[name] for name in ROW)),
        "previous": previous,
    }  # fmt: skip
    return {**link, "chain": chain_of(link)}


def chain_of(link: dict[str, Any]) -> str:
    """The hash that stands for a version and all before it."""
    return digest(*(link[name] for name in LINK))
