"""The chain of signed versions: each link stands for a version and all before it."""

from typing import Any

from leadalign.store.definition_life import head
from leadalign.store.definition_seals import VERSIONS, link_of


def chain_versions(writer: Any, draft_id: str | None = None) -> list[dict[str, Any]]:
    """Links the versions that are stored and not linked yet, in the order of recording, and gives the new links.

    Only the program's own writes call this: a row put in by other means must stay without a link.
    """
    linked = {row[0] for row in writer.run("SELECT version_order FROM log.definition_chain")}
    links = []
    for stored in writer.records(VERSIONS):
        if stored["event_order"] not in linked:
            end = head(writer.records)
            links.append(link_of(stored, end.place + 1, end.chain, draft_id))
            writer.insert("log.definition_chain", **links[-1])
    return links
