"""Comparing average ratings fairly: a source with few ratings is drawn towards the team, as far as the data say so."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from leadalign.stats.intervals import Interval

FEWEST = 3  # groups; below, how much groups differ cannot be learnt
DIFFERENCES, POINTS = 200, 201  # nodes for how much groups differ, and for one group's average


@dataclass(frozen=True)
class GroupMean:
    """One group's likely average and its interval."""

    mean: float
    interval: Interval


@dataclass(frozen=True)
class Spread:
    """How unequal the groups' averages are: `q` (Cochran's), and `tau2`, the variance left when luck is taken out."""

    q: float
    tau2: float


def spread_of(means: Sequence[float], n: Sequence[float], var: float) -> Spread | None:
    """How much the groups' true averages differ (DerSimonian and Laird 1986); None for fewer than 2 groups.

    `var` is the variance of one rating within a group, so a group's average has variance var / n.
    """
    if not _usable(means, n, var, fewest=2):
        return None
    weight = np.asarray(n, float) / var
    middle = weight @ np.asarray(means, float) / weight.sum()
    q = float(weight @ (np.asarray(means, float) - middle) ** 2)
    scale = float(weight.sum() - weight @ weight / weight.sum())
    return Spread(q, max(0.0, (q - (len(means) - 1)) / scale))


def shrunken_means(
    means: Sequence[float], n: Sequence[float], var: float, level: float = 0.95
) -> list[GroupMean] | None:
    """Each group's likely average, given the averages seen, how many ratings each has, and the variance of a rating.

    The average is the normal-normal one with DerSimonian-Laird's variance. Its interval does not take that variance
    as known (that is too short with few groups): it averages over it, flat in tau (BDA3, section 5.4).
    None for fewer than 3 groups, an empty one among them, or no variance.
    """
    spread = spread_of(means, n, var)
    if spread is None or len(means) < FEWEST:
        return None
    seen, noise = np.asarray(means, float), var / np.asarray(n, float)
    weight = 1 / (noise + spread.tau2)
    pull = noise * weight
    likely = (1 - pull) * seen + pull * (weight @ seen / weight.sum())
    intervals = _intervals(seen, noise, level)
    return [GroupMean(float(mean), interval) for mean, interval in zip(likely, intervals, strict=True)]


def _intervals(seen: np.ndarray, noise: np.ndarray, level: float) -> list[Interval]:
    """For each group, the interval of a mixture of normals, one for each possible difference between groups."""
    from scipy.special import ndtr

    tau2 = np.linspace(0, 10 * (np.ptp(seen) + math.sqrt(noise.max())), DIFFERENCES)[:, None] ** 2
    weight = 1 / (noise + tau2)
    total = weight.sum(axis=1, keepdims=True)
    middle = (weight * seen).sum(axis=1, keepdims=True) / total
    log_chance = (np.log(weight) - weight * (seen - middle) ** 2).sum(axis=1, keepdims=True) - np.log(total)
    chance = np.exp((log_chance - log_chance.max()) / 2)
    pull = noise * weight
    centre = (1 - pull) * seen + pull * middle
    deviation = np.sqrt((1 - pull) * noise + pull**2 / total)
    tail, found = (1 - level) / 2, []
    for i in range(len(seen)):
        places = np.linspace((centre - 8 * deviation)[:, i].min(), (centre + 8 * deviation)[:, i].max(), POINTS)
        below = (ndtr((places - centre[:, i, None]) / deviation[:, i, None]) * chance).sum(axis=0) / chance.sum()
        low, high = np.interp([tail, 1 - tail], below, places)
        found.append(Interval(float(low), float(high), level, "normal_normal"))
    return found


def _usable(means: Sequence[float], n: Sequence[float], var: float, fewest: int) -> bool:
    """Enough groups, each with ratings, and ratings that vary."""
    numbers = [*means, *n, var]
    return len(means) == len(n) >= fewest and all(map(math.isfinite, numbers)) and var > 0 and min(n) > 0
