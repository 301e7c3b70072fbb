"""How far the true value may lie from the one we counted: intervals for shares, counts and averages."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

ROUNDING = 1e-9  # sums of fractions may come out this much (relative) above the whole they are part of


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, which holds the true value in `level` of all cases, and the name of the `method`."""

    low: float
    high: float
    level: float
    method: str


def wilson(k: float, n: float, level: float = 0.95) -> Interval | None:
    """Where the true share may lie when `k` of `n` leads were good; None when there was nothing to count.

    `k` may be a fraction (several ratings of one lead, averaged). Wilson's score interval, which stays within 0 to 1
    and is honest for few leads (Brown, Cai, DasGupta 2001).
    """
    if not (0 <= k <= n * (1 + ROUNDING) and 0 < n < math.inf and 0 < level < 1):
        return None
    k = min(k, n)
    z = statistics.NormalDist().inv_cdf((1 + level) / 2)
    shrink = 1 + z * z / n
    middle = (k / n + z * z / (2 * n)) / shrink
    reach = z / shrink * math.sqrt(k * (n - k) / n**3 + z * z / (4 * n * n))
    low = 0.0 if k == 0 else max(0.0, middle - reach)
    high = 1.0 if k == n else min(1.0, middle + reach)
    return Interval(low, high, level, "wilson")


def garwood(count: float, level: float = 0.95) -> Interval | None:
    """Between what and what the usual count may lie when we saw `count` of them: a zero still has an upper end.

    Exact Poisson limits (Garwood 1936); divide both ends by the exposure (days, money) for a rate.
    """
    if not (0 <= count < math.inf and 0 < level < 1):
        return None
    from scipy.special import gammainccinv, gammaincinv

    tail = (1 - level) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return Interval(low, float(gammainccinv(count + 1, tail)), level, "garwood")


def mean_interval(values: Sequence[float], level: float = 0.95) -> Interval | None:
    """Where the true average may lie, given these values; None for fewer than two, or when all are the same.

    Student's t with len(values) - 1 degrees of freedom. Drop missing values before: one among them gives None.
    """
    numbers = [float(value) for value in values]
    if len(numbers) < 2 or not all(map(math.isfinite, numbers)) or min(numbers) == max(numbers):
        return None
    middle = statistics.fmean(numbers)
    reach = student_t(level, len(numbers) - 1) * statistics.stdev(numbers, middle) / math.sqrt(len(numbers))
    return Interval(middle - reach, middle + reach, level, "t")


def student_t(level: float, freedom: int) -> float:
    """How many standard errors an interval of this level reaches to each side with `freedom` degrees of freedom."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + level) / 2))
