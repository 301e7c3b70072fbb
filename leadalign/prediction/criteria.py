"""Which criterion goes with winning: leads that met it at hand-over against those that did not, alone and together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from leadalign.figures import Figure, Frame, computed_figure
from leadalign.ideal_lead.classes import judge_moments, schedule
from leadalign.ideal_lead.definition import Definition
from leadalign.ideal_lead.intervals import Mode
from leadalign.measure import viewpoint
from leadalign.prediction.cases import Cases
from leadalign.stats.criteria import LogOdds, TwoByTwo, benjamini_hochberg, firth, met_against_unmet
from leadalign.store import Database

NAME = "criterion_log_odds"
NEWS = 0.10
"""Of the criteria called news, at most this share is expected to be called so by luck (methods.md 0.5)."""


@dataclass(frozen=True)
class Answered:
    """For one criterion: of each hand-over whether it was met (None: nobody knew), and its table against winning."""

    met: tuple[bool | None, ...]
    table: TwoByTwo
    unknown: int
    unknown_won: int


def criterion_figures(db: Database, frame: Frame, by: dict[str, Any], cases: Cases) -> list[Figure]:
    """A figure for each criterion of the definition in force at the frame's instant (or of the version asked for).

    Each is judged by what was known when the lead was handed over.
    """
    definition = _definition(db, frame)
    answers = _answers(db, definition, cases)
    told = {name: _told(given, cases.won) for name, given in answers.items()}
    tested = [name for name, each in told.items() if each.table.p is not None]
    chances = [each.table.p for each in told.values() if each.table.p is not None]
    raised = dict(zip(tested, benjamini_hochberg(chances), strict=True))
    together = {} if cases.are_few else _together(told, tested, cases.won)
    return [
        _figure(db, frame, by | {"criterion": name}, cases, each, definition, raised, together.get(name))
        for name, each in told.items()
    ]


def _definition(db: Database, frame: Frame) -> Definition:
    return Mode.of(frame.mode).definition(schedule(db), viewpoint(db, frame).as_of)


def _answers(db: Database, definition: Definition, cases: Cases) -> dict[str, list[bool | None]]:
    """What each criterion answered of each hand-over."""
    judged = judge_moments(db, [(case.lead_id, case.at) for case in cases.cases], definition)
    nobody_knew = (None,) * len(definition.criteria)
    rows = [each.answers if each else nobody_knew for each in judged]
    return {criterion.id: [row[place] for row in rows] for place, criterion in enumerate(definition.criteria)}


def _told(met: Iterable[bool | None], won: Iterable[bool]) -> Answered:
    pairs = list(zip(met, won, strict=True))
    sides = {side: [is_won for answer, is_won in pairs if answer is side] for side in (True, False, None)}
    yes, no, unknown = sides[True], sides[False], sides[None]
    table = met_against_unmet(sum(yes), len(yes), sum(no), len(no))
    return Answered(tuple(answer for answer, _ in pairs), table, len(unknown), sum(unknown))


def _together(told: Mapping[str, Answered], tested: list[str], won: list[bool]) -> dict[str, LogOdds]:
    """Each criterion beside all others; that nobody knew is a column of its own, and never a no."""
    columns: list[list[float]] = []
    place: dict[str, int] = {}
    for name in tested:
        place[name] = len(columns)
        columns.append([float(answer is True) for answer in told[name].met])
        if told[name].unknown:
            columns.append([float(answer is None) for answer in told[name].met])
    found = firth(list(zip(*columns, strict=True)), won) if columns else None
    return {name: found[at] for name, at in place.items()} if found else {}


def _figure(
    db: Database, frame: Frame, by: dict[str, Any], cases: Cases, each: Answered, definition: Definition,
    raised: Mapping[str, float], together: LogOdds | None,
) -> Figure:  # fmt: skip
    """One criterion's figure, with its counts whatever they allow to say."""
    table, adjusted = each.table, raised.get(by["criterion"])
    note = _note(frame, cases, table, adjusted)
    found = table.log_odds if note in ("news", "could_be_chance") else None
    extra = cases.counts() | {
        "met": table.met, "met_won": table.met_won, "unmet": table.unmet, "unmet_won": table.unmet_won,
        "unknown": each.unknown, "unknown_won": each.unknown_won, "version": definition.version,
    }  # fmt: skip
    if found:
        beside = together and {"value": together.beta, "low": together.interval.low, "high": together.interval.high}
        extra |= {"p": table.p, "p_adjusted": adjusted, "tested": len(raised), "beside_the_others": beside}
    return computed_figure(
        db, NAME, frame, by, found.beta if found else None, found.interval if found else None,
        se=found.se if found else None, n=table.met + table.unmet, note=note,
        leads=len({case.lead_id for case in cases.cases}), extra=extra,
    )  # fmt: skip


def _note(frame: Frame, cases: Cases, table: TwoByTwo, adjusted: float | None) -> str:
    """What the criterion's table allows to say."""
    if frame.mode == "hindsight":
        return "leaks_outcome"
    if not cases.cases:
        return "no_data"
    if cases.are_few:
        return "too_few"
    if table.log_odds is None or adjusted is None:
        return "no_variation"
    return "news" if adjusted <= NEWS else "could_be_chance"
