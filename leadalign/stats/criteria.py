"""Which criterion goes with winning: log odds that stay finite for few leads, and a fair look at many at once."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leadalign.stats.intervals import Interval

STEPS, CLOSE_ENOUGH, LONGEST_STEP, STEEPEST = 100, 1e-10, 3.0, 35.0


@dataclass(frozen=True)
class LogOdds:
    """How much the log odds of winning differ where a criterion is met: estimate, standard error, interval."""

    beta: float
    se: float
    interval: Interval


@dataclass(frozen=True)
class TwoByTwo:
    """Won of all, where a criterion was met and where not; the log odds, and the chance of such a split by luck."""

    met_won: int
    met: int
    unmet_won: int
    unmet: int
    log_odds: LogOdds | None
    p: float | None


def met_against_unmet(met_won: int, met: int, unmet_won: int, unmet: int, level: float = 0.95) -> TwoByTwo:
    """Whether leads that met a criterion were won more often; no estimate where all met it or none, or all won or none.

    Firth's penalised likelihood, which for one yes-or-no criterion is half a lead added to each cell; Fisher's exact
    test for the chance. It says what went with winning, never what caused it.
    """
    won, total = met_won + unmet_won, met + unmet
    if not met or not unmet or won in (0, total):
        return TwoByTwo(met_won, met, unmet_won, unmet, None, None)
    a, b, c, d = met_won + 0.5, met - met_won + 0.5, unmet_won + 0.5, unmet - unmet_won + 0.5
    here, there = a / (met + 1), c / (unmet + 1)
    beta = math.log(a * d / (b * c))
    se = math.sqrt(1 / (met * here * (1 - here)) + 1 / (unmet * there * (1 - there)))
    found = LogOdds(beta, se, _wald(beta, se, level))
    return TwoByTwo(met_won, met, unmet_won, unmet, found, _fisher(met_won, met, unmet_won, unmet))


def _wald(beta: float, se: float, level: float) -> Interval:
    reach = statistics.NormalDist().inv_cdf((1 + level) / 2) * se
    return Interval(beta - reach, beta + reach, level, "firth_wald")


def _fisher(met_won: int, met: int, unmet_won: int, unmet: int) -> float:
    """The chance of a table at most as likely as this one when the margins stay (two-sided, exact)."""
    won = met_won + unmet_won
    possible = range(max(0, won - unmet), min(met, won) + 1)
    logs = {k: _log_comb(met, k) + _log_comb(unmet, won - k) - _log_comb(met + unmet, won) for k in possible}
    return min(1.0, math.fsum(math.exp(log) for log in logs.values() if log <= logs[met_won] + 1e-7))


def _log_comb(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def firth(rows: Sequence[Sequence[float]], won: Sequence[bool], level: float = 0.95) -> list[LogOdds] | None:
    """The log odds of all criteria together (without the constant), one for each column of `rows`.

    Firth 1993: finite also where one criterion parts winners and losers completely. None where a column never varies
    or repeats others, where all were won or none, or where no answer settles.
    """
    import numpy as np

    y = np.asarray(won, dtype=float)
    if not 0 < y.sum() < len(y):
        return None
    x = np.column_stack([np.ones(len(y)), np.asarray(rows, dtype=float).reshape(len(y), -1)])
    if np.linalg.matrix_rank(x) < x.shape[1]:
        return None
    beta = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = _chances(x, beta)
        w = p * (1 - p)
        covariance = np.linalg.pinv(x.T @ (w[:, None] * x))
        hat = np.einsum("ij,jk,ik->i", x, covariance, x) * w
        step = covariance @ (x.T @ (y - p + hat * (0.5 - p)))
        step = _uphill(x, y, beta, step / max(1.0, float(np.abs(step).max()) / LONGEST_STEP))
        beta = beta + step
        if np.abs(step).max() < CLOSE_ENOUGH:
            se = np.sqrt(np.diag(covariance))
            pairs = zip(beta[1:].tolist(), se[1:].tolist(), strict=True)
            return [LogOdds(b, s, _wald(b, s, level)) for b, s in pairs]
    return None


def _chances(x: Any, beta: Any) -> Any:
    """The chance of winning of each row."""
    import numpy as np

    return 1 / (1 + np.exp(-np.clip(x @ beta, -STEEPEST, STEEPEST)))


def _uphill(x: Any, y: Any, beta: Any, step: Any) -> Any:
    """The step, halved until it leads up or is none: a full one can jump to and fro around the top for ever."""
    begun = _penalised(x, y, beta)
    while abs(step).max() >= CLOSE_ENOUGH and _penalised(x, y, beta + step) <= begun:
        step = step / 2
    return step


def _penalised(x: Any, y: Any, beta: Any) -> float:
    """Firth's likelihood: the usual one, and half the logarithm of the information that the rows hold."""
    import numpy as np

    p = _chances(x, beta)
    information = x.T @ ((p * (1 - p))[:, None] * x)
    return float(np.where(y > 0, np.log(p), np.log1p(-p)).sum() + np.linalg.slogdet(information)[1] / 2)


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """Each chance, raised for having looked at so many: of those called news below q, a share q is expected wrong."""
    order = sorted(range(len(p)), key=lambda place: p[place], reverse=True)
    found, smallest = [0.0] * len(p), 1.0
    for rank, place in zip(range(len(p), 0, -1), order, strict=True):
        smallest = min(smallest, p[place] * len(p) / rank)
        found[place] = smallest
    return found


def holm(p: Sequence[float]) -> list[float]:
    """Each chance, raised so that calling all below q news is wrong even once with a chance of at most q."""
    order = sorted(range(len(p)), key=lambda place: p[place])
    found, largest = [0.0] * len(p), 0.0
    for rank, place in enumerate(order):
        largest = max(largest, min(1.0, p[place] * (len(p) - rank)))
        found[place] = largest
    return found
