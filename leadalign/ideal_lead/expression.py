"""What every rule can do: answer, name what it reads, and say when time alone may change its answer."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, NamedTuple, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from leadalign.ideal_lead.known import Known, Value

Truth: TypeAlias = bool | None
Name: TypeAlias = Annotated[str, Field(min_length=1)]


class Seen(NamedTuple):
    """What a rule looked at: the value, when it was observed, and the event that told it."""

    attr: str
    value: Value
    observed_at: datetime | None
    event_id: str | None


def first(moments: Iterable[datetime | None]) -> datetime | None:
    """The earliest of several moments, some of which may never come."""
    return min((moment for moment in moments if moment is not None), default=None)


def kind_of(value: object) -> str | None:
    """ "flag", "number" or "text"; nothing for a value that cannot be compared, such as a missing one."""
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, int):
        return "number"
    if isinstance(value, float):
        return "number" if math.isfinite(value) else None
    return "text" if isinstance(value, str) else None


class Expression(BaseModel):
    """A rule of any kind."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @abstractmethod
    def holds(self, known: Known) -> Truth:
        """Whether the rule holds; None where what was known does not tell."""

    def attributes(self) -> frozenset[str]:
        """The attributes of a lead that the rule reads."""
        return frozenset()

    def touch_types(self) -> frozenset[str]:
        """The types of touches that the rule counts."""
        return frozenset()

    def expires_at(self, known: Known) -> datetime | None:
        """The next moment at which the answer may change although nothing happens."""
        return None

    @abstractmethod
    def seen(self, known: Known) -> tuple[Seen, ...]:
        """What the rule looked at to give its answer."""


class AttributeExpression(Expression):
    """A rule about one attribute."""

    attr: Name

    def attributes(self) -> frozenset[str]:
        """The one attribute."""
        return frozenset({self.attr})

    def seen(self, known: Known) -> tuple[Seen, ...]:
        """The attribute's value with its source."""
        event = known.events.get(self.attr)
        value = known.values.get(self.attr)
        return (Seen(self.attr, value, event and event.observed_at, event and event.event_id),)
