"""A second, slow way to judge, from JSON and plain rows; and random small worlds on which the two must agree."""

from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import strategies as st

START = datetime(2026, 1, 1, tzinfo=UTC)
CELL_ROUTES = {"A1": "SRL", "A2": "NURTURE", "B1": "SRL", "*": "LOW"}


# ---- the slow way


def kind(value):
    return {bool: "flag", int: "number", float: "number", str: "text"}.get(type(value))


def ordered(value, sign, other):
    return {
        "==": lambda: value == other,
        "!=": lambda: value != other,
        ">=": lambda: value >= other,
        "<=": lambda: value <= other,
        ">": lambda: value > other,
        "<": lambda: value < other,
    }[sign]()


def about_value(rule, value):
    """A rule about one attribute, given its value."""
    if rule["op"] == "exists":
        return value is not None
    asked = {"cmp": lambda: [rule["value"]], "in": lambda: rule["values"], "between": lambda: [rule["low"]]}[
        rule["op"]
    ]()
    if kind(value) not in {kind(each) for each in asked} - {None}:
        return None
    if rule["op"] == "between":
        return rule["low"] <= value <= rule["high"]
    if rule["op"] == "in":
        return any(kind(each) == kind(value) and each == value for each in asked)
    return ordered(value, rule["cmp"], rule["value"])


def answer(rule, world):
    """True, False or None, by counting what the parts could be."""
    op = rule["op"]
    if op == "count_within":
        since = world["at"] - timedelta(days=rule["days"])
        return (
            sum(since < when <= world["at"] and type_ == rule["event"] for when, type_ in world["touches"]) >= rule["n"]
        )
    if op == "age_days":
        return ordered(world["at"] - world["created_at"], rule["cmp"], timedelta(days=rule["value"]))
    if op in ("all", "any", "not"):
        parts = [answer(part, world) for part in (rule["of"] if op != "not" else [rule["of"]])]
        combine = {"all": all, "any": any, "not": lambda each: not each[0]}[op]
        could_be = {
            combine(each) for each in product(*([part] if part is not None else [True, False] for part in parts))
        }
        return could_be.pop() if len(could_be) == 1 else None
    return about_value(rule, world["values"].get(rule["attr"]))


def cells_of(definition, answers):
    """All cells that any completion of the unknown answers leads to."""
    cells = set()
    for complete in product(*([each] if each is not None else [True, False] for each in answers)):
        held = list(zip(definition["criteria"], complete, strict=True))
        if any((c["kind"] == "must" and not yes) or (c["kind"] == "exclude" and yes) for c, yes in held):
            cells.add("X")
            continue
        cell = ""
        for axis in ("value", "readiness"):
            score = sum(c["points"] for c, yes in held if yes and c["kind"] == "points" and c["dimension"] == axis)
            bands = definition[axis + "_bands"]
            cell += ([name for name, cut in bands if score >= cut] or [bands[-1][0]])[0]
        cells.add(cell)
    return cells


def route_of(definition, cells):
    routes = {"UNFIT" if c == "X" else definition["routes"].get(c, definition["routes"]["*"]) for c in cells}
    return routes.pop() if len(routes) == 1 else "UNDETERMINED"


def seen_by(when, recorded, at, mode):
    return when <= at and (mode == "hindsight" or recorded <= at)


def slow_class(lead, definitions, at, mode):
    """Version, route, cells and unknown criteria of a lead at a moment, from scratch; `definitions` are in order."""
    if at < lead["created_at"]:
        return None
    values, latest = {}, {}
    for event_id, attr, value, observed, recorded in lead["events"]:
        rank = (observed, recorded, event_id)
        if seen_by(observed, recorded, at, mode) and (attr not in latest or rank > latest[attr]):
            latest[attr], values[attr] = rank, value
    touches = [(when, type_) for when, recorded, type_ in lead["touches"] if seen_by(when, recorded, at, mode)]
    world = {"values": values, "touches": touches, "created_at": lead["created_at"], "at": at}
    begun = [each for each in definitions if datetime.fromisoformat(each["effective_from"]) <= at]
    definition = begun[-1]
    if mode.startswith("what-if:"):
        definition = next(each for each in definitions if each["version"] == int(mode[8:]))
    answers = [answer(criterion["expr"], world) for criterion in definition["criteria"]]
    cells = cells_of(definition, answers)
    unknown = tuple(c["id"] for c, held in zip(definition["criteria"], answers, strict=True) if held is None)
    return definition["version"], route_of(definition, cells), tuple(sorted(cells)), unknown


# ---- random small worlds: few values and few moments, so that ties and boundaries happen all the time

moments = st.integers(-4, 24).map(lambda quarter: START + timedelta(hours=6 * quarter))
values = st.one_of(st.none(), st.integers(0, 3), st.booleans(), st.sampled_from(["a", "b", 1.5]))
attributes = st.sampled_from(["x", "y"])
days = st.sampled_from([0.5, 1.0, 2.25])
leaves = st.one_of(
    st.builds(
        lambda attr, sign, value: {"op": "cmp", "attr": attr, "cmp": sign, "value": value},
        attributes, st.sampled_from(["==", "!=", ">=", "<=", ">", "<"]), st.sampled_from([0.0, 1.0, 2.0, "a"]),
    ),
    st.builds(lambda attr: {"op": "cmp", "attr": attr, "cmp": "==", "value": True}, attributes),
    st.builds(
        lambda attr, listed: {"op": "in", "attr": attr, "values": listed},
        attributes, st.lists(st.sampled_from([1.0, 2.0, "b", True]), min_size=1, max_size=3),
    ),
    st.builds(
        lambda attr, low: {"op": "between", "attr": attr, "low": low, "high": low + 1},
        attributes, st.sampled_from([0.0, 1.0]),
    ),
    st.builds(lambda attr: {"op": "exists", "attr": attr}, attributes),
    st.builds(
        lambda event, length, n: {"op": "count_within", "event": event, "days": length, "n": n},
        st.sampled_from(["call", "form"]), days, st.integers(1, 3),
    ),
    st.builds(
        lambda sign, length: {"op": "age_days", "cmp": sign, "value": length},
        st.sampled_from([">=", "<=", ">", "<"]), days,
    ),
)  # fmt: skip
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda op, of: {"op": op, "of": of}, st.sampled_from(["all", "any"]), st.lists(inner, max_size=3)),
        st.builds(lambda of: {"op": "not", "of": of}, inner),
    ),
    max_leaves=4,
)


@st.composite
def definitions_json(draw, version=1, begins=START):
    """A definition as JSON-like data, with up to 6 criteria of any kind."""
    criteria = []
    for place in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(["points", "points", "points", "must", "exclude"]))
        points = draw(st.sampled_from([-20, 30, 40, 50])) if kind == "points" else 0
        dimension = draw(st.sampled_from(["value", "readiness"]))
        criteria.append(
            {"id": f"c{place}", "dimension": dimension, "kind": kind, "points": points, "expr": draw(rules)}
        )
    return {
        "definition_id": "random",
        "version": version,
        "effective_from": begins.isoformat(),
        "effective_to": None,
        "agreed_by": {"marketing": "m", "sales": "s"} if version else {},
        "value_bands": [["A", 70], ["B", 30], ["C", 0]],
        "readiness_bands": [["1", 70], ["2", 30], ["3", -10]],
        "routes": CELL_ROUTES,
        "criteria": criteria,
    }


@st.composite
def schedules_json(draw):
    """Version 0 since ever, then up to two signed versions, in the order in which they come into force."""
    begins = sorted(draw(st.lists(moments, max_size=2, unique=True)))
    unsigned = draw(definitions_json(version=0, begins=START - timedelta(days=9999)))
    return [unsigned, *(draw(definitions_json(version=n, begins=begin)) for n, begin in enumerate(begins, start=1))]


leads = st.fixed_dictionaries(
    {
        "created_at": st.sampled_from([START, START + timedelta(hours=6)]),
        "events": st.lists(st.tuples(attributes, values, moments, moments), max_size=7).map(
            lambda rows: [(f"e{place}", *row) for place, row in enumerate(rows)]
        ),
        "touches": st.lists(st.tuples(moments, moments, st.sampled_from(["call", "form"])), max_size=4),
    }
)
modes = st.sampled_from(["known", "hindsight", "what-if:0"])
