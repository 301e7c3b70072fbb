"""A lead judged by a definition: its route and cell, exact over what is unknown, and every step explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations, product
from math import comb
from typing import NamedTuple, TypeAlias

from leadalign.ideal_lead.definition import UNFIT_CELL, Criterion, Definition, Dimension
from leadalign.ideal_lead.expression import Seen, Truth
from leadalign.ideal_lead.known import Known

READINESS = {
    "SRL": "ready",
    "NURTURE": "unready",
    "LOW": "unfit",
    "UNFIT": "unfit",
    "UNDETERMINED": "undetermined",
}
UNDETERMINED = "UNDETERMINED"
MOST_UNKNOWN = 12
MOST_FLIPS_TRIED = 5_000

Answers: TypeAlias = tuple[Truth, ...]


class Explained(NamedTuple):
    """One criterion: whether it held, what it looked at, and the points it gave."""

    id: str
    kind: str
    dimension: str
    result: Truth
    got: tuple[Seen, ...]
    points: int


class Question(NamedTuple):
    """A criterion whose answer is worth finding out, the attributes to ask for, and whether it can settle the route."""

    id: str
    attributes: tuple[str, ...]
    can_settle: bool


class Margin(NamedTuple):
    """Where a sure score lies in its band: points above its lower edge, points missing to the next band."""

    band: str
    above: int | None
    to_next: int | None


@dataclass(frozen=True)
class Judgement:
    """A lead's route; the cells it may be in; the lowest and highest score on each axis; the criteria not known."""

    route: str
    cells: tuple[str, ...]
    value: tuple[int, int]
    readiness: tuple[int, int]
    unknown: tuple[str, ...]
    definition: Definition = field(repr=False)
    answers: Answers = field(repr=False)
    known: Known | None = field(default=None, compare=False, repr=False)

    @property
    def cell(self) -> str | None:
        """The lead's cell, if there is only one that it can be in."""
        return self.cells[0] if len(self.cells) == 1 else None

    @property
    def readiness_word(self) -> str:
        """The route in the words of the facts: ready, unready, unfit, undetermined."""
        return READINESS[self.route]

    @property
    def explain(self) -> tuple[Explained, ...]:
        """Each criterion with its answer, what it looked at, and its points."""
        pairs = zip(self.definition.criteria, self.answers, strict=True)
        return tuple(_explained(criterion, answer, self.known) for criterion, answer in pairs)


def _explained(criterion: Criterion, answer: Truth, known: Known | None) -> Explained:
    got = criterion.expr.seen(known) if known else ()
    return Explained(criterion.id, criterion.kind, criterion.dimension, answer, got, criterion.points if answer else 0)


def judge(definition: Definition, known: Known) -> Judgement:
    """The lead as a definition sees it, from what was known."""
    return replace(weigh(definition, definition.answers(known)), known=known)


@lru_cache(maxsize=65_536)
def weigh(definition: Definition, answers: Answers) -> Judgement:
    """The judgement that follows from the criteria's answers; equal answers are weighed once."""
    criteria = tuple(zip(definition.criteria, answers, strict=True))
    unknown = tuple(criterion.id for criterion, answer in criteria if answer is None)
    cells = tuple(sorted(_cells(definition, answers, exact=len(unknown) <= MOST_UNKNOWN)))
    routes = {definition.route(cell) for cell in cells}
    return Judgement(
        route=routes.pop() if len(routes) == 1 else UNDETERMINED,
        cells=cells,
        value=_range(*_points(definition, answers, "value")),
        readiness=_range(*_points(definition, answers, "readiness")),
        unknown=unknown,
        definition=definition,
        answers=answers,
    )


def _cells(definition: Definition, answers: Answers, exact: bool) -> set[str]:
    """The cells of all completions of the unknown; the axes share no criterion, so each may be completed alone."""
    barred = _barred(definition, answers)
    if barred:
        return {UNFIT_CELL}
    reach = _exact_bands if exact else _bands_between
    cells = {
        value + readiness
        for value, readiness in product(reach(definition, answers, "value"), reach(definition, answers, "readiness"))
    }
    return cells | {UNFIT_CELL} if barred is None else cells


def _barred(definition: Definition, answers: Answers) -> Truth:
    """Whether a must fails or an exclusion holds."""
    bars = [
        _opposite(answer) if criterion.kind == "must" else answer
        for criterion, answer in zip(definition.criteria, answers, strict=True)
        if criterion.kind != "points"
    ]
    return True if True in bars else None if None in bars else False


def _opposite(answer: Truth) -> Truth:
    return None if answer is None else not answer


def _points(definition: Definition, answers: Answers, dimension: Dimension) -> tuple[int, list[int]]:
    """The sure score of an axis, and the points that are open."""
    scored = [
        (criterion.points, answer)
        for criterion, answer in zip(definition.criteria, answers, strict=True)
        if criterion.kind == "points" and criterion.dimension == dimension
    ]
    return sum(points for points, answer in scored if answer), [points for points, answer in scored if answer is None]


def _range(sure: int, open_points: list[int]) -> tuple[int, int]:
    return sure + sum(p for p in open_points if p < 0), sure + sum(p for p in open_points if p > 0)


def _exact_bands(definition: Definition, answers: Answers, dimension: Dimension) -> set[str]:
    """The bands of every score that some completion reaches."""
    sure, open_points = _points(definition, answers, dimension)
    scores = {sure}
    for points in open_points:
        scores |= {score + points for score in scores}
    return {definition.band(dimension, score) for score in scores}


def _bands_between(definition: Definition, answers: Answers, dimension: Dimension) -> set[str]:
    """The bands from the lowest to the highest score, reached or not: never wrong, perhaps less sure."""
    low, high = _range(*_points(definition, answers, dimension))
    return {definition.band(dimension, low)} | {name for name, cut in definition.bands(dimension) if low < cut <= high}


def _with(judgement: Judgement, changes: dict[int, bool]) -> Judgement:
    answers = tuple(changes.get(place, answer) for place, answer in enumerate(judgement.answers))
    return weigh(judgement.definition, answers)


def questions_worth_asking(judgement: Judgement) -> tuple[Question, ...]:
    """Where the route cannot be told: the unknown criteria that matter, those that can settle it first."""
    if judgement.route != UNDETERMINED:
        return ()
    return tuple(sorted(_questions(judgement), key=lambda question: not question.can_settle))


def _questions(judgement: Judgement) -> Iterator[Question]:
    for place, criterion in enumerate(judgement.definition.criteria):
        if judgement.answers[place] is not None:
            continue
        yes, no = _with(judgement, {place: True}), _with(judgement, {place: False})
        if yes.cells != no.cells:
            yield Question(criterion.id, _missing(criterion, judgement.known), _routes(yes) != _routes(no))


def _routes(judgement: Judgement) -> set[str]:
    return {judgement.definition.route(cell) for cell in judgement.cells}


def _missing(criterion: Criterion, known: Known | None) -> tuple[str, ...]:
    read = sorted(criterion.expr.attributes())
    missing = tuple(attr for attr in read if not known or known.values.get(attr) is None)
    return missing or tuple(read)  # all are there, but one is of a kind that the rule cannot compare


def minimal_flips(judgement: Judgement, route: str = "SRL") -> tuple[tuple[str, ...], ...]:
    """The smallest sets of unfavourable answers that, turned, give a lead the route for sure; none if it has it."""
    wanted = {place: _favourable(criterion) for place, criterion in enumerate(judgement.definition.criteria)}
    places = [place for place, answer in enumerate(judgement.answers) if answer is not wanted[place]]
    for size in range(1, len(places) + 1) if judgement.route != route else ():
        if comb(len(places), size) > MOST_FLIPS_TRIED:
            break
        sets = (
            chosen
            for chosen in combinations(places, size)
            if _with(judgement, {place: wanted[place] for place in chosen}).route == route
        )
        if found := tuple(_ids(judgement, chosen) for chosen in sets):
            return found
    return ()


def _favourable(criterion: Criterion) -> bool:
    return criterion.kind == "must" or (criterion.kind == "points" and criterion.points > 0)


def _ids(judgement: Judgement, places: Iterable[int]) -> tuple[str, ...]:
    return tuple(judgement.definition.criteria[place].id for place in places)


def margin(judgement: Judgement, dimension: Dimension) -> Margin:
    """How far the lowest possible score of an axis is from the edges of its band."""
    score = (judgement.value if dimension == "value" else judgement.readiness)[0]
    bands = judgement.definition.bands(dimension)
    place = next((place for place, (_, cut) in enumerate(bands) if score >= cut), len(bands) - 1)
    name, cut = bands[place]
    lowest, best = place == len(bands) - 1, place == 0
    return Margin(name, None if lowest else score - cut, None if best else bands[place - 1][1] - score)
