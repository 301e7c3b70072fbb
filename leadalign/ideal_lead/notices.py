"""Why the definition asks to be looked at: nobody did for long, people differ, leads cannot be judged, or tampering."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadalign.ideal_lead.known import utc
from leadalign.ideal_lead.versions import Version
from leadalign.problems import Problem
from leadalign.settings import settings
from leadalign.store import Database, Tampered, people
from leadalign.store.database import now
from leadalign.texts import formats, say


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int


def notices(
    found: Version, at: datetime | None = None, disputed: Share | None = None, cannot_judge: Share | None = None
) -> list[Problem]:
    """Why the definition asks to be looked at, as codes with words in texts/definition.toml; else nothing."""
    s, told = settings(), list[Problem]()
    days = (utc(at or now()) - utc(found.looked_at)).days
    if days > s.definition_days:
        told.append(Problem("not_looked_at", {"days": days}))
    for code, share, limit in (
        ("disputed", disputed, s.disputed_limit),
        ("cannot_judge", cannot_judge, s.cannot_judge_limit),
    ):
        if share and share.part > limit * share.whole:
            told.append(Problem(code, {"part": share.part, "whole": share.whole, "limit": limit}))
    return told


def notice_in_words(notice: Problem, language: str) -> str:
    """A notice as a sentence."""
    told: dict[str, Any] = dict(notice.details)
    if "whole" in told:
        told["share"] = formats.percent(told["part"] / told["whole"], language)
        told["limit"] = formats.percent(told["limit"], language)
    return say(f"definition.notices.{notice.code}", language, **told)


def tampering_in_words(tampered: Tampered, language: str, name_of: Callable[[str], str] = str) -> str:
    """What was tampered with, as a sentence that names it."""
    return say(
        f"definition.tampered.{tampered.code}", language,
        version="\u2013" if tampered.version is None else tampered.version,
        act=say(f"definition.acts.{tampered.act or 'unknown'}", language),
        person=formats.apart(name_of(tampered.person or "?")),
        at=formats.moment(tampered.at, settings().zone, language) if tampered.at else "?",
    )  # fmt: skip


def warning(db: Database, language: str) -> str | None:
    """What stands above every page where somebody tampered with the definition; None where all is as it was signed."""
    if not db.tampered:
        return None
    names = {person["person_id"]: person["name"] for person in people(db)}
    told = [tampering_in_words(each, language, lambda one: names.get(one, one)) for each in db.tampered]
    return say("definition.tampered.banner", language, what=" ".join(dict.fromkeys(told)))


def all_as_signed(language: str) -> str:
    """What is said where nobody tampered with anything."""
    return say("definition.tampered.all_well", language)
