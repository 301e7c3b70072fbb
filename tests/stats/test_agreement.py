"""Agreement: Krippendorff's own example, and answers from nobody, from one person, or all the same."""

import csv
import json
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats import inter_rater

from leadalign.stats.agreement import alpha, fleiss_kappa, jaccard, jackknife, mean_jaccard, pseudo_values

SCALES = ("nominal", "ordinal", "interval", "ratio")
surveys = st.lists(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 5).map(float), max_size=6), min_size=0, max_size=8
)


@pytest.fixture(scope="module")
def reference(shared):
    folder = shared / "data" / "agreement_reference"

    def rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader((folder / name).read_text(encoding="utf-8").splitlines()))

    return json.loads((folder / "expected.json").read_text()), rows


@pytest.mark.parametrize("scale", SCALES)
def test_krippendorffs_own_example_has_its_published_alpha(reference, scale):
    expected, rows = reference
    name = "krippendorff_data_C_4raters_12units.csv"
    items = [{who: float(said) for who, said in row.items() if who != "unit" and said} for row in rows(name)]
    found = alpha(items, scale)
    assert found.alpha == pytest.approx(expected[name]["alpha"][scale], abs=expected[name]["tolerance"])


def test_fleiss_diagnoses_have_their_published_kappa(reference):
    expected, rows = reference
    name = "fleiss1971_diagnoses_6raters_30patients.csv"
    items = [[said for who, said in row.items() if who != "patient"] for row in rows(name)]
    assert fleiss_kappa(items) == pytest.approx(expected[name]["fleiss_kappa"], abs=expected[name]["tolerance"])


@given(st.integers(2, 5).flatmap(lambda n: st.lists(st.lists(st.integers(1, 4), min_size=n, max_size=n), min_size=1)))
def test_fleiss_kappa_is_what_statsmodels_says(items):
    found = fleiss_kappa(items)
    if found is None:
        assert len({answer for item in items for answer in item}) == 1
    else:
        assert found == pytest.approx(inter_rater.fleiss_kappa(inter_rater.aggregate_raters(items)[0]))


def by_coincidences(items, scale: str) -> float | None:
    """Alpha as Krippendorff computes it by hand: from the matrix of which values meet which."""
    values = sorted({value for item in items if len(item) > 1 for value in item.values()})
    o = np.zeros((len(values), len(values)))
    for item in items:
        counts = Counter(item.values())
        for i, a in enumerate(values):
            for j, b in enumerate(values):
                if len(item) > 1:
                    o[i, j] += counts[a] * (counts[b] - (a == b)) / (len(item) - 1)
    n = o.sum(axis=0)

    def apart(i: int, j: int) -> float:
        a, b = values[i], values[j]
        low, high = min(i, j), max(i, j)
        return {
            "nominal": float(a != b),
            "ordinal": (n[low : high + 1].sum() - (n[i] + n[j]) / 2) ** 2,
            "interval": (a - b) ** 2,
            "ratio": ((a - b) / (a + b)) ** 2,
        }[scale]

    d = np.array([[apart(i, j) for j in range(len(values))] for i in range(len(values))])
    if len(values) < 2:
        return None
    return 1 - (n.sum() - 1) * (o * d).sum() / (np.outer(n, n) * d).sum()


@given(surveys, st.sampled_from(SCALES))
def test_alpha_is_the_one_from_the_matrix_of_coincidences(items, scale):
    found, expected = alpha(items, scale), by_coincidences(items, scale)
    assert (found and found.alpha) == (expected if expected is None else pytest.approx(expected, abs=1e-9))


@given(surveys)
def test_the_order_of_items_and_people_changes_nothing(items):
    turned = [dict(reversed(item.items())) for item in reversed(items)]
    one, other = alpha(items), alpha(turned)
    assert (one and one.alpha) == (other and pytest.approx(other.alpha))


@pytest.mark.parametrize("items", [[], [{}], [{"a": 3.0}], [{"a": 3.0}, {"b": 4.0}], [{"a": 2.0, "b": 2.0}] * 6])
@pytest.mark.parametrize("scale", SCALES)
def test_nobody_one_person_or_one_and_the_same_answer_give_none(items, scale):
    assert alpha(items, scale) is None
    assert jackknife(items, lambda left: (found := alpha(left, scale)) and found.alpha) is None


def test_full_agreement_of_a_few_items_is_no_certainty():
    items = [{"a": value, "b": value} for value in (1.0, 3.0, 5.0, 2.0)]
    assert alpha(items).alpha == 1
    assert jackknife(items, lambda left: alpha(left).alpha) is None


def test_pseudo_values_of_an_average_are_the_values_themselves():
    items = [{"a": value} for value in (1.0, 2.0, 6.0)]
    middle, se = pseudo_values(items, lambda left: sum(item["a"] for item in left) / len(left))
    assert (middle, se) == pytest.approx((3.0, np.std([1, 2, 6], ddof=1) / 3**0.5))


@pytest.mark.parametrize("items", [[], [[]], [["a"]], [["a", "b"], ["a"]], [["a", "a"], ["a", "a"]]])
def test_fleiss_kappa_of_too_little_is_none(items):
    assert fleiss_kappa(items) is None


def test_likeness_of_what_two_people_chose():
    assert jaccard({"size", "budget"}, {"budget", "country"}) == pytest.approx(1 / 3)
    assert (jaccard([], []), jaccard(["size"], [])) == (1, 0)
    assert (mean_jaccard([{"a"}]), mean_jaccard([], [{"a"}])) == (None, None)
    assert mean_jaccard([{"a"}, {"a", "b"}], [{"b"}]) == pytest.approx((0 + 0.5) / 2)
