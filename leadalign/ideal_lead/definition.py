"""The written definition of the ideal lead: criteria, bands, routes, signatures; and which version is in force when."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from leadalign.ideal_lead.expression import Name, Truth, first
from leadalign.ideal_lead.known import Known, utc
from leadalign.ideal_lead.rules import AnyExpression, Compare

Dimension: TypeAlias = Literal["value", "readiness"]
DIMENSIONS: tuple[Dimension, Dimension] = ("value", "readiness")
Function: TypeAlias = Literal["marketing", "sales"]
Language: TypeAlias = Literal["en", "he"]
Sentence: TypeAlias = Annotated[str, Field(min_length=1, max_length=400)]
Band: TypeAlias = tuple[Name, int]

UNFIT_CELL = "X"
OTHER_CELLS = "*"
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
CRM_READINESS = "crm_readiness"


def _refuse(code: str, about: object) -> PydanticCustomError:
    return PydanticCustomError(code, code + ": {about}", {"about": about})


class Criterion(BaseModel):
    """One line of the agreement: a rule and what it is worth, or that it must or must not hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Name
    dimension: Dimension
    kind: Literal["must", "points", "exclude"]
    points: int = 0
    expr: AnyExpression
    wording: dict[Language, Sentence] = Field(default={}, exclude_if=lambda words: not words)
    """The criterion in people's own words, by language; where there are none, wording.py makes them from the rule."""

    def __hash__(self) -> int:
        return hash((self.id, self.dimension, self.kind, self.points, self.expr))

    @model_validator(mode="after")
    def _only_points_have_points(self) -> Criterion:
        if (self.kind == "points") != (self.points != 0):
            raise _refuse("points_only_with_kind_points", self.id)
        return self


class Definition(BaseModel):
    """One version of the ideal lead, as both functions signed it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    definition_id: Name
    version: Annotated[int, Field(ge=0)]
    effective_from: AwareDatetime
    effective_to: AwareDatetime | None
    agreed_by: dict[Function, Name]
    value_bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    readiness_bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    routes: dict[str, Literal["SRL", "NURTURE", "LOW"]]
    criteria: tuple[Criterion, ...]

    @model_validator(mode="after")
    def _is_signed_by_both(self) -> Definition:
        if self.version and len(self.agreed_by) < 2:
            raise _refuse("both_functions_must_sign", sorted(self.agreed_by))
        return self

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Definition:
        if self.effective_to and self.effective_to <= self.effective_from:
            raise _refuse("ends_before_it_begins", self.effective_to.isoformat())
        return self

    @model_validator(mode="after")
    def _bands_descend_to_zero(self) -> Definition:
        for dimension in DIMENSIONS:
            cuts = [cut for _, cut in self.bands(dimension)]
            if any(upper <= lower for upper, lower in pairwise(cuts)) or cuts[-1] > 0:
                raise _refuse("bands_must_descend_to_zero", dimension)
        return self

    @model_validator(mode="after")
    def _each_id_and_cell_is_one_thing(self) -> Definition:
        ids = [criterion.id for criterion in self.criteria]
        cells = [value + readiness for value, _ in self.value_bands for readiness, _ in self.readiness_bands]
        if len(ids) > len(set(ids)) or len(cells) > len(set(cells)):
            raise _refuse("id_or_band_twice", "")
        if unheard_of := set(self.routes) - set(cells) - {OTHER_CELLS}:
            raise _refuse("route_of_no_cell", sorted(unheard_of))
        return self

    def __hash__(self) -> int:
        return hash((self.definition_id, self.version))

    @classmethod
    def from_json(cls, text: str | bytes) -> Definition:
        """The definition that a JSON text holds; pydantic's ValidationError says what is wrong with it, by codes."""
        return cls.model_validate_json(text)

    def canonical_json(self) -> str:
        """The text that is signed: all but the end, which is known only when the next version comes."""
        content = self.model_dump(mode="json", exclude={"effective_to"})
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def sha(self) -> str:
        """The identity of this version: SHA-256 of its canonical JSON."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()

    def bands(self, dimension: Dimension) -> tuple[Band, ...]:
        """The bands of one axis, best first, each with its lowest score."""
        return self.value_bands if dimension == "value" else self.readiness_bands

    def band(self, dimension: Dimension, score: int) -> str:
        """The band of a score; below all cuts it is the last one."""
        bands = self.bands(dimension)
        return next((name for name, cut in bands if score >= cut), bands[-1][0])

    def route(self, cell: str) -> str:
        """What happens to the leads of a cell."""
        return "UNFIT" if cell == UNFIT_CELL else self.routes.get(cell, self.routes.get(OTHER_CELLS, "LOW"))

    def attributes(self) -> frozenset[str]:
        """The attributes that decide."""
        return frozenset().union(*(criterion.expr.attributes() for criterion in self.criteria))

    def touch_types(self) -> frozenset[str]:
        """The types of touches that count."""
        return frozenset().union(*(criterion.expr.touch_types() for criterion in self.criteria))

    def answers(self, known: Known) -> tuple[Truth, ...]:
        """Which criteria hold, in their order."""
        return tuple(criterion.expr.holds(known) for criterion in self.criteria)

    def expires_at(self, known: Known) -> datetime | None:
        """The next moment at which time alone may change an answer."""
        return first(criterion.expr.expires_at(known) for criterion in self.criteria)


def by_crm_status() -> Definition:
    """Version 0, signed by nobody: a lead is what the CRM's own status says of it."""
    unfit = Compare(op="cmp", attr=CRM_READINESS, cmp="==", value="unfit")
    ready = Compare(op="cmp", attr=CRM_READINESS, cmp="==", value="ready")
    return Definition(
        definition_id="crm-status",
        version=0,
        effective_from=LONG_AGO,
        effective_to=None,
        agreed_by={},
        value_bands=(("A", 0),),
        readiness_bands=(("1", 1), ("2", 0)),
        routes={"A1": "SRL", "A2": "NURTURE"},
        criteria=(
            Criterion(id="unfit", dimension="value", kind="exclude", expr=unfit),
            Criterion(id="ready", dimension="readiness", kind="points", points=1, expr=ready),
        ),
    )


def readable(rules: str) -> Definition | None:
    """The definition that stored rules hold; None where somebody broke them past the program (which is told)."""
    try:
        return Definition.from_json(rules)
    except ValueError:
        return None


class Schedule:
    """Which version is in force when: each from its first moment until the next one's, and version 0 before all."""

    def __init__(self, definitions: Iterable[Definition] = ()) -> None:
        given = {definition.version: definition for definition in definitions}
        self.unsigned = given.get(0) or by_crm_status()
        # The end written in a version is not asked: it follows from the next one, and is no part of what was signed.
        signed = (definition for definition in given.values() if definition.version)
        self.signed = tuple(sorted(signed, key=lambda each: (utc(each.effective_from), each.version)))
        self._begins = [utc(definition.effective_from) for definition in self.signed]

    def in_force(self, at: datetime) -> Definition:
        """The one version in force at a moment."""
        begun = bisect_right(self._begins, utc(at))
        return self.signed[begun - 1] if begun else self.unsigned

    def boundaries(self) -> tuple[datetime, ...]:
        """The moments at which another version takes over."""
        return tuple(self._begins)

    def version(self, number: int) -> Definition:
        """The version of a number; KeyError where there is none."""
        return {each.version: each for each in (self.unsigned, *self.signed)}[number]

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The attributes that decide in any version."""
        return frozenset().union(*(definition.attributes() for definition in (self.unsigned, *self.signed)))

    @cached_property
    def touch_types(self) -> frozenset[str]:
        """The types of touches that count in any version."""
        return frozenset().union(*(definition.touch_types() for definition in (self.unsigned, *self.signed)))
