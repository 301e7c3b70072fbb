"""What changed from one version of the definition to another, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from leadalign.ideal_lead import wording
from leadalign.ideal_lead.definition import DIMENSIONS, Criterion, Definition, Language
from leadalign.settings import settings
from leadalign.texts import formats, say

LANGUAGES: tuple[Language, Language] = ("en", "he")


@dataclass(frozen=True)
class Change:
    """One thing that changed: what kind, about what, before and after."""

    kind: str
    about: str
    before: object = None
    after: object = None


def difference(old: Definition, new: Definition) -> tuple[Change, ...]:
    """Every change: criteria added, removed, changed; bands; what becomes of a cell; the date."""
    before = {each.id: each for each in old.criteria}
    after = {each.id: each for each in new.criteria}
    found = [Change("criterion_added", name, None, after[name]) for name in after if name not in before]
    found += [Change("criterion_removed", name, before[name], None) for name in before if name not in after]
    for name in (each for each in after if each in before):
        found += _changed(before[name], after[name])
    found += [
        Change("bands", axis, old, new) for axis in DIMENSIONS if old.bands(axis) != new.bands(axis)
    ]  # fmt: skip
    found += _cells(old, new)
    if old.effective_from != new.effective_from:
        found.append(Change("begins", "", old.effective_from, new.effective_from))
    return tuple(found)


def in_words(change: Change, language: str) -> str:
    """A change as a sentence."""
    before, after = _side(change, change.before, language), _side(change, change.after, language)
    about = change.about
    if change.kind == "bands":
        about = say(f"definition.axes.{change.about}", language)
    elif language == "he":
        about = formats.apart(about)
    return say(f"definition.changes.{change.kind}", language, about=about, before=before, after=after)


def _changed(before: Criterion, after: Criterion) -> Iterator[Change]:
    """What changed about one criterion."""
    if before.expr != after.expr:
        yield Change("criterion_rule", after.id, before, after)
    elif any(wording.sentence(before, each) != wording.sentence(after, each) for each in LANGUAGES):
        yield Change("criterion_wording", after.id, before, after)
    if (before.kind, before.points) != (after.kind, after.points):
        yield Change("criterion_worth", after.id, before, after)
    if before.dimension != after.dimension:
        yield Change("criterion_axis", after.id, before.dimension, after.dimension)


def _cells(old: Definition, new: Definition) -> Iterator[Change]:
    """Cells whose leads go another way; a cell that only one of them has goes none in the other."""
    before, after = cells(old), cells(new)
    for cell in dict.fromkeys((*after, *before)):
        if before.get(cell) != after.get(cell):
            yield Change("cell", cell, before.get(cell), after.get(cell))


def cells(definition: Definition) -> dict[str, str]:
    """Each cell with what becomes of its leads, best first."""
    names = [value + readiness for value, _ in definition.value_bands for readiness, _ in definition.readiness_bands]
    return {cell: definition.route(cell) for cell in names}


def _side(change: Change, side: object, language: str) -> str:
    """One side of a change in words."""
    match change.kind:
        case "criterion_rule" | "criterion_wording" if isinstance(side, Criterion):
            return wording.sentence(side, language)
        case "criterion_worth" if isinstance(side, Criterion):
            return wording.worth(side, language)
        case "criterion_added" | "criterion_removed" if isinstance(side, Criterion):
            told = {"sentence": wording.sentence(side, language), "worth": wording.worth(side, language)}
            return say("definition.changes.line", language, **told)
        case "criterion_axis":
            return say(f"definition.axes.{side}", language)
        case "bands" if isinstance(side, Definition):
            return wording.bands(side, change.about, language)  # type: ignore[arg-type]
        case "cell":
            return say(f"definition.actions.{side}" if side else "definition.changes.absent", language)
        case "begins" if isinstance(side, datetime):
            return formats.day(side.astimezone(ZoneInfo(settings().zone)).date(), language)
    return ""
