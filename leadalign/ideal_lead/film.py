"""What was known of each lead, as a film: one row for each stretch of time in which nothing about it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from leadalign.ideal_lead.definition import Definition
from leadalign.ideal_lead.expression import Expression
from leadalign.ideal_lead.known import FAR, Clock
from leadalign.ideal_lead.rules import ANY_TOUCH, AgeDays, CountWithin, Group

Run = Callable[..., list[tuple[Any, ...]]]
FAR_SQL = f"TIMESTAMPTZ '{FAR.isoformat()}'"
LATEST = f"CAST(epoch_us(e.observed_at) AS HUGEINT) * {2**62} + epoch_us(e.recorded_at)"
"""Grows with the moment of observation, among equals with that of recording: the greatest one counts."""


@dataclass(frozen=True)
class Film:
    """What a film shows: these attributes, and a cut wherever time alone may change an answer about age or touches."""

    clock: Clock
    attributes: tuple[str, ...]
    ages: frozenset[int] = frozenset()
    """The microseconds of a lead's life after which a rule about its age turns."""
    counts: frozenset[tuple[str, float]] = frozenset()
    """The touches that are counted: their type, and for how many days."""

    @classmethod
    def of(cls, definitions: Iterable[Definition], clock: Clock) -> Film:
        """The film on which these definitions can be judged."""
        rules = leaves(criterion.expr for each in definitions for criterion in each.criteria)
        return cls(
            clock,
            tuple(sorted(frozenset().union(*(rule.attributes() for rule in rules)))),
            frozenset(_turns_after(rule) for rule in rules if isinstance(rule, AgeDays)),
            frozenset((rule.event, rule.days) for rule in rules if isinstance(rule, CountWithin)),
        )

    def shows(self, other: Film) -> bool:
        """Whether all that another film shows is in this one."""
        return (
            self.clock == other.clock
            and set(self.attributes) >= set(other.attributes)
            and self.ages >= other.ages
            and self.counts >= other.counts
        )


def leaves(rules: Iterable[Expression]) -> list[Expression]:
    """The rules at the ends of these rules."""
    found: list[Expression] = []
    for rule in rules:
        found += leaves(rule.parts()) if isinstance(rule, Group) else [rule]
    return found


def microseconds(days: float) -> int:
    """So many days as whole microseconds."""
    return timedelta(days=days) // timedelta(microseconds=1)


def shoot(run: Run, film: Film) -> None:
    """Makes table `film_new` of the leads, events and touches in `told_leads`, `told_events`, `told_touches`.

    Its columns: lead_id, created_at, since, until, and for attribute 3: n3, t3, b3 (its value as number, text, flag:
    one of them, or none) and known3.
    """
    _values_by_moment(run, film)
    _moments(run, film)
    places = range(len(film.attributes))
    told = "".join(f", v{n}" for n in places)
    latest = "".join(f", arg_max_null(v{n}, k{n}) OVER so_far AS v{n}" for n in places)
    run(
        "CREATE OR REPLACE TEMP TABLE film_new AS "
        "WITH alone AS (SELECT lead_id FROM moments GROUP BY lead_id HAVING count(*) = 1), "
        f"story AS (SELECT lead_id, created_at, since, lead(since) OVER later AS until{latest} "
        "FROM (SELECT * FROM moments ANTI JOIN alone USING (lead_id)) "
        "WINDOW later AS (PARTITION BY lead_id ORDER BY since), "
        "so_far AS (PARTITION BY lead_id ORDER BY since ROWS UNBOUNDED PRECEDING)) "
        f"SELECT lead_id, created_at, since, coalesce(until, {FAR_SQL}) AS until{''.join(map(_typed, places))} "
        f"FROM (SELECT lead_id, created_at, since, until{told} FROM story "
        f"UNION ALL SELECT lead_id, created_at, since, NULL{told} FROM moments SEMI JOIN alone USING (lead_id))"
    )
    run("DROP TABLE moments")


def _counts_from(clock: Clock, happened: str, recorded: str) -> str:
    """SQL of when a thing begins to count: when it was true, and on the known clock also when it was recorded."""
    return happened if clock == "hindsight" else f"greatest({happened}, {recorded})"


def _values_by_moment(run: Run, film: Film) -> None:
    """Makes `told`: a row per lead and moment at which values were told, with a key that orders what was observed.

    Nearly always an attribute is told once at a moment, and the greatest of one value is that value; the few leads
    where it is not so are done again with care.
    """
    places = range(len(film.attributes))
    bound = {f"a{n}": attr for n, attr in enumerate(film.attributes)}
    if not bound:
        nothing = "SELECT lead_id, created_at, created_at AS since FROM told_leads LIMIT 0"
        run(f"CREATE OR REPLACE TEMP TABLE told AS {nothing}")
        return
    since = f"greatest({_counts_from(film.clock, 'e.observed_at', 'e.recorded_at')}, l.created_at)"
    asked = ", ".join(f"${a}" for a in bound)
    events = (
        f"SELECT l.lead_id, l.created_at, {since} AS since, e.attr, e.value, {LATEST} AS key, e.event_id "
        f"FROM told_events AS e JOIN told_leads AS l USING (lead_id) WHERE e.attr IN ({asked})"
    )
    run(
        f"CREATE OR REPLACE TEMP TABLE told AS SELECT lead_id, created_at, since, count(*) AS said"
        f"{_values('max(value)', places)} FROM ({events}) GROUP BY ALL",
        bound,
    )
    several = " + ".join(f"CAST(k{n} IS NOT NULL AS INTEGER)" for n in places)
    run(f"CREATE OR REPLACE TEMP TABLE crowded AS SELECT DISTINCT lead_id FROM told WHERE said > {several}")
    run("DELETE FROM told WHERE lead_id IN (SELECT lead_id FROM crowded)")
    latest = _values("arg_max_null(value, (key, event_id))", places)
    run(
        f"INSERT INTO told SELECT lead_id, created_at, since, count(*){latest} "
        f"FROM ({events} AND e.lead_id IN (SELECT lead_id FROM crowded)) GROUP BY ALL",
        bound,
    )


def _values(chosen: str, places: Iterable[int]) -> str:
    return "".join(
        f", {chosen} FILTER (WHERE attr = $a{n}) AS v{n}, max(key) FILTER (WHERE attr = $a{n}) AS k{n}" for n in places
    )


def _moments(run: Run, film: Film) -> None:
    """Makes `moments`: those of `told`, and those at which a lead begins or time alone may change an answer."""
    bound: dict[str, Any] = {}
    cuts = ["SELECT lead_id, created_at, created_at AS since FROM told_leads"]
    cuts += [f"SELECT lead_id, created_at, created_at + to_microseconds({age}) FROM told_leads" for age in film.ages]
    for event, days in sorted(film.counts):
        cuts += _touch_cuts(film.clock, event, days, bound)
    places = range(len(film.attributes))
    columns = "".join(f", v{n}, k{n}" for n in places)
    empty = "".join(f", NULL AS v{n}, NULL AS k{n}" for n in places)
    once = " UNION ".join(cuts) if len(cuts) > 1 else cuts[0]
    run(
        f"CREATE OR REPLACE TEMP TABLE moments AS SELECT lead_id, created_at, since{columns} FROM told "
        f"UNION ALL SELECT lead_id, created_at, since{empty} FROM ({once}) AS cut "
        "ANTI JOIN told USING (lead_id, since) WHERE since >= created_at",
        bound,
    )
    run("DROP TABLE told")


def _touch_cuts(clock: Clock, event: str, days: float, bound: dict[str, Any]) -> list[str]:
    """SQL of the moments at which a touch of a type begins to count, and at which it leaves the days that count."""
    of_type = "" if event == ANY_TOUCH else f" WHERE t.type = {_bind(bound, event)}"
    gone = f"t.occurred_at + to_microseconds({microseconds(days)})"
    return [
        f"SELECT l.lead_id, l.created_at, {moment} FROM told_touches AS t JOIN told_leads AS l USING (lead_id){of_type}"
        for moment in (_counts_from(clock, "t.occurred_at", "t.recorded_at"), gone)
    ]


def _bind(bound: dict[str, Any], value: object) -> str:
    name = f"b{len(bound)}"
    bound[name] = value
    return f"${name}"


def _turns_after(rule: AgeDays) -> int:
    """`>` and `<=` turn a tick later than the birthday itself."""
    return microseconds(rule.value) + (rule.cmp in (">", "<="))


def _typed(n: int) -> str:
    """SQL of an attribute's JSON text as a number, a text and a flag: one of them, or none."""
    number = f"TRY_CAST(v{n} AS DOUBLE)"
    plain = f"substr(v{n}, 2, length(v{n}) - 2)"
    return (
        f", CASE WHEN regexp_matches(v{n}, '^-?[0-9]') AND isfinite({number}) THEN {number} END AS n{n}"
        f", CASE WHEN starts_with(v{n}, '\"') THEN CASE WHEN contains(v{n}, '\\') THEN json_extract_string(v{n}, '$') "
        f"ELSE {plain} END END AS t{n}"
        f", CASE v{n} WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END AS b{n}"
        f", coalesce(v{n} <> 'null', FALSE) AS known{n}"
    )


def places(film: Film) -> dict[str, int]:
    """The number of each attribute in a film's columns."""
    return {attr: n for n, attr in enumerate(film.attributes)}
