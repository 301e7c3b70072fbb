"""Every number shown: a part and a whole over one fact, its unit, which way is better."""

import tomllib
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from leadalign.problems import Refusal

HERE = Path(__file__).parent


class Metric(BaseModel):
    """A number as people agreed to count it: a part, of a whole, over one fact."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    over: str
    part: str
    whole: str | None = None
    unit: Literal["share", "count", "minutes", "money", "rating", "days"]
    better: Literal["higher", "lower", "neither"]
    clusters: str | None = None
    """What hangs together: the interval is by it."""
    counts: bool = False
    """Part and whole count separate cases, so that the interval is one of a proportion."""
    is_bound: bool = False
    """A bound and no estimate: nobody can say between what and what the true value lies."""
    behind: str | None = None
    """The rows whose leads stand behind the number, where they are not those that its part chooses."""
    label: dict[str, str]
    definition: dict[str, str]
    bias: tuple[str, ...] = Field(default=())
    """Codes of the warnings that belong beside the number."""


class Computed(BaseModel):
    """A number that is no division of sums: statistics makes it from rows, and says what it rests on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    over: str
    unit: Literal["alpha", "kappa", "share", "score", "log_odds", "squared_steps"]
    better: Literal["higher", "lower", "neither"]
    label: dict[str, str]
    definition: dict[str, str]


@cache
def computed() -> dict[str, Computed]:
    """All numbers that statistics makes, by name, as the .toml files of the folder `computed` define them."""
    blocks = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((HERE / "computed").glob("*.toml"))]
    return {name: Computed(name=name, **block) for found in blocks for name, block in found.items()}


@cache
def metrics() -> dict[str, Metric]:
    """All metrics by name, as the .toml files of this folder define them."""
    found = {}
    for path in sorted(HERE.glob("*.toml")):
        for name, block in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[name] = Metric(name=name, **block)
    return found


def metric(name: str) -> Metric:
    """The metric of that name; raises Refusal with the nearest name where there is none."""
    if name not in metrics():
        names = [*metrics(), *computed()]
        near = get_close_matches(name, names, n=1)
        raise Refusal("unknown_metric", metric=name, hint=near[0] + "?" if near else ", ".join(names))
    return metrics()[name]
