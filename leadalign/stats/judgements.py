"""Two judgements of the same leads, class against rating: how far they agree, and which side grades higher."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from leadalign.stats.intervals import Interval, wilson

Table = Sequence[Sequence[int]]
"""Square: rows one side's classes, columns the other's, in the same order from best to worst."""
Weights = Literal["unweighted", "linear", "quadratic"]


@dataclass(frozen=True)
class Kappa:
    """Agreement above chance: 1 is full, 0 what chance alone gives; `agreed` of `count` were judged alike."""

    kappa: float
    se: float
    agreed: int
    count: int
    interval: Interval | None
    raw: Interval | None


@dataclass(frozen=True)
class Direction:
    """How often the rows' side graded higher than the columns', how often lower, and the chance of such a split."""

    higher: int
    lower: int
    p: float


@dataclass(frozen=True)
class Tested:
    """A test's statistic, and the chance of one this big by luck."""

    statistic: float
    p: float


def weighted_kappa(table: Table, weights: Weights = "linear", level: float = 0.95) -> Kappa | None:
    """Agreement of two judgements on an ordered scale, near misses counting less; None when both never vary.

    Cohen's kappa; standard error of Fleiss, Cohen and Everitt 1969, which is too short below some 30 leads. No
    interval where it is zero: full agreement of a few leads is no certainty.
    """
    size, count = len(table), sum(map(sum, table))
    if count == 0 or size < 2:
        return None
    p = [[cell / count for cell in row] for row in table]
    rows, columns = [math.fsum(row) for row in p], [math.fsum(column) for column in zip(*p, strict=True)]
    w = [[_credit(i, j, size, weights) for j in range(size)] for i in range(size)]
    cells = [(i, j) for i in range(size) for j in range(size)]
    seen = math.fsum(w[i][j] * p[i][j] for i, j in cells)
    chance = math.fsum(w[i][j] * rows[i] * columns[j] for i, j in cells)
    if math.isclose(chance, 1):
        return None
    by_row = [math.fsum(columns[j] * w[i][j] for j in range(size)) for i in range(size)]
    by_column = [math.fsum(rows[i] * w[i][j] for i in range(size)) for j in range(size)]
    spread = (
        math.fsum(p[i][j] * (w[i][j] * (1 - chance) - (by_row[i] + by_column[j]) * (1 - seen)) ** 2 for i, j in cells)
        - (seen * chance - 2 * chance + seen) ** 2
    )
    kappa, se = (seen - chance) / (1 - chance), math.sqrt(max(spread, 0) / count) / (1 - chance) ** 2
    agreed = sum(table[i][i] for i in range(size))
    return Kappa(kappa, se, agreed, count, _around(kappa, se, level), wilson(agreed, count, level))


def _credit(i: int, j: int, size: int, weights: Weights) -> float:
    """What a pair of classes counts as agreement: 1 for the same, less the further apart."""
    if weights == "unweighted":
        return float(i == j)
    off = abs(i - j) / (size - 1)
    return 1 - off if weights == "linear" else 1 - off**2


def _around(kappa: float, se: float, level: float) -> Interval | None:
    reach = statistics.NormalDist().inv_cdf((1 + level) / 2) * se
    low, high = max(-1.0, kappa - reach), min(1.0, kappa + reach)
    return Interval(low, high, level, "fleiss_cohen_everitt") if reach > 1e-9 else None


def direction(table: Table) -> Direction | None:
    """Which side grades higher, by the exact sign test on leads judged differently; None when there are none.

    Rows and columns run from best to worst, so above the diagonal the rows' side gave the better class.
    """
    size = len(table)
    higher = sum(table[i][j] for i in range(size) for j in range(size) if j > i)
    lower = sum(table[i][j] for i in range(size) for j in range(size) if j < i)
    if not higher + lower:
        return None
    tail = sum(math.comb(higher + lower, k) for k in range(min(higher, lower) + 1)) / 2 ** (higher + lower)
    return Direction(higher, lower, min(1.0, 2 * tail))


def bowker(table: Table) -> Tested | None:
    """Whether misses to one side are as frequent as their mirror (Bowker 1948); None where nothing was missed."""
    pairs = [(table[i][j], table[j][i]) for i in range(len(table)) for j in range(i) if table[i][j] + table[j][i]]
    if not pairs:
        return None
    from scipy.special import chdtrc

    statistic = math.fsum((a - b) ** 2 / (a + b) for a, b in pairs)
    return Tested(statistic, float(chdtrc(len(pairs), statistic)))


def stuart_maxwell(table: Table) -> Tested | None:
    """Whether both sides use the classes equally often; None where that cannot be told."""
    import numpy as np

    n = np.asarray(table, dtype=float)
    used = [i for i in range(len(n)) if n[i].sum() + n[:, i].sum() > 2 * n[i, i]]
    if len(used) < 2:
        return None
    n = n[np.ix_(used, used)]
    off = (n.sum(axis=1) - n.sum(axis=0))[:-1]
    spread = (np.diag(n.sum(axis=1) + n.sum(axis=0)) - n - n.T)[:-1, :-1]
    if np.linalg.matrix_rank(spread) < len(spread):
        return None
    from scipy.special import chdtrc

    statistic = float(off @ np.linalg.solve(spread, off))
    return Tested(statistic, float(chdtrc(len(used) - 1, statistic)))
