"""How far a file has come on its way in, told step by step to whoever waits; they may stop it by raising Cancelled."""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Takes a step (a code with words in texts, `intake.steps.*`), the rows done, and the rows in all where known."""

STEPS = ("decoding", "splitting", "columns", "comparing", "writing")
EVERY = 20_000
"""Rows between two calls, where a step goes row by row."""


class Cancelled(Exception):
    """Whoever watches wants no more of it: nothing of the file is kept."""


def unwatched(step: str, done: int, total: int | None) -> None:
    """Nobody waits, nobody is told."""
