"""The two written definitions of the demo company's ideal lead, and who is ready by them."""

from collections.abc import Mapping
from datetime import datetime
from itertools import product
from typing import Any

Value = str | float | bool
Facts = Mapping[str, Value | None]

MARKETS = ["Israel", "United States", "United Kingdom", "Germany"]
INDUSTRIES = ["Software", "Telecom", "Finance"]
SENIOR = ["director", "vp", "cxo"]
WASTE = {"NURTURE", "LOW", "UNFIT"}
"""Routes on which sales time counts as spent on leads that were not ready."""


def written(version: int, start: datetime, end: datetime | None) -> dict[str, Any]:
    """Definition `version` as a document: 2 asks for larger companies, and for a budget before anything else."""
    first = version == 1
    return {
        "definition_id": "ideal-lead",
        "version": version,
        "effective_from": start.isoformat(),
        "effective_to": end.isoformat() if end else None,
        "agreed_by": {"marketing": "m1", "sales": "r1"},
        "value_bands": [["A", 80], ["B", 50], ["C", 1], ["D", 0]],
        "readiness_bands": [["1", 80], ["2", 50 if first else 60], ["3", 1], ["4", 0]],
        "routes": _routes(),
        "criteria": [
            _criterion("V0", "value", 0, "country_region", "in", MARKETS),
            _criterion("V1", "value", 40, "number_of_employees", ">=", 50 if first else 200),
            _criterion("V2", "value", 30, "industry", "in", INDUSTRIES),
            _criterion("V3", "value", 30, "seniority", "in", SENIOR),
            _criterion("R1", "readiness", 40 if first else 45, "budget_confirmed", "==", True),
            _criterion("R2", "readiness", 35 if first else 30, "timeline_days", "<=", 90),
            _criterion("R3", "readiness", 25, "engagements_30d", ">=", 3),
        ],
    }


def _routes() -> dict[str, str]:
    ready = dict.fromkeys(("A1", "A2", "B1", "B2"), "SRL")
    return ready | dict.fromkeys(("A3", "A4", "B3", "B4"), "NURTURE") | {"*": "LOW"}


def _criterion(name: str, dimension: str, points: int, attr: str, test: str, value: Any) -> dict[str, Any]:
    """One line of the definition; without points it is a must."""
    expr = {"op": "in", "attr": attr, "values": value}
    if test != "in":
        expr = {"op": "cmp", "attr": attr, "cmp": test, "value": value}
    worth = {"kind": "points", "points": points} if points else {"kind": "must"}
    return {"id": name, "dimension": dimension, **worth, "expr": expr}


def route(definition: Mapping[str, Any], facts: Facts) -> str:
    """Where a lead with these `facts` belongs: SRL, NURTURE, LOW, UNFIT, or UNDETERMINED if what is unknown decides."""
    tests = {criterion["id"]: criterion["expr"] for criterion in definition["criteria"]}
    met = {name: _met(expr, facts.get(expr["attr"])) for name, expr in tests.items()}
    unknown = [name for name, answer in met.items() if answer is None]
    ends = {
        _route(definition, met | dict(zip(unknown, guess, strict=True)))
        for guess in product((False, True), repeat=len(unknown))
    }
    return ends.pop() if len(ends) == 1 else "UNDETERMINED"


def _met(expr: Mapping[str, Any], value: Any) -> bool | None:
    if value is None:
        return None
    if expr["op"] == "in":
        return value in expr["values"]
    wanted = expr["value"]
    return bool({"==": value == wanted, ">=": value >= wanted, "<=": value <= wanted}[expr["cmp"]])


def _route(definition: Mapping[str, Any], met: Mapping[str, bool | None]) -> str:
    score = {"value": 0, "readiness": 0}
    for criterion in definition["criteria"]:
        if criterion["kind"] == "must" and not met[criterion["id"]]:
            return "UNFIT"
        score[criterion["dimension"]] += criterion.get("points", 0) if met[criterion["id"]] else 0
    cell = _band(definition["value_bands"], score["value"]) + _band(definition["readiness_bands"], score["readiness"])
    return str(definition["routes"].get(cell, definition["routes"]["*"]))


def _band(bands: list[list[Any]], score: int) -> str:
    return next(str(name) for name, floor in bands if score >= floor)
