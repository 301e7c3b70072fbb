"""Whether today's leads are of another kind than those the definition was agreed on."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEW = 5  # leads in a class, both periods together; with fewer it is joined with its neighbour


@dataclass(frozen=True)
class Drift:
    """The population stability index over classes, and the chance of one this big when nothing changed."""

    index: float
    p: float
    classes: int


def drift(before: Sequence[int], now: Sequence[int]) -> Drift | None:
    """How far the mix of classes moved from `before` to `now`, counts by class in one order; None without a mix.

    Population stability index; index / (1/n + 1/m) follows chi-squared with classes - 1 degrees of freedom
    (Yurdakul 2018). A class that one period has none of counts as half a lead there.
    """
    pairs, n, m = _joined(zip(before, now, strict=True)), sum(before), sum(now)
    if len(pairs) < 2 or not n or not m:
        return None
    shares = [((b or 0.5) / n, (c or 0.5) / m) for b, c in pairs]
    index = math.fsum((c - b) * math.log(c / b) for b, c in shares)
    from scipy.special import chdtrc

    return Drift(index, float(chdtrc(len(pairs) - 1, index / (1 / n + 1 / m))), len(pairs))


def _joined(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The classes with small ones joined to their neighbour."""
    found: list[tuple[int, int]] = []
    for b, c in pairs:
        if found and (b + c < FEW or sum(found[-1]) < FEW):
            found[-1] = (found[-1][0] + b, found[-1][1] + c)
        else:
            found.append((b, c))
    return found
