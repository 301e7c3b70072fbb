"""Do two functions mean the same: agreement inside each, across them, and the items on which they stand apart."""

import itertools
import math
import random
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from leadalign.stats.agreement import Answers, alpha

ALL_WAYS = 20_000  # up to so many ways to deal the functions out, all are tried; above, so many at random
SEED, ROUNDING = 20260101, 1e-9


@dataclass(frozen=True)
class TwoFunctions:
    """Agreement of everybody, inside each function, and across them, all against one expected disagreement.

    `gap` estimates the mean squared distance between the two functions' averages, without the part that comes from
    people of one function differing among themselves; it may come out below zero when there is none.
    `disagreements` and `shares` (of the weight) are those within the first, within the second, and across.
    """

    alpha: float
    first: float | None
    second: float | None
    cross: float | None
    gap: float | None
    expected: float
    answers: int
    disagreements: tuple[float | None, float | None, float | None]
    shares: tuple[float, float, float]


@dataclass(frozen=True)
class ItemGap:
    """One item: how far the functions stand apart, how far people inside each do, and the two averages."""

    item: int
    between: float
    within: float
    first: float
    second: float


def two_functions(items: Answers, function: Mapping[str, str], first: str, second: str) -> TwoFunctions | None:
    """Agreement within `first`, within `second` and across, and the gap between them; None as in `alpha`.

    Interval scale. Each pair of answers to an item weighs 1 / (answers to it - 1), as in alpha itself, so that the
    three parts make up the whole exactly, also when answers are missing.
    """
    items = [{who: value for who, value in item.items() if function.get(who) in (first, second)} for item in items]
    whole = alpha(items)
    if whole is None:
        return None
    sums, weights = _parts(items, function, first)
    parts = [total / weight if weight else None for total, weight in zip(sums, weights, strict=True)]
    within, other, cross = (None if part is None else 1 - part / whole.expected for part in parts)
    a, b, c = (weight / whole.answers for weight in weights)
    gaps = [gap.between for gap in item_gaps(items, function, first, second)]
    return TwoFunctions(
        whole.alpha, within, other, cross, statistics.fmean(gaps) if gaps else None, whole.expected, whole.answers,
        (parts[0], parts[1], parts[2]), (a, b, c),
    )  # fmt: skip


def _parts(items: Answers, function: Mapping[str, str], first: str) -> tuple[list[float], list[float]]:
    """Sums and weights of disagreement over pairs of people: within the first function, the second, and across."""
    sums, weights = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
    for item in items:
        for (one, a), (other, b) in itertools.combinations(item.items(), 2):
            of_first = (function[one] == first) + (function[other] == first)
            part, weight = (1, 2, 0)[of_first], 2 / (len(item) - 1)
            sums[part] += weight * (a - b) ** 2
            weights[part] += weight
    return sums, weights


def item_gaps(items: Answers, function: Mapping[str, str], first: str, second: str) -> list[ItemGap]:
    """The items by how far the functions stand apart on them, widest first: what to discuss first.

    Only items with two answers of each function. `between` is an unbiased estimate of the squared difference of the
    two averages, so it may lie below zero.
    """
    found = []
    for number, item in enumerate(items):
        ours, theirs = ([value for who, value in item.items() if function.get(who) == each] for each in (first, second))
        if len(ours) > 1 and len(theirs) > 1:
            spread, other = statistics.variance(ours), statistics.variance(theirs)
            means = statistics.fmean(ours), statistics.fmean(theirs)
            apart = (means[0] - means[1]) ** 2 - spread / len(ours) - other / len(theirs)
            found.append(ItemGap(number, apart, spread + other, *means))
    return sorted(found, key=lambda gap: -gap.between)


def chance_of_gap(items: Answers, function: Mapping[str, str], first: str, second: str) -> float | None:
    """How often a gap this wide would come about if the functions were dealt out to these people blindly.

    Permutation test over all ways to deal them out (20,000 at random where there are more). Its smallest possible
    value is 2 / 20 with three people in each function, 2 / 70 with four. None where there is no gap to speak of.
    """
    people = sorted({who for item in items for who in item if function.get(who) in (first, second)})
    size = sum(function[who] == first for who in people)
    if not 0 < size < len(people):
        return None
    seen, *dealt = _gaps(items, people, [[function[who] == first for who in people], *_deals(len(people), size)])
    possible = [gap for gap in dealt if not math.isnan(gap)]
    if math.isnan(seen) or not possible:
        return None
    return sum(gap >= seen - ROUNDING for gap in possible) / len(possible)


def _deals(people: int, size: int) -> list[list[bool]]:
    """Ways to put `size` of the people into the first function."""
    everybody = range(people)
    if math.comb(people, size) <= ALL_WAYS:
        chosen = [set(each) for each in itertools.combinations(everybody, size)]
    else:
        dice = random.Random(SEED)
        chosen = [set(dice.sample(everybody, size)) for _ in range(ALL_WAYS)]
    return [[place in each for place in everybody] for each in chosen]


def _gaps(items: Answers, people: Sequence[str], deals: Sequence[Sequence[bool]]) -> list[float]:
    """The mean gap over the items for each way to deal the functions out; NaN where no item has two answers of each."""
    given = np.array([[who in item for item in items] for who in people], dtype=float)
    value = np.array([[item.get(who, 0.0) for item in items] for who in people], dtype=float)
    sides = np.array(deals, dtype=float)
    (n, mean, spread), (m, other, theirs) = (_moments(side, given, value) for side in (sides, 1 - sides))
    usable = (n > 1) & (m > 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = np.where(usable, (mean - other) ** 2 - spread / n - theirs / m, 0.0)
        gaps: list[float] = (apart.sum(axis=1) / usable.sum(axis=1)).tolist()
    return gaps


def _moments(side: np.ndarray, given: np.ndarray, value: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each deal and item: answers of that side, their average, their variance."""
    n, total, squares = side @ given, side @ value, side @ value**2
    with np.errstate(invalid="ignore", divide="ignore"):
        return n, total / n, (squares - total**2 / n) / (n - 1)
