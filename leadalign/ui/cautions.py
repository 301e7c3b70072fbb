"""What a check of the data says in words, and the note beside every number that it bends."""

from dataclasses import replace
from typing import Any

from leadalign import data_health
from leadalign.data_health import Finding
from leadalign.figures import Frame
from leadalign.settings import settings
from leadalign.texts import formats
from leadalign.ui.figure_words import value_of
from leadalign.ui.language import language, words
from leadalign.ui.memory import remembered

MOST_NAMED = 2


@remembered
def findings_of(db: Any, frame: Frame) -> tuple[Finding, ...]:
    """Every check over the frame's period."""
    return data_health.findings(db, frame)


@remembered
def found_against(db: Any, metric: str, frame: Frame) -> tuple[Finding, ...]:
    """The checks that a metric rests on and that are not as agreed in this period, the worst first."""
    found = [data_health.finding(db, check, frame) for check in data_health.checks_of(metric)]
    return tuple(data_health.worst_first(found))


def caution_of(metric: str, frame: Frame) -> str:
    """Why to read a number with care, in a sentence or two; empty where everything is as agreed."""
    found = found_against(metric, replace(frame, where=()))[:MOST_NAMED]
    return words("data_health.row.care", problems=" ".join(map(problem_of, found))) if found else ""


def problem_of(finding: Finding) -> str:
    """What is not as agreed, with its number and the agreed one."""
    name = finding.check.name
    return words(
        f"data_health.checks.{name}.problem", value=value_of(finding.figure, language()), limit=limit_of(finding)
    )


def effect_of(finding: Finding) -> str:
    """What that does to the figures."""
    return words(f"data_health.checks.{finding.check.name}.effect")


def limit_of(finding: Finding) -> str:
    """The agreed floor or limit, in the unit of the figure."""
    return formats.in_unit(finding.check.limit, finding.figure.unit, language(), settings().currency)
