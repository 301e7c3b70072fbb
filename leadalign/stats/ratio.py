"""A share of minutes, when the minutes of one person hang together: its interval counts people, not minutes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from leadalign.stats.intervals import ROUNDING, Interval, student_t, wilson

NO_SPREAD = 1e-9  # a standard error below this part of the share is rounding, not spread


@dataclass(frozen=True)
class Ratio:
    """The `share`, its standard error `se` (0 when clusters do not differ), how many `clusters`, and the interval."""

    share: float
    se: float
    clusters: int
    interval: Interval


@dataclass(frozen=True)
class Comparison:
    """How many standard errors `t` a share lies above a benchmark, and the chance `p` of a gap this big by luck."""

    t: float
    p: float


def ratio(part_by_cluster: Sequence[float], whole_by_cluster: Sequence[float], level: float = 0.95) -> Ratio | None:
    """The share of the whole, and where the true share may lie if other people had been in the team.

    One entry a cluster (a rep): its part and its whole, 0 <= part <= whole; clusters without a whole are left out.
    Linearised ratio estimator (Cochran 1977), interval on the logit scale with t(m - 1); None below two clusters.

    Where all clusters have the same share (all 0, all 1, all alike) the estimator sees no spread and would claim
    certainty. Then each cluster counts as one yes-or-no draw: Wilson on the effective number of clusters
    (sum x)^2 / sum x^2 (Kish). No values between 0 and 1 with that mean can vary more, so this errs to the wide side.
    """
    pairs = [(float(y), float(x)) for y, x in zip(part_by_cluster, whole_by_cluster, strict=True) if x != 0]
    if len(pairs) < 2 or not all(0 <= y <= x * (1 + ROUNDING) < math.inf for y, x in pairs):
        return None
    whole = math.fsum(x for _, x in pairs)
    share = min(math.fsum(y for y, _ in pairs) / whole, 1.0)
    spread = math.fsum((y - share * x) ** 2 for y, x in pairs)
    se = math.sqrt(len(pairs) / (len(pairs) - 1) * spread) / whole
    if se <= NO_SPREAD * share:
        return Ratio(share, 0.0, len(pairs), _without_spread(share, [x for _, x in pairs], level))
    return Ratio(share, se, len(pairs), _logit_t(share, se, len(pairs), level))


def versus(share: float, se: float, benchmark: float, clusters: int) -> Comparison | None:
    """Can the data tell this share from the benchmark? Small `p`: yes. None when nothing varies or one cluster only.

    Two-sided t test with clusters - 1 degrees of freedom, on the plain (not the logit) scale.
    """
    if clusters < 2 or not (0 < se < math.inf) or not math.isfinite(share - benchmark):
        return None
    from scipy.special import stdtr

    t = (share - benchmark) / se
    return Comparison(t, float(2 * stdtr(clusters - 1, -abs(t))))


def _logit_t(share: float, se: float, clusters: int, level: float) -> Interval:
    """Student's t on the log odds, taken back to a share: never below 0 or above 1."""
    reach = student_t(level, clusters - 1) * se / (share * (1 - share))
    odds = math.log(share / (1 - share))
    return Interval(_expit(odds - reach), _expit(odds + reach), level, "ratio_logit_t")


def _without_spread(share: float, whole: Sequence[float], level: float) -> Interval:
    """Wilson with as many draws as there are clusters of equal size with the same information."""
    draws = math.fsum(whole) ** 2 / math.fsum(x * x for x in whole)
    found = wilson(share * draws, draws, level)
    assert found is not None  # draws >= 1 and share <= 1 here
    return Interval(found.low, found.high, level, "wilson_effective_clusters")


def _expit(x: float) -> float:
    """The share with log odds `x`, without overflow."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(max(x, -700)) / (1 + math.exp(max(x, -700)))
