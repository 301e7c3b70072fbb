"""Do people who answer alone say the same: how far they agree above what chance alone would give."""

import itertools
import math
import statistics
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from leadalign.stats.intervals import Interval, student_t

Scale = Literal["nominal", "ordinal", "interval", "ratio"]
Answers = Sequence[Mapping[str, float]]
"""One mapping an item: what each person answered; who did not answer is not in it."""
Distance = Callable[[float, float], float]

FEWEST_ITEMS = 3  # with fewer, leaving one out says nothing
NO_SPREAD = 1e-9


@dataclass(frozen=True)
class Agreement:
    """Krippendorff's alpha: 1 is full agreement, 0 what chance alone would give; with what it is made of."""

    alpha: float
    observed: float
    expected: float
    answers: int


def alpha(items: Answers, scale: Scale = "interval") -> Agreement | None:
    """How far these people agree; None when no item has two answers, or when all answers are one and the same.

    Krippendorff 2011: 1 - observed / expected disagreement over all answers that can be paired; some may be missing.
    """
    pairable = [list(item.values()) for item in items if len(item) > 1]
    counts = Counter(itertools.chain.from_iterable(pairable))
    if len(counts) < 2:
        return None
    distance, answers = _distance(counts, scale), counts.total()
    observed = math.fsum(_within(item, distance) / (len(item) - 1) for item in pairable) / answers
    pairs = itertools.combinations(counts, 2)
    expected = math.fsum(2 * counts[a] * counts[b] * distance(a, b) for a, b in pairs) / (answers * (answers - 1))
    return Agreement(1 - observed / expected, observed, expected, answers) if expected > 0 else None


def _within(answers: Sequence[float], distance: Distance) -> float:
    """The disagreement of all pairs of answers to one item, each pair both ways."""
    return 2 * math.fsum(distance(a, b) for a, b in itertools.combinations(answers, 2))


def _distance(counts: Counter[float], scale: Scale) -> Distance:
    """How much two answers disagree on this kind of scale."""
    if scale == "nominal":
        return lambda a, b: float(a != b)
    if scale == "interval":
        return lambda a, b: (a - b) ** 2
    if scale == "ratio":
        return lambda a, b: 0.0 if a == b else ((a - b) / (a + b)) ** 2
    values = sorted(counts)
    below = dict(zip(values, itertools.accumulate((counts[value] for value in values), initial=0), strict=False))
    middle = {value: below[value] + counts[value] / 2 for value in values}
    return lambda a, b: (middle[a] - middle[b]) ** 2


def jackknife(
    items: Answers, measured: Callable[[Answers], float | None], level: float = 0.95, highest: float = 1.0
) -> Interval | None:
    """Where the true value may lie if other items had been asked; None below three items, or when all say the same.

    Pseudo-values with one item left out, Student's t on them; cut at `highest`: no agreement exceeds 1.
    """
    found = pseudo_values(items, measured)
    if found is None:
        return None
    middle, se = found
    reach = student_t(level, len(items) - 1) * se
    return Interval(min(highest, middle - reach), min(highest, middle + reach), level, "jackknife_t")


def pseudo_values(items: Answers, measured: Callable[[Answers], float | None]) -> tuple[float, float] | None:
    """The jackknife's own estimate and its standard error; None where leaving items out says nothing."""
    count, whole = len(items), measured(items)
    if whole is None or count < FEWEST_ITEMS:
        return None
    left = [measured([*items[:place], *items[place + 1 :]]) for place in range(count)]
    pseudo = [count * whole - (count - 1) * value for value in left if value is not None]
    if len(pseudo) < count:
        return None
    se = statistics.stdev(pseudo) / math.sqrt(count)
    return (statistics.fmean(pseudo), se) if se > NO_SPREAD else None


def jaccard(one: Collection[str], other: Collection[str]) -> float:
    """What part of all that either chose both chose; 1 when neither chose anything."""
    either = set(one) | set(other)
    return len(set(one) & set(other)) / len(either) if either else 1.0


def mean_jaccard(ones: Sequence[Collection[str]], others: Sequence[Collection[str]] | None = None) -> float | None:
    """The average likeness of what people chose, over all pairs within one group or across two; None without pairs."""
    pairs = itertools.combinations(ones, 2) if others is None else itertools.product(ones, others)
    found = [jaccard(one, other) for one, other in pairs]
    return statistics.fmean(found) if found else None


def fleiss_kappa(items: Sequence[Sequence[object]]) -> float | None:
    """Agreement above chance of equally many raters on each item, for answers without an order (Fleiss 1971).

    None where items have different numbers of raters, fewer than two, or all the same answer.
    """
    raters = {len(item) for item in items}
    if len(raters) != 1 or (n := raters.pop()) < 2:
        return None
    agreed = statistics.fmean((sum(c * c for c in Counter(item).values()) - n) / (n * (n - 1)) for item in items)
    total = Counter(itertools.chain.from_iterable(items))
    if len(total) < 2:
        return None
    by_chance = math.fsum((c / (n * len(items))) ** 2 for c in total.values())
    return (agreed - by_chance) / (1 - by_chance)
