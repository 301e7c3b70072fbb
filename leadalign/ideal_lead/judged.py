"""A film judged by SQL: each version for the time that it was in force; each set of answers is weighed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pyarrow as pa

from leadalign.ideal_lead.definition import Definition, Schedule
from leadalign.ideal_lead.film import FAR_SQL, Film, Run, microseconds, places
from leadalign.ideal_lead.intervals import ClassInterval, Mode
from leadalign.ideal_lead.judging import READINESS, weigh
from leadalign.ideal_lead.known import FAR
from leadalign.ideal_lead.rule_sql import Binding, rule_sql
from leadalign.ideal_lead.rules import ANY_TOUCH

BEGIN = datetime.min.replace(tzinfo=UTC)
CLASS = "version, route, cells, value_lo, value_hi, ready_lo, ready_hi, unknown, readiness, points, unknown_points"
NUMBERS = ("version", "value_lo", "value_hi", "ready_lo", "ready_hi")
Given = Callable[[str, pa.Table], AbstractContextManager[None]]


@dataclass(frozen=True)
class Reign:
    """A version and the time for which it judges."""

    definition: Definition
    start: datetime
    end: datetime


def reigns(versions: Schedule, how: Mode) -> list[Reign]:
    """Which version judges when, one after another without a gap."""
    if how.imposed is not None:
        return [Reign(versions.version(how.imposed), BEGIN, FAR)]
    moments = [BEGIN, *(moment for moment in versions.boundaries() if BEGIN < moment < FAR), FAR]
    return [Reign(versions.in_force(start), start, end) for start, end in pairwise(moments) if start < end]


def first_difference(old: Sequence[Reign], new: Sequence[Reign]) -> datetime:
    """The moment from which another version judges than before; the far date where there is none."""
    for before, now in zip(old, new, strict=False):
        if before != now:
            ends_sooner = (before.definition, before.start) == (now.definition, now.start) and now.end < before.end
            return now.end if ends_sooner else now.start
    return FAR


def from_moment(all_reigns: Sequence[Reign], moment: datetime) -> list[Reign]:
    """What is left of the reigns from a moment on."""
    return [Reign(each.definition, max(each.start, moment), each.end) for each in all_reigns if each.end > moment]


def judge_film(run: Run, given: Given, film: Film, source: str, ruling: Sequence[Reign]) -> str:
    """SQL of a row per lead and stretch of unchanged class, half-open, the last one until the far date.

    `source` is SQL of the film's rows to judge; `ruling` fills the time from its first moment on.
    """
    parts = [_judged(run, given, film, source, reign, number) for number, reign in enumerate(ruling)]
    run(f"CREATE OR REPLACE TEMP TABLE judged AS {' UNION ALL '.join(parts)}")
    return (
        "WITH alone AS (SELECT lead_id FROM judged GROUP BY lead_id HAVING count(*) = 1), "
        "turns AS (SELECT *, lag(lead_id) OVER story IS NULL OR (version, weighed_as) IS DISTINCT FROM "
        "lag((version, weighed_as)) OVER story AS is_turn FROM judged ANTI JOIN alone USING (lead_id) "
        "WINDOW story AS (PARTITION BY lead_id ORDER BY since)) "
        f"SELECT lead_id, since AS valid_from, until AS valid_to, {CLASS} FROM judged SEMI JOIN alone USING (lead_id) "
        f"UNION ALL SELECT lead_id, since, coalesce(lead(since) OVER story, {FAR_SQL}), {CLASS} "
        "FROM turns WHERE is_turn WINDOW story AS (PARTITION BY lead_id ORDER BY since)"
    )


def _judged(run: Run, given: Given, film: Film, source: str, reign: Reign, number: int) -> str:
    """SQL of the stretches within a reign with their classes."""
    answers, weighed = f"answers{number}", f"weighed{number}"
    _answer(run, film, source, reign, answers)
    columns = [f"c{n}" for n in range(len(reign.definition.criteria))]
    seen = run(f"SELECT DISTINCT {', '.join(columns)} FROM {answers}") if columns else [()]
    with given("weighed_rows", _weighed(reign.definition, seen, columns)):
        run(f"CREATE OR REPLACE TEMP TABLE {weighed} AS SELECT * FROM weighed_rows")
    same = " AND ".join(f"a.{column} IS NOT DISTINCT FROM w.{column}" for column in columns) or "TRUE"
    return (
        f"SELECT a.lead_id, a.since, a.until, w.weighed_as, {CLASS} FROM {answers} AS a JOIN {weighed} AS w ON {same}"
    )


def class_columns(found: Sequence[tuple[Definition, ClassInterval]]) -> dict[str, pa.Array]:
    """The columns of these classes and of the versions that judged, as facts read them."""
    weights = {each.version: _weights(each) for each in {definition for definition, _ in found}}
    classes = [each for _, each in found]
    numbers = {name: [getattr(each, name) for each in classes] for name in NUMBERS}
    numbers["points"] = [sum(weights[each.version].values()) for each in classes]
    numbers["unknown_points"] = [sum(weights[each.version][one] for one in each.unknown) for each in classes]
    texts = {
        "route": [each.route for each in classes],
        "readiness": [READINESS[each.route] for each in classes],
        "cells": ["|".join(each.cells) for each in classes],
        "unknown": ["|".join(each.unknown) for each in classes],
    }
    return {name: pa.array(column, pa.int32()) for name, column in numbers.items()} | {
        name: pa.array(column, pa.string()) for name, column in texts.items()
    }


def _weights(definition: Definition) -> dict[str, int]:
    """What each criterion moves a score by; a must moves none, it opens or shuts the door."""
    return {criterion.id: abs(criterion.points) for criterion in definition.criteria}


def _weighed(definition: Definition, seen: Sequence[Sequence[Any]], columns: Sequence[str]) -> pa.Table:
    """Each set of answers that occurs, with its judgement; equal judgements have one number."""
    found = [weigh(definition, tuple(row)) for row in seen]
    classes = [
        ClassInterval(BEGIN, FAR, definition.version, e.route, e.cells, *e.value, *e.readiness, e.unknown)
        for e in found
    ]
    numbers: dict[ClassInterval, int] = {}
    answers = {column: pa.array([row[n] for row in seen], pa.bool_()) for n, column in enumerate(columns)}
    weighed_as = pa.array([numbers.setdefault(each, len(numbers)) for each in classes], pa.int32())
    return pa.table({**answers, "weighed_as": weighed_as, **class_columns([(definition, each) for each in classes])})


def _answer(run: Run, film: Film, source: str, reign: Reign, table: str) -> None:
    """Makes `table`: the stretches of the film within the reign, with the answer of each criterion."""
    binding = Binding(places(film))
    answers = [rule_sql(criterion.expr, binding) for criterion in reign.definition.criteria]
    within = (
        "SELECT * REPLACE (greatest(since, $start) AS since, least(until, $end) AS until) "
        f"FROM ({source}) WHERE since < $end AND until > $start"
    )
    counts = [(n, _count(event, days, within, film, binding)) for (event, days), n in binding.counts.items()]
    columns = "".join(f", {answer} AS c{n}" for n, answer in enumerate(answers))
    counted = "".join(f", coalesce(t{n}.touches, 0) AS count{n}" for n, _ in counts)
    joined = "".join(
        f" LEFT JOIN ({sql}) AS t{n} ON t{n}.lead_id = w.lead_id AND t{n}.since = w.since" for n, sql in counts
    )
    run(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT f.lead_id, f.since, f.until{columns} FROM ("
        f"SELECT w.*, epoch_us(w.since) - epoch_us(w.created_at) AS age{counted} FROM ({within}) AS w{joined}) AS f",
        {**binding.values, "start": reign.start, "end": reign.end},
    )


def _count(event: str, days: float, within: str, film: Film, binding: Binding) -> str:
    """SQL of how many touches each stretch looks back on."""
    of_type = "" if event == ANY_TOUCH else f" AND t.type = {binding.bind(event)}"
    recorded = "" if film.clock == "hindsight" else " AND t.recorded_at <= s.since"
    return (
        f"SELECT s.lead_id, s.since, count(*) AS touches FROM ({within}) AS s JOIN told_touches AS t "
        "ON t.lead_id = s.lead_id AND t.occurred_at <= s.since "
        f"AND t.occurred_at > s.since - to_microseconds({microseconds(days)}){recorded}{of_type} "
        "GROUP BY s.lead_id, s.since"
    )
