"""The draws of the demo company: one seed, the same story on every machine."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Chances and choices from one seeded stream.

    Only `Random.random()` is used: Python promises the same floats from it in every version and on every machine,
    and promises that for nothing else in the module.
    """

    def __init__(self, seed: int) -> None:
        self._roll = Random(seed).random

    def chance(self, probability: float) -> bool:
        """True as often as `probability` says."""
        return self._roll() < probability

    def pick(self, choices: Sequence[T]) -> T:
        """One of `choices`, each as likely as the next."""
        return choices[int(self._roll() * len(choices))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One key of `weights`, likelier the larger its weight."""
        left = self._roll() * sum(weights.values())
        for choice, weight in weights.items():
            left -= weight
            if left < 0:
                return choice
        return choice

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._roll() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        """Any number from `low` up to `high`."""
        return low + self._roll() * (high - low)
