"""Did chances come true: of the leads that were given 3 in 10, were 3 in 10 won?"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from leadalign.stats.intervals import Interval, garwood


@dataclass(frozen=True)
class Calibration:
    """How true forecast chances came: Brier's score and its parts, and the wins seen for each win expected.

    `score` = `reliability` - `resolution` + `uncertainty` (Murphy 1973). `skill` is what the score gains over giving
    every lead the same chance. `z` and `p` (Spiegelhalter 1986): are the forecasts off by more than luck?
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    skill: float | None
    expected: float
    observed: int
    ratio: Interval | None
    z: float | None
    p: float | None


def calibration(chances: Sequence[float], won: Sequence[bool], level: float = 0.95) -> Calibration | None:
    """Whether leads that were given a chance were won that often; None without leads."""
    count, wins = len(chances), sum(won)
    if not count:
        return None
    groups: dict[float, list[bool]] = defaultdict(list)
    for chance, is_won in zip(chances, won, strict=True):
        groups[float(chance)].append(is_won)
    base, shares = wins / count, {chance: sum(seen) / len(seen) for chance, seen in groups.items()}
    score = math.fsum((c - w) ** 2 for c, w in zip(chances, won, strict=True)) / count
    reliability = math.fsum(len(seen) * (chance - shares[chance]) ** 2 for chance, seen in groups.items()) / count
    resolution = math.fsum(len(seen) * (shares[chance] - base) ** 2 for chance, seen in groups.items()) / count
    uncertainty, expected = base * (1 - base), math.fsum(chances)
    return Calibration(
        score, reliability, resolution, uncertainty, 1 - score / uncertainty if uncertainty else None, expected, wins,
        _ratio(wins, expected, level), *_spiegelhalter(chances, won),
    )  # fmt: skip


def _ratio(wins: int, expected: float, level: float) -> Interval | None:
    limits = garwood(wins, level) if expected > 0 else None
    return limits and Interval(limits.low / expected, limits.high / expected, level, limits.method)


def _spiegelhalter(chances: Sequence[float], won: Sequence[bool]) -> tuple[float | None, float | None]:
    """How many standard errors the score is off what the forecasts themselves promise, and the chance of that."""
    spread = math.fsum((1 - 2 * c) ** 2 * c * (1 - c) for c in chances)
    if spread <= 0:
        return None, None
    z = math.fsum((w - c) * (1 - 2 * c) for c, w in zip(chances, won, strict=True)) / math.sqrt(spread)
    return z, math.erfc(abs(z) / math.sqrt(2))
