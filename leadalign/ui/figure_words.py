"""A figure as words: its value, what it is a part of, how sure it is, whether it moved."""

from collections.abc import Sequence

from leadalign.figures import Figure
from leadalign.metrics import metrics
from leadalign.settings import settings
from leadalign.stats import control
from leadalign.texts import formats, has, say


def name_of(metric: str, language: str) -> str:
    """What the metric is called."""
    return metrics()[metric].label[language]


def value_of(figure: Figure, language: str) -> str:
    """The value in its unit; a dash where there is none."""
    return "–" if figure.value is None else _in_unit(figure.value, figure, language)


def size_of(figure: Figure, language: str) -> str:
    """Part of whole, "362 of 1,340 h", so that no share stands alone; what is missing is said in words."""
    if figure.value is None:
        return say("ui.figure.no_data", language)
    if figure.unit != "share" or figure.part is None or figure.whole is None:
        return ""
    amount = _hours if in_minutes(figure.metric) else _count
    return say(
        "ui.figure.part_of_whole", language, part=amount(figure.part, language), whole=amount(figure.whole, language)
    )


def sureness_of(figure: Figure, language: str) -> str:
    """Between what and what the true value lies, or why nobody can say."""
    key = f"ui.note.{figure.note}"
    note = say(key, language) if figure.note and has(key) else ""
    if figure.low is None or figure.high is None or figure.value is None:
        return note
    low, high = (_in_unit(bound, figure, language) for bound in (figure.low, figure.high))
    between = say("ui.figure.between", language, low=low, high=high)
    return f"{between}, {note}" if note else between


def line_of(figure: Figure, language: str) -> str:
    """Value, size and sureness on one line, for whoever points at a bar or listens to a chart."""
    parts = [value_of(figure, language), size_of(figure, language), sureness_of(figure, language)]
    return ", ".join(part for part in parts if part)


def movement_of(weeks: Sequence[Figure], limits: control.Limits | None) -> tuple[str, str]:
    """Whether the last finished week is news: "signal", "no_change" or "too_early", and on which side it lies."""
    known = [week.value for week in weeks if week.value is not None]
    if limits is None or not known:
        return "too_early", ""
    side = "above" if known[-1] > limits.mean else "below"
    found = any(signal.index == len(known) - 1 for signal in control.signals(known, limits))
    return ("signal", side) if found else ("no_change", "")


def against(figure: Figure, reference: float) -> str:
    """Whether the figure is surely above or below a reference: "above", "below" or "cannot_tell"."""
    if figure.low is None or figure.high is None or figure.low <= reference <= figure.high:
        return "cannot_tell"
    return "above" if figure.low > reference else "below"


def in_minutes(metric: str) -> bool:
    """Whether the share is one of minutes, to be told in hours."""
    return "minutes" in (metrics()[metric].whole or "")


def _in_unit(x: float, figure: Figure, language: str) -> str:
    return formats.in_unit(x, figure.unit, language, settings().currency)


def _hours(x: float, language: str) -> str:
    return formats.minutes_as_hours(x, language)


def _count(x: float, language: str) -> str:
    return formats.number(x, language)
