"""The rules of a definition as SQL: the same three answers (true, false, NULL) as the rules themselves give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from leadalign.ideal_lead.expression import Expression, kind_of
from leadalign.ideal_lead.film import microseconds
from leadalign.ideal_lead.rules import AgeDays, AllOf, AnyOf, Between, Compare, CountWithin, Exists, In, Not

OPERATORS = {"==": "=", "!=": "<>", ">=": ">=", "<=": "<=", ">": ">", "<": "<"}
TYPED = {"number": "n", "text": "t", "flag": "b"}


@dataclass
class Binding:
    """Values on their way into SQL, bound and never pasted; and the places of attributes and touch counts."""

    attributes: dict[str, int]
    """Each attribute's number: its columns are n3, t3, b3 (as number, text, flag) and known3."""

    values: dict[str, Any] = field(default_factory=dict)
    counts: dict[tuple[str, float], int] = field(default_factory=dict)
    """Touches of a type within so many days: their number is in the column count2."""

    def bind(self, value: object) -> str:
        """The place of a value."""
        name = f"p{len(self.values)}"
        self.values[name] = float(value) if kind_of(value) == "number" else value  # type: ignore[arg-type]
        return f"${name}"

    def column(self, attr: str, kind: str) -> str:
        """The column that holds an attribute as a number, a text or a flag."""
        return f"{TYPED[kind]}{self.attributes[attr]}"


def rule_sql(rule: Expression, binding: Binding) -> str:
    """A rule as an SQL condition over one stretch of a lead's film."""
    return WRITERS[type(rule)](rule, binding)


def _compare(rule: Compare, binding: Binding) -> str:
    kind = kind_of(rule.value)
    assert kind is not None
    return f"({binding.column(rule.attr, kind)} {OPERATORS[rule.cmp]} {binding.bind(rule.value)})"


def _in(rule: In, binding: Binding) -> str:
    """Each kind of value against the listed values of its kind; a kind that the list lacks cannot be told."""
    cases = []
    for kind in TYPED:
        alike = [listed for listed in rule.values if kind_of(listed) == kind]
        column = binding.column(rule.attr, kind)
        if alike:
            cases.append(f"WHEN {column} IS NOT NULL THEN {column} IN ({', '.join(map(binding.bind, alike))})")
        elif not rule.values:
            cases.append(f"WHEN {column} IS NOT NULL THEN FALSE")
    return f"(CASE {' '.join(cases)} END)"


def _between(rule: Between, binding: Binding) -> str:
    column = binding.column(rule.attr, str(kind_of(rule.low)))
    return f"({column} >= {binding.bind(rule.low)} AND {column} <= {binding.bind(rule.high)})"


def _exists(rule: Exists, binding: Binding) -> str:
    return f"known{binding.attributes[rule.attr]}"


def _count_within(rule: CountWithin, binding: Binding) -> str:
    number = binding.counts.setdefault((rule.event, rule.days), len(binding.counts))
    return f"(count{number} >= {rule.n})"


def _age_days(rule: AgeDays, binding: Binding) -> str:
    return f"(age {OPERATORS[rule.cmp]} {microseconds(rule.value)})"


def _all(rule: AllOf, binding: Binding) -> str:
    return f"({' AND '.join(rule_sql(part, binding) for part in rule.of) or 'TRUE'})"


def _any(rule: AnyOf, binding: Binding) -> str:
    return f"({' OR '.join(rule_sql(part, binding) for part in rule.of) or 'FALSE'})"


def _not(rule: Not, binding: Binding) -> str:
    return f"(NOT {rule_sql(rule.of, binding)})"


WRITERS: dict[type[Expression], Callable[[Any, Binding], str]] = {
    Compare: _compare, In: _in, Between: _between, Exists: _exists, CountWithin: _count_within, AgeDays: _age_days,
    AllOf: _all, AnyOf: _any, Not: _not,
}  # fmt: skip
