"""Did the score tell apart the leads that were won: in order, and among as many as sales can take."""

import math
import statistics
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from leadalign.stats.intervals import Interval


@dataclass(frozen=True)
class Discrimination:
    """The chance that a won lead had a higher score than one not won; .5 is a coin."""

    auc: float
    se: float | None
    won: int
    not_won: int
    interval: Interval | None


def auc(scores: Sequence[float], won: Sequence[bool], level: float = 0.95) -> Discrimination | None:
    """How well the score orders leads by whether they were won; None when all were, or none.

    Ties count half. Standard error by DeLong 1988, interval on the logit scale, which stays within 0 to 1; no
    interval where the score parts the two perfectly, or never varies.
    """
    hits = sorted(float(score) for score, is_won in zip(scores, won, strict=True) if is_won)
    misses = sorted(float(score) for score, is_won in zip(scores, won, strict=True) if not is_won)
    if not hits or not misses:
        return None
    by_hit = [_share_below(hit, misses) for hit in hits]
    by_miss = [1 - _share_below(miss, hits) for miss in misses]
    area = statistics.fmean(by_hit)
    if len(hits) < 2 or len(misses) < 2:
        return Discrimination(area, None, len(hits), len(misses), None)
    se = math.sqrt(statistics.variance(by_hit) / len(hits) + statistics.variance(by_miss) / len(misses))
    return Discrimination(area, se, len(hits), len(misses), _logit(area, se, level))


def _share_below(score: float, others: Sequence[float]) -> float:
    """The share of the sorted `others` below the score, those equal by half."""
    return (bisect_left(others, score) + bisect_right(others, score)) / 2 / len(others)


def _logit(area: float, se: float, level: float) -> Interval | None:
    if not 0 < area < 1 or se <= 0:
        return None
    from scipy.special import expit, logit

    reach = statistics.NormalDist().inv_cdf((1 + level) / 2) * se / (area * (1 - area))
    middle = logit(area)
    return Interval(float(expit(middle - reach)), float(expit(middle + reach)), level, "delong_logit")


def wins_at_top(scores: Sequence[float], won: Sequence[bool], capacity: int) -> float:
    """How many wins to expect among as many of the best-scored leads; among equals all are as likely to be taken."""
    by_score: dict[float, list[bool]] = defaultdict(list)
    for score, is_won in zip(scores, won, strict=True):
        by_score[float(score)].append(is_won)
    found, left = 0.0, capacity
    for score in sorted(by_score, reverse=True):
        taken = min(left, len(by_score[score]))
        found += sum(by_score[score]) * taken / len(by_score[score])
        left -= taken
    return found


def precision_at(scores: Sequence[float], won: Sequence[bool], capacity: int) -> float | None:
    """The share of wins among as many of the best-scored leads as sales can take; None when there are fewer leads."""
    return wins_at_top(scores, won, capacity) / capacity if 0 < capacity <= len(scores) else None
