"""A criterion as a plain sentence, in either language: its own where people wrote one, else made from its rule."""

from collections.abc import Sequence
from functools import reduce

from leadalign.ideal_lead.definition import Criterion, Definition, Dimension
from leadalign.ideal_lead.expression import Expression
from leadalign.ideal_lead.rules import (
    ANY_TOUCH,
    AgeDays,
    AllOf,
    AnyOf,
    Between,
    Compare,
    CountWithin,
    Exists,
    In,
    Not,
    Several,
)
from leadalign.texts import formats, has, say

COMPARED = {"==": "is", "!=": "is_not", ">=": "at_least", "<=": "at_most", ">": "more", "<": "less"}
OPPOSITE = {"==": "!=", "!=": "==", ">=": "<", "<=": ">", ">": "<=", "<": ">="}


def sentence(criterion: Criterion, language: str) -> str:
    """What a criterion asks for, in the words that people gave it, else in ours."""
    return criterion.wording.get(language) or generated(criterion.expr, language)  # type: ignore[call-overload]


def generated(rule: Expression, language: str) -> str:
    """What a rule asks for, as one sentence; a "not" is said as the opposite of what it denies."""
    told = _told(rule, True, language)
    return told[:1].upper() + told[1:]


def worth(criterion: Criterion, language: str) -> str:
    """What a criterion is worth: its points with their sign, or that it must or must not hold."""
    if criterion.kind != "points":
        return say(f"definition.worth.{criterion.kind}", language)
    points = formats.isolate(f"{criterion.points:+d}".replace("-", "\u2212"), language)
    return say(f"definition.worth.{'point' if abs(criterion.points) == 1 else 'points'}", language, points=points)


def bands(definition: Definition, dimension: Dimension, language: str) -> str:
    """The bands of an axis on one line, best first: "A from 80, B from 50, C below"."""
    *upper, (lowest, _) = definition.bands(dimension)
    told = [
        say("definition.bands.from", language, name=_apart(name, language), cut=formats.number(cut, language))
        for name, cut in upper
    ]
    return ", ".join([*told, say("definition.bands.rest", language, name=_apart(lowest, language)) if told else lowest])


def attribute(attr: str, language: str) -> str:
    """An attribute by the name that people have for it; one that nobody named is called as the data call it."""
    key = f"definition.attributes.{attr}"
    return say(key, language) if has(key) else _apart(attr.replace("_", " ").strip(), language)


def _told(rule: Expression, holds: bool, language: str) -> str:
    """What must be so for a rule to hold, or not to hold."""
    match rule:
        case Compare():
            return _compared(rule, holds, language)
        case In():
            key = "one_of" if holds else "none_of"
            return _about(
                rule.attr, key, language, values=_listed([_value(v, language) for v in rule.values], language)
            )
        case Between():
            key = "between" if holds else "outside"
            return _about(rule.attr, key, language, low=_value(rule.low, language), high=_value(rule.high, language))
        case Exists():
            return _about(rule.attr, "known" if holds else "unknown", language)
        case CountWithin():
            return _touches(rule, holds, language)
        case AgeDays():
            key = COMPARED[rule.cmp if holds else OPPOSITE[rule.cmp]]
            return say(f"definition.rules.age_{key}", language, days=_counted("days", rule.value, language))
        case Not():
            return _told(rule.of, not holds, language)
        case AllOf() | AnyOf():
            return _joined(rule, holds, language)
    raise TypeError(type(rule).__name__)


def _compared(rule: Compare, holds: bool, language: str) -> str:
    cmp = rule.cmp if holds else OPPOSITE[rule.cmp]
    if isinstance(rule.value, bool):
        answer = "yes" if rule.value is (cmp == "==") else "no"
        return _about(rule.attr, "flag", language, answer=say(f"definition.rules.{answer}", language))
    return _about(rule.attr, COMPARED[cmp], language, value=_value(rule.value, language))


def _about(attr: str, key: str, language: str, **told: str) -> str:
    return say(f"definition.rules.{key}", language, attr=attribute(attr, language), **told)


def _touches(rule: CountWithin, holds: bool, language: str) -> str:
    key = f"definition.touches.{'any' if rule.event == ANY_TOUCH else rule.event}"
    kind = say(key, language) if has(key) else _apart(rule.event.replace("_", " "), language)
    days = _counted("last", rule.days, language)
    if not holds and rule.n == 1:
        return say("definition.rules.touches_none", language, kind=kind, days=days)
    rule_key, n = ("touches_enough", rule.n) if holds else ("touches_few", rule.n - 1)
    return say(f"definition.rules.{rule_key}", language, kind=kind, times=_counted("times", n, language), days=days)


def _joined(rule: Several, holds: bool, language: str) -> str:
    """Rules joined by "and" or "or"; a denied "and" is an "or" of what is denied."""
    both = isinstance(rule, AllOf) is holds
    if not rule.of:
        return say(f"definition.rules.{'always' if both else 'never'}", language)
    parts = [_part(part, holds, len(rule.of) > 1, language) for part in rule.of]
    key = f"definition.rules.{'and' if both else 'or'}"
    return reduce(lambda one, other: say(key, language, one=one, other=other), parts)


def _part(rule: Expression, holds: bool, among_others: bool, language: str) -> str:
    inner = rule
    while isinstance(inner, Not):
        inner = inner.of
    told = _told(rule, holds, language)
    return f"({told})" if among_others and isinstance(inner, Several) and len(inner.of) > 1 else told


def _listed(values: Sequence[str], language: str) -> str:
    """ "a, b or c"."""
    if len(values) < 2:
        return "".join(values) or "\u2013"
    return say("definition.rules.last_of_list", language, others=", ".join(values[:-1]), last=values[-1])


def _value(value: bool | float | str, language: str) -> str:
    if isinstance(value, bool):
        return say(f"definition.rules.{'yes' if value else 'no'}", language)
    if isinstance(value, str):
        return _apart(value, language)
    return formats.number(value, language, 0 if float(value).is_integer() else 2)


def _counted(what: str, n: float, language: str) -> str:
    """A number of things, in the grammar of the language."""
    form = {1: "one", 2: "two"}.get(n, "many")  # type: ignore[call-overload]
    number = formats.number(n, language, 0 if float(n).is_integer() else 2)
    return say(f"definition.counted.{what}_{form}", language, n=number)


def _apart(text: str, language: str) -> str:
    """A word of the data inside a Hebrew sentence, kept from turning the words around it."""
    return formats.apart(text) if language == "he" else text
