"""The figures of the questionnaire: what each round gives, what too few people hide, and each counted a second way."""

import itertools
import statistics

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadalign.agreement import NAMES, agreement_figures, rounds
from leadalign.figures import Frame
from leadalign.metrics import computed
from leadalign.problems import Refusal
from leadalign.store import Database, commit, open_database
from leadalign.store.people import COMMAND_LINE
from tests.stats.test_agreement import by_coincidences
from tests.worlds import hours, upload

PEOPLE = {f"{side[0]}{i}": side for side in ("marketing", "sales") for i in range(4)}


def survey(said: list[tuple], at: float = 0, db: Database | None = None) -> Database:
    """A database with answers: round, person, kind, item, value; recorded so many hours after the world began."""
    db = db or open_database(None)
    names = ("round", "person_id", "item_type", "item_id", "value", "function")
    frame = pd.DataFrame([(*map(str, row), PEOPLE.get(row[1], "management")) for row in said], columns=names)
    commit(db, COMMAND_LINE, upload({"survey_answers": frame}, hours(at)))
    return db


def figure(db: Database, name: str, frame: Frame | None = None):
    (found,) = agreement_figures(db, name, frame or Frame())
    return found


@st.composite
def rounds_of_answers(draw):
    """Three or four people in each function who rate three to six sample leads, some left out; and choose criteria."""
    people = [who for who in PEOPLE if who[1] != "3" or draw(st.booleans())]
    leads = [f"V{i}" for i in range(draw(st.integers(3, 6)))]
    rated = {
        (who, lead): draw(st.integers(1, 5))
        for lead in leads
        for who in people
        if draw(st.integers(0, 5)) or lead == "V0"
    }
    chosen = {who: draw(st.sets(st.sampled_from("abcd"))) for who in people}
    said = [("1", who, "vignette", lead, value) for (who, lead), value in rated.items()]
    return rated, chosen, [*said, *(("1", who, "criteria", "set", "|".join(sorted(x))) for who, x in chosen.items())]


def pairs(rated: dict, first: str, second: str) -> list[tuple[float, float]]:
    """Weight and disagreement of each ordered pair of people, one of each function."""
    found = []
    for lead in {lead for _, lead in rated}:
        here = {who: value for (who, other), value in rated.items() if other == lead}
        for one, other in itertools.permutations(here, 2):
            if (PEOPLE[one], PEOPLE[other]) == (first, second):
                found.append((1 / (len(here) - 1), (here[one] - here[other]) ** 2))
    return found


@given(rounds_of_answers())
def test_each_figure_agrees_with_a_count_by_hand(answers):
    rated, chosen, said = answers
    db = survey(said)
    items = [{who: v for (who, other), v in rated.items() if other == lead} for lead in {lead for _, lead in rated}]
    whole = by_coincidences(items, "interval")
    assert figure(db, "agreement_alpha").value == (None if whole is None else pytest.approx(whole, abs=1e-9))
    values = [value for item in items if len(item) > 1 for value in item.values()]
    expected = statistics.fmean((a - b) ** 2 for a, b in itertools.permutations(values, 2))
    for name, first, second in (
        ("agreement_alpha_marketing", "marketing", "marketing"),
        ("agreement_alpha_sales", "sales", "sales"),
        ("agreement_alpha_cross", "marketing", "sales"),
    ):
        found = figure(db, name)
        if whole is None:
            assert (found.value, found.note) == (None, "unanimous")
            continue
        weighed = pairs(rated, first, second)
        apart = sum(w * d for w, d in weighed) / sum(w for w, _ in weighed)
        assert found.value == pytest.approx(1 - apart / expected, abs=1e-9)
    assert_gap(db, items, whole)
    likeness = [
        len(chosen[m] & chosen[s]) / len(chosen[m] | chosen[s]) if chosen[m] | chosen[s] else 1
        for m, s in itertools.product(chosen, chosen)
        if (m[0], s[0]) == ("m", "s")
    ]
    assert figure(db, "criteria_jaccard").value == pytest.approx(statistics.fmean(likeness))
    db.close()


def assert_gap(db: Database, items: list[dict], whole: float | None) -> None:
    """The gap, by its worked definition: across minus half of what lies within, lead by lead."""
    gaps = []
    for item in items:
        sides = [[value for who, value in item.items() if who[0] == side] for side in "ms"]
        if min(map(len, sides)) > 1:
            across = statistics.fmean((a - b) ** 2 for a, b in itertools.product(*sides))
            within = [statistics.fmean((a - b) ** 2 for a, b in itertools.combinations(side, 2)) for side in sides]
            gaps.append(across - statistics.fmean(within))
    found = figure(db, "agreement_gap")
    assert found.value == (pytest.approx(statistics.fmean(gaps), abs=1e-9) if whole is not None and gaps else None)


def everybody(values: str, round_: str = "1", people=tuple(PEOPLE)) -> list[tuple]:
    """All say the same of each sample lead, one digit a lead."""
    return [(round_, who, "vignette", f"V{i}", value) for i, value in enumerate(values) for who in people]


@pytest.mark.parametrize("name", NAMES)
def test_before_anybody_was_asked_there_is_no_data(name):
    found = figure(open_database(None), name)
    assert (found.value, found.note, found.n) == (None, "no_data", 0)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "criteria_jaccard"])
@pytest.mark.parametrize(
    ("said", "note"),
    [
        (everybody("3333"), "unanimous"),
        (everybody("15243", people=("m0",)), "no_data"),
        (everybody("15243", people=("x1", "x2")), "no_data"),
        ([("1", "m0", "vignette", "V0", "good")], "no_data"),
    ],
)
def test_what_cannot_be_told_is_null_with_its_reason(name, said, note):
    found = figure(survey(said), name)
    assert (found.value, found.low, found.note) == (None, None, note)


def test_two_people_of_a_function_are_too_few_to_show_what_it_thinks():
    people = ("m0", "m1", "s0", "s1", "s2")
    db = survey(everybody("15243", people=people) + [("1", who, "criteria", "set", "size") for who in people])
    notes = {name: figure(db, name).note for name in NAMES}
    assert notes == {
        "agreement_alpha": "indicative", "agreement_alpha_marketing": "too_few_people",
        "agreement_alpha_sales": "indicative", "agreement_alpha_cross": "too_few_people",
        "agreement_gap": "too_few_people", "criteria_jaccard": "too_few_people",
    }  # fmt: skip


def test_each_round_has_its_figure_and_an_answer_given_later_was_not_known_before():
    db = survey(everybody("1524315243", "2"))
    survey(everybody("5242315243", "10"), 100, db)
    found = agreement_figures(db, "agreement_alpha", Frame())
    assert [(each.by, each.value, each.note) for each in found] == [
        ({"round": "2"}, 1, None),
        ({"round": "10"}, 1, None),
    ]
    assert [each.name for each in rounds(db, Frame(as_of=hours(50)))] == ["2"]


def test_people_who_chose_nothing_are_alike_and_it_is_said_that_they_chose_nothing():
    db = survey([("1", who, "criteria", "set", "") for who in PEOPLE])
    found = figure(db, "criteria_jaccard")
    assert (found.value, found.extra["share_without_any"]) == (1, 1)


def test_a_column_that_answers_do_not_have_is_refused():
    with pytest.raises(Refusal):
        agreement_figures(open_database(None), "agreement_alpha", Frame(), ("source",))


@pytest.mark.parametrize("name", computed())
def test_every_computed_figure_has_its_words_in_both_languages(name):
    each = computed()[name]
    assert all(each.label[language].strip() and each.definition[language].strip() for language in ("en", "he"))


def test_every_computed_figure_has_an_oracle():
    from pathlib import Path

    here = Path(__file__).parent
    checked = "".join(path.read_text(encoding="utf-8") for path in here.glob("test_*_figures.py"))
    assert [name for name in computed() if f'"{name}"' not in checked] == []
