"""Do marketing and sales mean the same by an ideal lead: the questions that each person answered alone, by round."""

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from leadalign.figures import Figure, Frame, computed_figure
from leadalign.ideal_lead.classes import check_mode
from leadalign.measure import rows
from leadalign.metrics import computed
from leadalign.problems import Refusal
from leadalign.stats.agreement import Answers, alpha, jaccard, jackknife, mean_jaccard
from leadalign.stats.two_functions import ItemGap, TwoFunctions, chance_of_gap, item_gaps, two_functions
from leadalign.store import Database

FUNCTIONS = ("marketing", "sales")
FEWEST_PEOPLE = 3
"""With fewer people in a function, its own figure would show what one person said."""
ENOUGH_PEOPLE, ENOUGH_ITEMS = 4, 10
"""With fewer in each function no gap can be told from chance; with fewer items a figure is only indicative."""
ALL_ANSWERS = 10_000_000
PAIRS = ("across", "marketing", "sales")

PARTS: dict[str, Callable[[TwoFunctions], float | None]] = {
    "agreement_alpha": lambda found: found.alpha,
    "agreement_alpha_marketing": lambda found: found.first,
    "agreement_alpha_sales": lambda found: found.second,
    "agreement_alpha_cross": lambda found: found.cross,
    "agreement_gap": lambda found: found.gap,
}
NEEDS = {"agreement_alpha_marketing": ("marketing",), "agreement_alpha_sales": ("sales",), "agreement_alpha": ()}
"""The functions that a figure speaks of; both where it is not named here."""


@dataclass(frozen=True)
class Round:
    """What was answered in one round: for each sample lead who said what, and the criteria that each person chose."""

    name: str
    items: tuple[str, ...]
    answers: Answers
    function: Mapping[str, str]
    chosen: Mapping[str, frozenset[str]]

    def people(self, function: str) -> list[str]:
        """Who of a function rated a sample lead."""
        answered = {who for item in self.answers for who in item}
        return sorted(who for who in answered if self.function[who] == function)

    def sets_of(self, function: str) -> list[frozenset[str]]:
        """The criteria that each person of a function chose."""
        return [self.chosen[who] for who in sorted(self.chosen) if self.function[who] == function]


def rounds(db: Database, frame: Frame) -> list[Round]:
    """The rounds by name, each with the answers of marketing and sales as known at the frame's instant."""
    by_round: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(db, "survey_answers", Frame(frame.as_of, frame.mode), limit=ALL_ANSWERS):
        if row["function"] in FUNCTIONS:
            by_round[row["round"]].append(row)
    return [_round(name, by_round[name]) for name in sorted(by_round, key=_in_order)]


def _in_order(name: str) -> tuple[int, str]:
    """Rounds by number, then those with a name."""
    return (int(name), "") if name.isdecimal() else (10**9, name)


def _round(name: str, said: list[dict[str, Any]]) -> Round:
    items: dict[str, dict[str, float]] = defaultdict(dict)
    for row in sorted(said, key=lambda row: (row["item_id"], row["person_id"])):
        value = _number(row["value"]) if row["item_type"] == "vignette" else None
        if value is not None:
            items[row["item_id"]][row["person_id"]] = value
    chosen = {row["person_id"]: _choice(row["value"]) for row in said if row["item_type"] == "criteria"}
    function = {row["person_id"]: row["function"] for row in said}
    return Round(name, tuple(items), list(items.values()), function, chosen)


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _choice(text: str | None) -> frozenset[str]:
    return frozenset(name for each in (text or "").split("|") if (name := each.strip()))


def agreement_figures(db: Database, name: str, frame: Frame, by: tuple[str, ...] = ()) -> list[Figure]:
    """A figure of agreement for each round; one that says "no data" where nobody was asked yet."""
    allowed = ("round", "pairs") if name == "criteria_jaccard" else ("round",)
    for column in by:
        if column not in allowed:
            raise Refusal("unknown_column", metric=name, column=column, hint=", ".join(allowed))
    check_mode(db, frame.mode)
    found = rounds(db, frame)
    if not found:
        return [computed_figure(db, name, frame, {}, None, note="no_data")]
    if name == "criteria_jaccard":
        pairs = PAIRS if "pairs" in by else PAIRS[:1]
        return [_likeness(db, frame, each, which, "pairs" in by) for each in found for which in pairs]
    return [_agreement(db, name, frame, each) for each in found]


def discuss_first(asked: Round) -> list[dict[str, Any]]:
    """The sample leads by how far the functions stand apart on them, the widest first: the meeting's agenda."""
    return [_item(asked, gap) for gap in item_gaps(asked.answers, asked.function, *FUNCTIONS)]


def _item(asked: Round, gap: ItemGap) -> dict[str, Any]:
    return {
        "item": asked.items[gap.item], "between": gap.between, "within": gap.within,
        "marketing": gap.first, "sales": gap.second,
    }  # fmt: skip


def _agreement(db: Database, name: str, frame: Frame, asked: Round) -> Figure:
    """One of the five figures of a round, with its interval from leaving sample leads out one by one."""
    whole = two_functions(asked.answers, asked.function, *FUNCTIONS)
    people = {function: len(asked.people(function)) for function in FUNCTIONS}
    by = {"round": asked.name}
    extra: dict[str, Any] = {"people": people, "items": len(asked.items)}
    note = _note(name, asked, people, whole)
    value = PARTS[name](whole) if whole and note in (None, "indicative") else None
    if whole is None or value is None:
        return computed_figure(db, name, frame, by, None, note=note or "no_data", extra=extra)
    highest = math.inf if name == "agreement_gap" else 1.0
    interval = jackknife(asked.answers, lambda items: _part(name, items, asked), highest=highest)
    extra |= _more(name, asked, whole)
    return computed_figure(db, name, frame, by, value, interval, n=whole.answers, note=note, extra=extra)


def _part(name: str, items: Answers, asked: Round) -> float | None:
    found = two_functions(items, asked.function, *FUNCTIONS)
    return PARTS[name](found) if found else None


def _note(name: str, asked: Round, people: Mapping[str, int], whole: TwoFunctions | None) -> str | None:
    """Why there is no figure, or how much it can bear."""
    if not any(len(item) > 1 for item in asked.answers):
        return "no_data"
    if any(people[function] < FEWEST_PEOPLE for function in NEEDS.get(name, FUNCTIONS)):
        return "too_few_people"
    if whole is None:
        return "unanimous"
    few = len(asked.items) < ENOUGH_ITEMS or min(people.values()) < ENOUGH_PEOPLE
    return "indicative" if few else None


def _more(name: str, asked: Round, whole: TwoFunctions) -> dict[str, Any]:
    """What stands beside the figure: chance and agenda of a gap, a function's agreement by its own measure."""
    if name == "agreement_gap":
        chance = chance_of_gap(asked.answers, asked.function, *FUNCTIONS)
        return {"p": chance, "discuss_first": discuss_first(asked)}
    found: dict[str, Any] = {"expected": whole.expected}
    for function in NEEDS.get(name, ()):
        own = alpha([{who: x for who, x in item.items() if asked.function[who] == function} for item in asked.answers])
        found["alpha_by_own_expected"] = own.alpha if own else None
    return found


def _likeness(db: Database, frame: Frame, asked: Round, which: str, sliced: bool) -> Figure:
    """How alike the criteria are that people chose: across the two functions, or inside one."""
    sets = {function: asked.sets_of(function) for function in FUNCTIONS}
    by = {"round": asked.name} | ({"pairs": which} if sliced else {})
    likeness = {"across": mean_jaccard(*sets.values()), **{each: mean_jaccard(sets[each]) for each in FUNCTIONS}}
    count = {"across": math.prod(map(len, sets.values()))}
    count |= {each: math.comb(len(found), 2) for each, found in sets.items()}
    named = FUNCTIONS if which == "across" else (which,)
    few = any(0 < len(sets[function]) < FEWEST_PEOPLE for function in named)
    value = None if few else likeness[which]
    note = "too_few_people" if few else "no_data" if value is None else None
    extra = (
        {} if value is None or sliced else _criteria(sets) | {f"within_{each}": likeness[each] for each in FUNCTIONS}
    )
    return computed_figure(db, "criteria_jaccard", frame, by, value, n=count[which], note=note, extra=extra)


def _criteria(sets: Mapping[str, list[frozenset[str]]]) -> dict[str, Any]:
    """The criteria that most of each function chose, how alike those are, and each criterion's share by function."""
    counts = {function: Counter(name for chosen in found for name in chosen) for function, found in sets.items()}
    most = {
        function: sorted(name for name, times in counts[function].items() if times > len(sets[function]) / 2)
        for function in FUNCTIONS
    }
    share = {
        name: {each: counts[each][name] / len(sets[each]) for each in FUNCTIONS}
        for name in sorted(set(counts["marketing"]) | set(counts["sales"]))
    }
    apart = sorted(share, key=lambda name: -abs(share[name]["marketing"] - share[name]["sales"]))
    nobody_chose = statistics.fmean(not chosen for found in sets.values() for chosen in found)
    return {
        "chosen_by_most": most,
        "majority_jaccard": jaccard(*most.values()),
        "criteria": [{"criterion": name, **share[name]} for name in apart],
        "share_without_any": nobody_chose,
    }


NAMES = tuple(name for name, each in computed().items() if each.over == "survey_answers")
