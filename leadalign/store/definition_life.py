"""The texts of the written definition, each with its state, signatures and dissent, folded from what was done."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

State = Literal["draft", "discussed", "signed", "overtaken", "withdrawn"]
Read = Callable[[str], list[dict[str, Any]]]
"""Reads rows as dictionaries, outside a transaction or within one."""

HEAD = "SELECT place, chain, version, draft_id FROM log.definition_chain ORDER BY place DESC LIMIT 1"
DONE = "SELECT * FROM live.agreement_events ORDER BY place"


@dataclass(frozen=True)
class Said:
    """A signature or a dissent: who, for which function, when, about which text in which place of the chain."""

    person_id: str
    function: str | None
    at: datetime
    sha256: str | None
    previous: str | None
    words: str = ""


@dataclass(frozen=True)
class DefinitionDraft:
    """One text on its way from a draft to a version, or to nowhere."""

    draft_id: str
    state: State
    rules: dict[str, Any]
    sha256: str
    """The hash of the text, which people see and sign."""
    saved_at: datetime
    saved_by: str
    version: int | None = None
    """The number that it has since it was put under discussion."""
    previous: str | None = None
    """The chain hash of the version that it follows."""
    discussed_at: datetime | None = None
    signatures: tuple[Said, ...] = ()
    dissent: tuple[Said, ...] = field(default=())

    @property
    def functions(self) -> frozenset[str]:
        """The functions that signed."""
        return frozenset(each.function for each in self.signatures if each.function)


@dataclass(frozen=True)
class Head:
    """The last link of the chain of versions; before the first version nothing."""

    place: int = 0
    chain: str = ""
    version: int = 0
    draft_id: str | None = None


def head(read: Read) -> Head:
    """Where the chain of versions ends."""
    found = read(HEAD)
    return Head(**found[0]) if found else Head()


def drafts(read: Read) -> list[DefinitionDraft]:
    """Every text that was ever written down here, the one touched last at the end."""
    texts: dict[str, DefinitionDraft] = {}
    for act in read(DONE):
        draft_id = act["draft_id"]
        if draft_id and (draft_id in texts or act["act"] == "saved"):
            texts[draft_id] = _after(texts.pop(draft_id, None), act)
    chained = {row["draft_id"] for row in read("SELECT draft_id FROM log.definition_chain")}
    end = head(read).chain
    return [_now(text, text.draft_id in chained, end) for text in texts.values()]


def dissent_by_version(read: Read) -> dict[int, tuple[Said, ...]]:
    """All that was ever said against each version, or against the text that became it, in the order it was said."""
    numbers = {each.draft_id: each.version for each in drafts(read)}
    found: dict[int, tuple[Said, ...]] = {}
    for act in read(DONE):
        number = numbers.get(act["draft_id"], act["version"])
        if act["act"] == "dissented" and number is not None:
            found[number] = (*found.get(number, ()), _said(act))
    return found


def looks_by_version(read: Read) -> dict[int, datetime]:
    """When somebody last said of each version that it still holds; nothing where nobody did."""
    return {act["version"]: act["recorded_at"] for act in read(DONE) if act["act"] == "looked_at"}


def _after(text: DefinitionDraft | None, act: dict[str, Any]) -> DefinitionDraft:
    """A text after one more act."""
    if text is None or act["act"] == "saved":
        new = DefinitionDraft(
            act["draft_id"], "draft", _rules(act["content"]), act["sha256"], act["recorded_at"], act["recorded_by"]
        )
        return replace(new, dissent=text.dissent) if text else new
    if act["act"] == "put_up":
        return replace(
            text, state="discussed", rules=_rules(act["content"]), sha256=act["sha256"], version=act["version"],
            previous=act["previous"], discussed_at=act["recorded_at"], signatures=(),
        )  # fmt: skip
    if act["act"] == "signed":
        return replace(text, signatures=(*text.signatures, _said(act)))
    if act["act"] == "dissented":
        return replace(text, dissent=(*text.dissent, _said(act)))
    return replace(text, state="withdrawn") if act["act"] == "withdrawn" else text


def _now(text: DefinitionDraft, chained: bool, end: str) -> DefinitionDraft:
    """A text with what became of it through others: signed by all who must, or overtaken by another version."""
    if chained:
        return replace(text, state="signed")
    if text.state == "discussed" and text.previous != end:
        return replace(text, state="overtaken")
    return text


def _said(act: dict[str, Any]) -> Said:
    return Said(
        act["recorded_by"], act["function"], act["recorded_at"], act["sha256"], act["previous"], act["words"] or ""
    )


def _rules(content: str | None) -> dict[str, Any]:
    """The rules of a text; none where somebody broke them past the program, which is told elsewhere."""
    try:
        found = json.loads(content or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
