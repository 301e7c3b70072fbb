"""An unknown file mapped by a person: suggestions by likeness of headers and cells; the mapping becomes a format."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from leadalign.intake.formats import Format
from leadalign.intake.lead_deals import OF_THE_DEAL
from leadalign.intake.targets import FIELDS, kinds, target_fields
from leadalign.intake.typing import attribute_name, same_header
from leadalign.intake.usual import usual
from leadalign.problems import Refusal

GOOD_ENOUGH = 82
HEBREW_ARTICLE = re.compile(r"(?<![^\s/(])ה(?=[א-ת]{2})")
ONE_OF: dict[str, list[set[str]]] = {
    "leads": [{"lead_id", "email", "phone", "name", "last_name"}],
    "deals": [{"lead_id", "deal_id", "contact", "company", "email"}, {"opened_at", "won_at", "lost_at", "closed_at"}],
    "people": [{"person_id", "name", "last_name"}],
}
"""Of these columns each record needs one."""
KEY_MADE_FROM = ("created_at", "email", "name", "first_name", "last_name")
"""What a lead's key is made of in a table that has no IDs, as most tables kept by hand: what hardly ever changes."""
LOOKS = {
    "instant": r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}|\d{1,2}[ -]\w{3}|\w{3,9} \d{1,2}",
    "amount": r"[-(]?[$€£₪R ]*\d[\d., ]*[KMkm]?",
    "email": r"[^@\s]+@[^@\s]+\.\w+",
}


@cache
def synonyms() -> dict[str, dict[str, tuple[str, ...]]]:
    """For each kind and column of ours the headers that people and CRMs write, English and Hebrew."""
    text = (Path(__file__).parent / "synonyms.toml").read_text(encoding="utf-8")
    return {
        kind: {target: tuple(same_header(word) for word in words) for target, words in block.items()}
        for kind, block in tomllib.loads(text).items()
    }


def suggest(
    header: Sequence[str], preview: Sequence[Sequence[str]], kind: str | None = None
) -> tuple[str, dict[str, str]]:
    """(kind, {our column: the file's column}): the likeliest mapping, of the likeliest kind where none is given."""
    tried = {one: _mapping(header, preview, one) for one in ([kind] if kind else kinds())}
    best = max(tried, key=lambda one: _worth(one, tried[one]))
    return best, {target: column for target, (column, _) in tried[best].items()}


def _worth(kind: str, found: dict[str, tuple[str, float]]) -> tuple[float, float]:
    """How much of what it needs a kind finds in a file, and how well its own columns fit."""
    needed = [{field.name} for field in target_fields(kind) if field.required] + ONE_OF.get(kind, [])
    have = sum(1 for names in needed if names & set(found))
    own = (score for target, (_, score) in found.items() if kind != "leads" or target not in OF_THE_DEAL)
    return (have / len(needed), sum(own))


def _mapping(header: Sequence[str], preview: Sequence[Sequence[str]], kind: str) -> dict[str, tuple[str, float]]:
    """The best pairs first, each column and each target used once."""
    scores = []
    for place, column in enumerate(header):
        cells = [
            row[place].strip() for row in preview if place < len(row) and row[place].strip() and row[place] != column
        ]
        for field in FIELDS[kind]:
            score = _likeness(column, kind, field.name)
            if score >= GOOD_ENOUGH and _could_be(field.type, field.name, cells):
                scores.append((score, -place, field.name, column))
    found: dict[str, tuple[str, float]] = {}
    for score, _, target, column in sorted(scores, reverse=True):
        if target not in found and column not in {used for used, _ in found.values()}:
            found[target] = (column, score)
    return found


def _likeness(column: str, kind: str, target: str) -> float:
    words = same_header(column).replace("_", " ")
    names = (target.replace("_", " "), *synonyms().get(kind, {}).get(target, ()))
    best = process.extractOne(words, names, scorer=fuzz.token_sort_ratio)
    bare = process.extractOne(_bare(words), [_bare(name) for name in names], scorer=fuzz.token_sort_ratio)
    return max((found[1] for found in (best, bare) if found), default=0.0)


def _bare(words: str) -> str:
    """Hebrew words without the article: מקור הליד and מקור ליד are one header."""
    return HEBREW_ARTICLE.sub("", words)


def _could_be(field_type: str, target: str, cells: Sequence[str]) -> bool:
    """Whether most of the cells seen look like what the target holds; no cells seen say nothing against it."""
    looks = LOOKS.get(
        "email" if target == "email" else "amount" if field_type in ("amount", "minutes", "whole") else field_type
    )
    if looks is None or not cells:
        return True
    return sum(1 for cell in cells if re.match(looks, cell) or cell.isdigit()) * 2 >= len(cells)


def build_format(
    name: str, kind: str, mapping: Mapping[str, str], *,
    date_order: str | None = None, date_orders: Mapping[str, str] | None = None,
    decimal: str | None = None, spaces: Sequence[str] = (), values: Mapping[str, Mapping[str, str]] | None = None,
    readiness: Mapping[str, str] | None = None, constants: Mapping[str, str] | None = None,
) -> Format:  # fmt: skip
    """A person's mapping as a format, recognised by the mapped columns; Refusal where a needed one is missing."""
    own = {*mapping, *(constants or {})}
    missing = [field.name for field in target_fields(kind) if field.required and field.name not in own]
    missing += [min(names) for names in ONE_OF.get(kind, []) if not names & set(mapping)]
    if missing:
        raise Refusal("mapping_incomplete", columns=", ".join(missing), kind=kind)
    settled = {
        "name": name, "kind": kind, "system": attribute_name(name),
        "recognised_by": tuple(dict.fromkeys(mapping.values())),
        "columns": dict(mapping), "date_order": date_order, "date_orders": dict(date_orders or {}), "decimal": decimal,
        "spaces": tuple(spaces), "values": {key: dict(value) for key, value in (values or {}).items()},
        "readiness": {"status": dict(readiness or {}), "stage": usual("lifecycle") if "stage" in mapping else {}},
        "constants": dict(constants or {}),
    }  # fmt: skip
    if kind == "leads" and "lead_id" not in mapping:
        made_from = tuple(name for name in KEY_MADE_FROM if name in mapping)
        settled["made_from"] = made_from if len(made_from) > 1 else (*made_from, "phone")
    return Format.model_validate(settled)
