"""The figures of prediction: did the score tell winners from others, did chances come true, does sales see it alike."""

import statistics
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from leadalign.figures import Figure, Frame, computed_figure
from leadalign.goals import goals_of
from leadalign.metrics import computed
from leadalign.prediction.cases import FACT, Case, Cases, are_few, followed, hand_overs
from leadalign.prediction.criteria import criterion_figures
from leadalign.settings import settings
from leadalign.stats.calibration import calibration
from leadalign.stats.discrimination import Discrimination, auc, wins_at_top
from leadalign.stats.groups import shrunken_shares
from leadalign.stats.intervals import Interval, wilson
from leadalign.stats.judgements import bowker, direction, stuart_maxwell, weighted_kappa
from leadalign.store import Database

NAMES = tuple(name for name, each in computed().items() if each.over == FACT)
NEAR_COIN = 0.1
"""A score that surely lies within this of a coin's .5 predicts nothing worth having (ours)."""
CLASS_PLACE = {"SRL": 0, "NURTURE": 1, "LOW": 2, "UNFIT": 2}
FEWEST_RATED, ENOUGH_RATED = 5, 30
"""With fewer rated hand-overs there is no agreement to speak of; up to the second number its interval is too short."""
Slice = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """What statistics found of some hand-overs."""

    value: float | None = None
    interval: Interval | None = None
    note: str | None = None
    part: float | None = None
    whole: float | None = None
    se: float | None = None
    extra: dict[str, Any] = field(default_factory=dict)


def prediction_figures(
    db: Database, name: str, frame: Frame, by: tuple[str, ...] = (), horizon: int | None = None
) -> list[Figure]:
    """A figure of prediction for each slice of `by`; of `criterion_log_odds` one for each criterion.

    Only hand-overs at least `horizon` days old count (the settings' `maturity_days` where it is not given); hindsight
    is refused a value, for what sales fills in later gives the outcome away.
    """
    found = hand_overs(db, frame, by, name)
    if name == "criterion_log_odds":
        slices = {key: followed(db, frame, rows, horizon) for key, rows in found.items()}
        return [each for key, cases in slices.items() for each in criterion_figures(db, frame, _by(by, key), cases)]
    if name == "class_rating_kappa":
        return [_ratings(db, frame, _by(by, key), rows) for key, rows in found.items()]
    return [_scored(db, frame, _by(by, key), followed(db, frame, rows, horizon), name) for key, rows in found.items()]


def _by(by: tuple[str, ...], key: tuple[Any, ...]) -> Slice:
    return dict(zip(by, key, strict=True))


def _scored(db: Database, frame: Frame, by: Slice, cases: Cases, name: str) -> Figure:
    """A figure of the score, or its counts with the reason why there is no verdict."""
    note, counts = why_not(frame, cases), cases.counts()
    found = Found(note=note) if note else MEASURES[name](db, frame, cases)
    several = found.value is not None and len(counts["versions"]) > 1
    return computed_figure(
        db, name, frame, by, found.value, found.interval, part=found.part, whole=found.whole, se=found.se,
        note=found.note or ("several_versions" if several else None), n=len(cases.cases),
        leads=len({case.lead_id for case in cases.cases}), extra=counts | found.extra,
    )  # fmt: skip


def why_not(frame: Frame, cases: Cases) -> str | None:
    """Why these hand-overs allow no figure."""
    if frame.mode == "hindsight":
        return "leaks_outcome"
    if not cases.cases:
        return "no_data"
    return "too_few" if cases.are_few else None


def _discrimination(db: Database, frame: Frame, cases: Cases) -> Found:
    found = auc(cases.scores, cases.won)
    if found is None or len(set(cases.scores)) == 1:
        return Found(note="no_variation")
    return Found(found.auc, found.interval, se=found.se, extra={"verdict": _verdict(found)})


def _verdict(found: Discrimination) -> str:
    """Whether the score predicts, points the wrong way, is a coin, or nobody can tell it from one.

    A score that parts all rightly has no interval.
    """
    low, high = (found.interval.low, found.interval.high) if found.interval else (found.auc, found.auc)
    if low <= 0.5 <= high:
        return "coin" if max(0.5 - low, high - 0.5) <= NEAR_COIN else "cannot_tell"
    return "predicts" if low > 0.5 else "backwards"


def _at_capacity(db: Database, frame: Frame, cases: Cases) -> Found:
    """Month by month: as many of the best-scored as sales can take, for sales chooses among those it has."""
    by_month: dict[date, list[Case]] = defaultdict(list)
    for case in cases.cases:
        by_month[case.month].append(case)
    wins, taken = 0.0, 0
    for month, those in by_month.items():
        capacity = min(_capacity(db, frame, month), len(those))
        wins += wins_at_top([case.score for case in those], [case.won for case in those], capacity)
        taken += capacity
    base = sum(cases.won) / len(cases.cases)
    return Found(
        wins / taken, wilson(min(wins, taken), taken), "all_taken" if taken == len(cases.cases) else None, wins, taken,
        extra={"base_rate": base, "lift": wins / taken / base, "months": len(by_month)},
    )  # fmt: skip


def _capacity(db: Database, frame: Frame, month: date) -> int:
    """How many leads sales can take in a month: as set, else the goal of sales-ready leads."""
    own = settings().sales_capacity
    if own is not None:
        return own
    goals = [goal.target for goal in goals_of(db, frame, month) if goal.metric == "sales_ready_leads"]
    return max(1, round(goals[0] if goals else settings().sales_ready_goal))


def _calibration(db: Database, frame: Frame, cases: Cases) -> Found:
    """Chances learnt from earlier hand-overs, whose outcome was known by then, and held against later ones."""
    cut = statistics.median_low(case.at for case in cases.cases)
    earlier = [case for case in cases.cases if case.at + timedelta(days=cases.days) <= cut]
    later = [case for case in cases.cases if case.at > cut]
    counts = {"learnt_from": len(earlier), "judged": len(later), "cut_at": cut}
    if are_few([case.won for case in earlier]) or are_few([case.won for case in later]):
        return Found(note="too_few", extra=counts)
    chances = _chances(earlier)
    base = sum(case.won for case in earlier) / len(earlier)
    found = calibration([chances.get(case.cells, base) for case in later], [case.won for case in later])
    if found is None:
        return Found(note="no_data", extra=counts)
    names = ("reliability", "resolution", "uncertainty", "skill", "expected", "observed", "z", "p")
    extra = counts | {name: getattr(found, name) for name in names} | _ends("ratio", found.ratio)
    return Found(found.score, note="no_better_than_base_rate" if (found.skill or 0) <= 0 else None, extra=extra)


def _ends(name: str, interval: Interval | None) -> dict[str, float | None]:
    low, high = (interval.low, interval.high) if interval else (None, None)
    return {f"{name}_low": low, f"{name}_high": high}


def _chances(cases: Sequence[Case]) -> dict[str, float]:
    """What share of each cell was won, small cells drawn towards the whole."""
    wins: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        wins[case.cells].append(case.won)
    shares = shrunken_shares([sum(won) for won in wins.values()], [len(won) for won in wins.values()])
    base = sum(case.won for case in cases) / len(cases)
    plain = {cell: (sum(won) + base) / (len(won) + 1) for cell, won in wins.items()}
    return plain | {cell: group.mean for cell, group in zip(wins, shares or [], strict=False) if group}


def _ratings(db: Database, frame: Frame, by: Slice, found: Sequence[Mapping[str, Any]]) -> Figure:
    """Marketing's class at hand-over against sales' rating: how far alike, and who grades higher."""
    rated = [row for row in found if row["rating"] is not None]
    placed = [(CLASS_PLACE[row["route"]], _rating_place(row["rating"])) for row in rated if row["route"] in CLASS_PLACE]
    table = [[placed.count((i, j)) for j in range(3)] for i in range(3)]
    kappa = weighted_kappa(table)
    note = _rated_note(frame, len(placed), kappa is None)
    shown = kappa if note in (None, "indicative") else None
    counts = {"rated": len(placed), "undetermined": len(rated) - len(placed), "unrated": len(found) - len(rated)}
    return computed_figure(
        db, "class_rating_kappa", frame, by, shown.kappa if shown else None, shown.interval if shown else None,
        n=len(placed), se=shown.se if shown else None, note=note, leads=len({row["lead_id"] for row in rated}),
        extra=counts | _beside(table),
    )  # fmt: skip


def _beside(table: list[list[int]]) -> dict[str, Any]:
    """What stands beside agreement: the table, how often alike, which side is kinder, and could chance do that."""
    way, mirror, used = direction(table), bowker(table), stuart_maxwell(table)
    agreed = sum(table[i][i] for i in range(3))
    return {
        "table": table, "agreed": agreed, **_ends("agreed", wilson(agreed, sum(map(sum, table)))),
        "class_higher": way.higher if way else 0, "class_lower": way.lower if way else 0,
        "p": way.p if way else None, "bowker_p": mirror.p if mirror else None,
        "stuart_maxwell_p": used.p if used else None,
    }  # fmt: skip


def _rating_place(rating: float) -> int:
    """4 and 5 stand for ready, 3 for not yet, 1 and 2 for unfit; between two, the nearer one, a half upwards."""
    return 0 if rating >= 3.5 else 1 if rating >= 2.5 else 2


def _rated_note(frame: Frame, rated: int, nothing_varies: bool) -> str | None:
    if frame.mode == "hindsight":
        return "leaks_outcome"
    if rated < FEWEST_RATED:
        return "too_few" if rated else "no_data"
    if nothing_varies:
        return "no_variation"
    return "indicative" if rated < ENOUGH_RATED else None


MEASURES: dict[str, Callable[[Database, Frame, Cases], Found]] = {
    "definition_auc": _discrimination,
    "definition_precision_at": _at_capacity,
    "definition_brier": _calibration,
}
