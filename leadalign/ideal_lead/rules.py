"""The rules that a criterion is made of: each holds, does not hold, or cannot be told from what was known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import eq, ge, gt, le, lt, ne
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from leadalign.ideal_lead.expression import AttributeExpression, Expression, Name, Seen, Truth, first, kind_of
from leadalign.ideal_lead.known import Known, Touch

Number: TypeAlias = Annotated[float, Field(allow_inf_nan=False)]
Days: TypeAlias = Annotated[float, Field(gt=0, le=36_500)]

COMPARISONS: dict[str, Any] = {"==": eq, "!=": ne, ">=": ge, "<=": le, ">": gt, "<": lt}
ANY_TOUCH = "*"
TICK = timedelta(microseconds=1)


class Compare(AttributeExpression):
    """An attribute compared with a value; text with a number cannot be told."""

    op: Literal["cmp"]
    cmp: Literal["==", "!=", ">=", "<=", ">", "<"]
    value: bool | Number | str

    @model_validator(mode="after")
    def _flags_have_no_order(self) -> Compare:
        if isinstance(self.value, bool) and self.cmp not in ("==", "!="):
            raise PydanticCustomError("flags_have_no_order", "flags_have_no_order: {attr}", {"attr": self.attr})
        return self

    def holds(self, known: Known) -> Truth:
        """The comparison, where both sides are of one kind."""
        value = known.values.get(self.attr)
        return COMPARISONS[self.cmp](value, self.value) if kind_of(value) == kind_of(self.value) else None


class In(AttributeExpression):
    """An attribute that is one of several values."""

    op: Literal["in"]
    values: tuple[bool | Number | str, ...]

    def holds(self, known: Known) -> Truth:
        """Whether the value is listed; cannot be told where the list has no value of its kind."""
        value = known.values.get(self.attr)
        alike = [listed for listed in self.values if kind_of(listed) == kind_of(value)]
        if kind_of(value) is None or (self.values and not alike):
            return None
        return value in alike


class Between(AttributeExpression):
    """An attribute from one value to another, both included."""

    op: Literal["between"]
    low: Number | str
    high: Number | str

    @model_validator(mode="after")
    def _low_before_high(self) -> Between:
        if kind_of(self.low) != kind_of(self.high) or self.low > self.high:  # type: ignore[operator]
            raise PydanticCustomError("low_above_high", "low_above_high: {attr}", {"attr": self.attr})
        return self

    def holds(self, known: Known) -> Truth:
        """Whether the value lies in the range."""
        value = known.values.get(self.attr)
        return self.low <= value <= self.high if kind_of(value) == kind_of(self.low) else None  # type: ignore[operator]


class Exists(AttributeExpression):
    """An attribute that is known at all; the one rule for which "not known" is an answer."""

    op: Literal["exists"]

    def holds(self, known: Known) -> Truth:
        """Whether the attribute has a value."""
        return known.values.get(self.attr) is not None


class CountWithin(Expression):
    """At least n touches of one type ("*": of any) in so many days; a touch counts until those days are over."""

    op: Literal["count_within"]
    event: Name
    days: Days
    n: Annotated[int, Field(ge=1)]

    def touch_types(self) -> frozenset[str]:
        """The one type."""
        return frozenset({self.event})

    def _inside(self, known: Known) -> list[Touch]:
        opens = known.at - timedelta(days=self.days)
        ours = (touch for touch in known.touches if self.event in (ANY_TOUCH, touch.type))
        return sorted(touch for touch in ours if opens < touch.occurred_at <= known.at)

    def holds(self, known: Known) -> Truth:
        """Whether there were enough touches."""
        return len(self._inside(known)) >= self.n

    def expires_at(self, known: Known) -> datetime | None:
        """When the touch leaves without which there are too few."""
        inside = self._inside(known)
        return inside[-self.n].occurred_at + timedelta(days=self.days) if len(inside) >= self.n else None

    def seen(self, known: Known) -> tuple[Seen, ...]:
        """How many touches, and the last of them."""
        inside = self._inside(known)
        return (Seen(self.event, len(inside), inside[-1].occurred_at if inside else None, None),)


class AgeDays(Expression):
    """The days since the lead was created, compared with a number of days."""

    op: Literal["age_days"]
    cmp: Literal[">=", "<=", ">", "<"]
    value: Annotated[float, Field(ge=0, le=36_500)]

    def holds(self, known: Known) -> Truth:
        """The comparison at the moment of judging."""
        return COMPARISONS[self.cmp](known.at - known.created_at, timedelta(days=self.value))

    def expires_at(self, known: Known) -> datetime | None:
        """The birthday that turns the answer; a tick later where that very moment still belongs to what was before."""
        birthday = known.created_at + timedelta(days=self.value)
        turns = birthday if self.cmp in (">=", "<") else birthday + TICK
        return turns if turns > known.at else None

    def seen(self, known: Known) -> tuple[Seen, ...]:
        """The age in days."""
        return (Seen(self.op, (known.at - known.created_at) / timedelta(days=1), known.created_at, None),)


class Group(Expression):
    """A rule made of rules."""

    def parts(self) -> Sequence[Expression]:
        """The rules it is made of."""
        raise NotImplementedError

    def attributes(self) -> frozenset[str]:
        """The attributes that any part reads."""
        return frozenset().union(*(part.attributes() for part in self.parts()))

    def touch_types(self) -> frozenset[str]:
        """The touches that any part counts."""
        return frozenset().union(*(part.touch_types() for part in self.parts()))

    def expires_at(self, known: Known) -> datetime | None:
        """The first moment at which any part may change."""
        return first(part.expires_at(known) for part in self.parts())

    def seen(self, known: Known) -> tuple[Seen, ...]:
        """What the parts looked at, each thing once."""
        return tuple(dict.fromkeys(seen for part in self.parts() for seen in part.seen(known)))


class Several(Group):
    """A rule made of several rules."""

    of: tuple[AnyExpression, ...]

    def parts(self) -> Sequence[Expression]:
        """The rules it is made of."""
        return self.of


class AllOf(Several):
    """All of several rules; one that fails is enough to say no."""

    op: Literal["all"]

    def holds(self, known: Known) -> Truth:
        """Whether all hold."""
        answers = [part.holds(known) for part in self.of]
        return False if False in answers else None if None in answers else True


class AnyOf(Several):
    """Any of several rules; one that holds is enough to say yes."""

    op: Literal["any"]

    def holds(self, known: Known) -> Truth:
        """Whether any holds."""
        answers = [part.holds(known) for part in self.of]
        return True if True in answers else None if None in answers else False


class Not(Group):
    """The opposite of a rule; what cannot be told stays so."""

    op: Literal["not"]
    of: AnyExpression

    def parts(self) -> Sequence[Expression]:
        """The one rule."""
        return (self.of,)

    def holds(self, known: Known) -> Truth:
        """The opposite."""
        answer = self.of.holds(known)
        return None if answer is None else not answer


AnyExpression: TypeAlias = Annotated[
    Compare | In | Between | Exists | CountWithin | AgeDays | AllOf | AnyOf | Not, Field(discriminator="op")
]
for _group in (Several, AllOf, AnyOf, Not):
    _group.model_rebuild()
