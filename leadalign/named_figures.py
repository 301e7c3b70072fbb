"""Every figure by its name, whoever makes it: sums over a fact, goals, the questionnaire, prediction."""

from collections.abc import Sequence

from leadalign import agreement, prediction
from leadalign.figures import Figure, Frame, figures
from leadalign.goals import pace_figures
from leadalign.metrics import metrics
from leadalign.store import Database

OWN_SLICES = ("goal_pace", *agreement.NAMES)
"""Figures by goal or by round, whatever others are sliced by."""


def named_figures(
    db: Database, names: Sequence[str], frame: Frame, by: tuple[str, ...] = (), horizon: int | None = None
) -> list[Figure]:
    """The figures of these names, one after the other, or all of them where none is named."""
    if names:
        return [each for name in names for each in _of(db, name, frame, by, horizon)]
    sliced = [*(name for name, each in metrics().items() if each.over != "work_days"), *prediction.NAMES]
    every = [*((name, by) for name in sliced), *((name, ()) for name in OWN_SLICES)]
    return [each for name, columns in every for each in _of(db, name, frame, columns, horizon)]


def _of(db: Database, name: str, frame: Frame, by: tuple[str, ...], horizon: int | None) -> list[Figure]:
    if name == "goal_pace":
        return pace_figures(db, frame)
    if name in agreement.NAMES:
        return agreement.agreement_figures(db, name, frame, by)
    if name in prediction.NAMES:
        return prediction.prediction_figures(db, name, frame, by, horizon)
    return figures(db, name, frame, by)
