"""Does the definition predict: random companies with known hand-overs and wins, each figure counted a second way."""

import itertools
import math
import random
from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from leadalign.figures import Frame
from leadalign.ideal_lead.definition import Definition
from leadalign.prediction import (
    NAMES,
    criterion_sentence,
    direction_sentence,
    prediction_figures,
    score_sentence,
)
from leadalign.problems import Refusal
from leadalign.stats.criteria import benjamini_hochberg
from leadalign.store import Database, open_database
from leadalign.texts import languages
from tests.worlds import World, hours

DAY = 24
NOW = hours(400 * DAY)
HORIZON = 30
WEBINAR = {"op": "cmp", "attr": "seen_demo", "cmp": "==", "value": True}
BUDGET = {"op": "cmp", "attr": "budget", "cmp": ">=", "value": 100}
SIZE = {"op": "cmp", "attr": "employees", "cmp": ">=", "value": 50}
COUNTRY = {"op": "in", "attr": "country", "values": ["IL", "US"]}


def agreed() -> Definition:
    """Size gives value, budget and a demo seen make ready; leads of other countries are none of ours."""
    points = [("size", "value", 50, SIZE), ("budget", "readiness", 60, BUDGET), ("demo", "readiness", 40, WEBINAR)]
    criteria = [{"id": i, "dimension": d, "kind": "points", "points": p, "expr": e} for i, d, p, e in points]
    criteria.append({"id": "country", "dimension": "value", "kind": "must", "expr": COUNTRY})
    return Definition.model_validate({
        "definition_id": "ideal", "version": 1, "effective_from": hours(-DAY), "effective_to": None,
        "agreed_by": {"marketing": "m1", "sales": "r1"}, "criteria": criteria,
        "value_bands": [("A", 50), ("B", 0)], "readiness_bands": [("1", 60), ("2", 0)],
        "routes": {"A1": "SRL", "A2": "NURTURE", "B1": "NURTURE", "*": "LOW"},
    })  # fmt: skip


def company(seed: int, leads: int, pull: float = 0.0) -> tuple[World, list[dict]]:
    """Leads handed over now and then, and what we know of them; `pull`: how much a budget helps a lead to be won."""
    dice, world, known = random.Random(seed), World(definitions=[agreed()]).person("r1", "sales"), []
    for number in range(leads):
        lead, at = f"L{number}", dice.randint(1, 395) * DAY + dice.randint(0, 5)
        has = {
            "employees": dice.choice([10, 60, 200, None]), "budget": dice.choice([50, 150, None]),
            "seen_demo": dice.choice([True, False]), "country": dice.choice(["IL", "US", "IL", "FR"]),
        }  # fmt: skip
        world.lead(lead, at - 1, **{name: value for name, value in has.items() if value is not None})
        world.value(lead, "budget", 1_000, at + 1)  # sales finds out after the hand-over: it must not count
        world.step(lead, "handed_off", at)
        again = dice.random() < 0.15
        if again:
            world.step(lead, "recycled", at + 2).step(lead, "handed_off", at + 5 * DAY)
        won = dice.random() < 0.35 + pull * (has["budget"] == 150)
        wait = dice.randint(1, 45) * DAY
        if won:
            world.step(lead, "won", at + wait, at + wait + dice.choice([0, 40 * DAY]))
        rating = dice.choice([None, 1, 2, 3, 4, 5])
        if rating and wait > 2 * DAY:
            world.rating(lead, rating, at + 1)
        known.append({
            **has, "lead": lead, "at": at, "again": again, "won_after": wait if won else None,
            "rating": rating if wait > 2 * DAY else None,
        })  # fmt: skip
    return world, known


def answers(has: dict) -> dict:
    """What each criterion says of a lead when it is first handed over."""
    return {
        "size": None if has["employees"] is None else has["employees"] >= 50,
        "budget": None if has["budget"] is None else has["budget"] >= 100,
        "demo": has["seen_demo"],
        "country": has["country"] in ("IL", "US"),
    }


def score(has: dict) -> float:
    """Points, what nobody knows for half; shut out by its country: below everybody."""
    told = answers(has)
    if not told["country"]:
        return -math.inf
    points = {"size": 50, "budget": 60, "demo": 40}
    return sum(points[name] * (0.5 if told[name] is None else told[name]) for name in points)


def followed(world: World, known: list[dict]) -> list[dict]:
    """The hand-overs that had their thirty days: score, month, won in time, by walking through the story."""
    recorded = {s["lead_id"]: s["recorded_at"] for s in world.steps if s["event"] == "won"}
    found = []
    for each in known:
        won_at = None if each["won_after"] is None else each["at"] + each["won_after"]
        if won_at is not None and (hours(won_at) > NOW or recorded[each["lead"]] > NOW):
            won_at = None
        turns = [(each["at"], each["at"] + 5 * DAY if each["again"] else math.inf)]
        if each["again"]:
            turns.append((each["at"] + 5 * DAY, math.inf))
        for number, (begun, ended) in enumerate(turns):
            if hours(begun) + timedelta(days=HORIZON) > NOW:
                continue
            in_time = won_at is not None and begun <= won_at < ended and won_at - begun <= HORIZON * DAY
            has = each | ({"budget": 1_000} if number else {})  # sales knows by the second time
            day = (hours(begun) + timedelta(hours=2)).date()  # Jerusalem in winter
            found.append({**has, "won": in_time, "score": score(has), "month": day.replace(day=1), "begun": begun})
    return found


def figures_of(db: Database, name: str, by: tuple[str, ...] = (), mode: str = "known", horizon: int | None = HORIZON):
    return prediction_figures(db, name, Frame(as_of=NOW, mode=mode), by, horizon)


companies = st.tuples(st.integers(0, 10_000), st.integers(60, 110), st.sampled_from([0.0, 0.4]))


@settings(max_examples=8)
@given(companies)
def test_the_score_and_the_capacity_agree_with_a_count_by_hand(drawn):
    world, known = company(*drawn)
    db, cases = world.database(), followed(world, known)
    won, lost = [[case["score"] for case in cases if case["won"] == side] for side in (True, False)]
    (found,) = figures_of(db, "definition_auc")
    counts = (len(won) + len(lost), len(won), len(lost))
    assert (found.extra["closed"], found.extra["won"], found.extra["not_won"]) == counts
    few = counts[0] < 40 or min(counts[1:]) < 10
    assert (found.value is None, found.note == "too_few") == (few, few)
    if not few:
        finite = [max(-1.0, each) for each in won], [max(-1.0, each) for each in lost]
        assert found.value == pytest.approx(stats.mannwhitneyu(*finite).statistic / len(won) / len(lost))
        (best,) = figures_of(db, "definition_precision_at")
        assert (best.part, best.whole) == (pytest.approx(top_ten(cases)[0]), top_ten(cases)[1])
    db.close()


def top_ten(cases: list[dict]) -> tuple[float, int]:
    """The ten best of each month: each case is taken as often as luck among equals would take it."""
    months, wins, taken = defaultdict(list), 0.0, 0
    for case in cases:
        months[case["month"]].append(case)
    for those in months.values():
        for case in those:
            above = sum(other["score"] > case["score"] for other in those)
            equal = sum(other["score"] == case["score"] for other in those)
            wins += case["won"] * min(1, max(0, 10 - above) / equal)
        taken += min(10, len(those))
    return wins, taken


@settings(max_examples=6)
@given(companies)
def test_each_criterion_agrees_with_a_count_by_hand(drawn):
    world, known = company(*drawn)
    db, cases = world.database(), followed(world, known)
    found = {each.by["criterion"]: each for each in figures_of(db, "criterion_log_odds")}
    assert list(found) == ["size", "budget", "demo", "country"]
    chances = {}
    for name, each in found.items():
        sides = {side: [case["won"] for case in cases if answers(case)[name] is side] for side in (True, False, None)}
        counts = [number for side in (True, False, None) for number in (len(sides[side]), sum(sides[side]))]
        names = ("met", "met_won", "unmet", "unmet_won", "unknown", "unknown_won")
        assert [each.extra[key] for key in names] == counts
        (met, met_won, unmet, unmet_won), few = counts[:4], each.note == "too_few"
        if not few and met and unmet:
            odds = (met_won + 0.5) * (unmet - unmet_won + 0.5) / (met - met_won + 0.5) / (unmet_won + 0.5)
            assert each.value == pytest.approx(math.log(odds))
            table = [[met_won, met - met_won], [unmet_won, unmet - unmet_won]]
            chances[name] = stats.fisher_exact(table).pvalue
    raised = dict(zip(chances, benjamini_hochberg(list(chances.values())), strict=True))
    for name, adjusted in raised.items():
        assert found[name].extra["p_adjusted"] == pytest.approx(adjusted)
        assert found[name].note == ("news" if adjusted <= 0.1 else "could_be_chance")
    db.close()


@settings(max_examples=6)
@given(companies)
def test_chances_are_learnt_from_what_was_over_before_and_judged_on_what_came_after(drawn):
    world, known = company(drawn[0], 260, drawn[2])
    db, cases = world.database(), sorted(followed(world, known), key=lambda case: case["begun"])
    (found,) = figures_of(db, "definition_brier")
    cut = cases[(len(cases) - 1) // 2]["begun"]
    earlier = [case["won"] for case in cases if case["begun"] + HORIZON * DAY <= cut]
    later = [case["won"] for case in cases if case["begun"] > cut]
    assert (found.extra["learnt_from"], found.extra["judged"]) == (len(earlier), len(later))
    if found.value is not None:
        parts = found.extra["reliability"] - found.extra["resolution"] + found.extra["uncertainty"]
        assert found.value == pytest.approx(parts)
        assert found.extra["observed"] == sum(later)
        base = sum(later) / len(later)
        assert found.extra["uncertainty"] == pytest.approx(base * (1 - base))
    db.close()


@settings(max_examples=6)
@given(companies)
def test_class_against_rating_agrees_with_a_count_by_hand(drawn):
    world, known = company(*drawn)
    db = world.database()
    (found,) = figures_of(db, "class_rating_kappa")
    table = [[0] * 3 for _ in range(3)]
    for each in known:
        row = place(each)
        if each["rating"] is not None and row is not None and hours(each["at"]) <= NOW:
            table[row][{5: 0, 4: 0, 3: 1}.get(each["rating"], 2)] += 1
    assert found.extra["table"] == table
    n = sum(map(sum, table))
    by_hand = sum(abs(i - j) * table[i][j] for i, j in itertools.product(range(3), repeat=2)) / n
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    chance = sum(abs(i - j) * rows[i] * columns[j] for i, j in itertools.product(range(3), repeat=2)) / n / n
    assert found.value == pytest.approx(1 - by_hand / chance)
    db.close()


def place(has: dict) -> int | None:
    """The class at the first hand-over, tried with every answer that nobody knew; None where they disagree."""
    told = answers(has)
    if not told["country"]:
        return 2
    unknown = [name for name, answer in told.items() if answer is None]
    found = set()
    for guess in itertools.product([True, False], repeat=len(unknown)):
        said = told | dict(zip(unknown, guess, strict=True))
        high, ready = said["size"], 60 * said["budget"] + 40 * said["demo"] >= 60
        found.add(0 if high and ready else 1 if high or ready else 2)
    return found.pop() if len(found) == 1 else None


def pulled(leads: int = 300, pull: float = 0.65) -> Database:
    return company(1, leads, pull)[0].database()


def test_a_score_that_predicts_says_so_first_in_words():
    (found,) = figures_of(pulled(), "definition_auc", horizon=50)
    assert (found.extra["verdict"], found.note) == ("predicts", None)
    assert score_sentence(found, "en").startswith("The score told leads that were won from those that were not")


def test_a_score_that_predicts_nothing_is_told_so():
    (found,) = figures_of(pulled(pull=0), "definition_auc")
    assert found.low < 0.5 < found.high
    assert score_sentence(found, "en").startswith("In these data the score predicts nothing")
    (calibrated,) = figures_of(pulled(pull=0), "definition_brier")
    assert calibrated.extra["skill"] < 0.05


def test_a_hundred_hand_overs_are_too_few_to_call_a_score_a_coin():
    (found,) = figures_of(company(3, 100)[0].database(), "definition_auc")
    assert found.low < 0.5 < found.high
    assert score_sentence(found, "en").startswith("These data cannot tell the score from a coin")


def test_few_hand_overs_are_counted_and_not_judged():
    db = company(3, 30)[0].database()
    for name in ("definition_auc", "definition_precision_at", "definition_brier"):
        (found,) = figures_of(db, name)
        assert (found.value, found.low, found.note) == (None, None, "too_few")
    assert "too few for a verdict" in score_sentence(figures_of(db, "definition_auc")[0], "en")
    each = figures_of(db, "criterion_log_odds")[0]
    assert (each.value, each.note) == (None, "too_few")
    assert "too few for a verdict" in criterion_sentence(each, "size", "en")


def test_what_all_leads_met_cannot_be_estimated():
    world, _ = company(5, 150, 0.3)
    world.values = [row | {"value": '"IL"'} if row["attr"] == "country" else row for row in world.values]
    country = figures_of(world.database(), "criterion_log_odds")[-1]
    assert (country.value, country.note) == (None, "no_variation")
    assert "cannot be estimated from these data" in criterion_sentence(country, "country", "en")


def test_a_criterion_is_told_as_what_went_together():
    found = {each.by["criterion"]: each for each in figures_of(pulled(), "criterion_log_odds")}
    budget, demo = (criterion_sentence(found[name], name, "en") for name in ("budget", "demo"))
    assert "were won more often" in budget
    assert "Chance alone would hardly do this" in budget
    assert "Chance could do this." in demo
    assert "cause" not in budget + demo


@pytest.mark.parametrize("language", languages())
def test_every_finding_has_its_words(language):
    for db in (open_database(None), company(3, 30)[0].database(), pulled()):
        for mode in ("known", "hindsight"):
            assert score_sentence(figures_of(db, "definition_auc", mode=mode)[0], language)
            for each in figures_of(db, "criterion_log_odds", mode=mode):
                assert criterion_sentence(each, each.by["criterion"], language)
            assert direction_sentence(figures_of(db, "class_rating_kappa", mode=mode)[0], language)


@pytest.mark.parametrize("name", NAMES)
def test_without_any_lead_there_is_no_data(name):
    for found in figures_of(open_database(None), name):
        assert (found.value, found.note, found.n) == (None, "no_data", 0)


@pytest.mark.parametrize("name", NAMES)
def test_hindsight_knows_the_outcome_and_gets_no_figure(name):
    assert {(each.value, each.note) for each in figures_of(pulled(120), name, mode="hindsight")} == {
        (None, "leaks_outcome")
    }


@pytest.mark.parametrize("name", NAMES)
def test_slices_make_up_the_whole_and_unknown_columns_are_refused(name):
    db = pulled(120)
    whole, sliced = figures_of(db, name), figures_of(db, name, ("month",))
    assert sum(each.n for each in sliced) == sum(each.n for each in whole)
    with pytest.raises(Refusal):
        figures_of(db, name, ("mont",))


def test_a_shorter_horizon_lets_younger_hand_overs_in_and_counts_fewer_wins():
    db = pulled()
    counts = {days: figures_of(db, "definition_auc", horizon=days)[0].extra for days in (10, 90)}
    assert counts[10]["closed"] > counts[90]["closed"]
    assert counts[10]["won"] / counts[10]["closed"] < counts[90]["won"] / counts[90]["closed"]


def test_what_sales_learns_after_the_hand_over_changes_no_score():
    world, _ = company(1, 120, 0.6)
    before = figures_of(world.database(), "definition_auc")[0].value
    late = [row for row in world.values if row["value"] == "1000"]
    assert late
    world, _ = company(1, 120, 0.6)
    firsts = {row["lead_id"]: row for row in world.steps if row["event"] == "handed_off"}
    world.values = [
        row
        for row in world.values
        if row["value"] != "1000" or row["observed_at"] < firsts[row["lead_id"]]["occurred_at"]
    ]
    assert figures_of(world.database(), "definition_auc")[0].value == before
