"""Each criterion is a plain sentence in both languages: made from its rule, or in people's own words."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from leadalign.ideal_lead import wording
from leadalign.ideal_lead.definition import Criterion, Definition
from leadalign.ideal_lead.rules import AnyExpression

RULE = TypeAdapter(AnyExpression)
MARKS = re.compile("[\u2066-\u2069]")
IN_WORDS = [
    ({"op": "cmp", "attr": "country", "cmp": "==", "value": "IL"}, "The country is IL", "מדינה: IL"),
    ({"op": "cmp", "attr": "employees", "cmp": ">=", "value": 1500},
     "The number of employees is at least 1,500", "מספר עובדים: 1,500 לפחות"),
    ({"op": "cmp", "attr": "employees", "cmp": "<", "value": 2.5},
     "The number of employees is less than 2.50", "מספר עובדים: פחות מ-2.50"),
    ({"op": "cmp", "attr": "budget", "cmp": "!=", "value": True}, "Budget: no", "תקציב: לא"),
    ({"op": "in", "attr": "industry", "values": ["a", "b", "c"]}, "The industry is a, b or c", "ענף: a, b או c"),
    ({"op": "in", "attr": "our_own_field", "values": ["a"]}, "Our own field is a", "our own field: a"),
    ({"op": "between", "attr": "employees", "low": 10, "high": 50},
     "The number of employees is from 10 to 50", "מספר עובדים: מ-10 עד 50"),
    ({"op": "exists", "attr": "budget"}, "Budget is known", "תקציב: יש מידע"),
    ({"op": "count_within", "event": "webinar", "days": 30, "n": 2},
     "A webinar at least twice in the last 30 days", "וובינר: פעמיים לפחות ב-30 הימים האחרונים"),
    ({"op": "count_within", "event": "*", "days": 1, "n": 3},
     "Any contact at least 3 times in the last day", "מגע כלשהו: 3 פעמים לפחות ביום האחרון"),
    ({"op": "age_days", "cmp": "<=", "value": 2}, "The lead is at most 2 days old", "גיל הליד: יומיים לכל היותר"),
    ({"op": "all", "of": [{"op": "exists", "attr": "budget"}, {"op": "any", "of": [
        {"op": "exists", "attr": "industry"}, {"op": "exists", "attr": "country"}]}]},
     "Budget is known and (the industry is known or the country is known)",
     "תקציב: יש מידע וגם (ענף: יש מידע או מדינה: יש מידע)"),
    ({"op": "not", "of": {"op": "all", "of": [
        {"op": "cmp", "attr": "employees", "cmp": ">=", "value": 5},
        {"op": "not", "of": {"op": "exists", "attr": "budget"}}]}},
     "The number of employees is less than 5 or budget is known", "מספר עובדים: פחות מ-5 או תקציב: יש מידע"),
    ({"op": "not", "of": {"op": "count_within", "event": "call", "days": 7, "n": 1}},
     "A call not once in the last 7 days", "שיחה: אף לא פעם אחת ב-7 הימים האחרונים"),
    ({"op": "not", "of": {"op": "in", "attr": "country", "values": ["IL", "US"]}},
     "The country is anything but IL or US", "מדינה: כל ערך מלבד IL או US"),
    ({"op": "any", "of": []}, "Never", "אף פעם"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "english", "hebrew"), IN_WORDS, ids=[each[1] for each in IN_WORDS])
def test_a_rule_is_said_in_both_languages(rule, english, hebrew):
    found = RULE.validate_python(rule)
    assert wording.generated(found, "en") == english
    assert MARKS.sub("", wording.generated(found, "he")) == hebrew


LEAVES = st.sampled_from([rule for rule, _, _ in IN_WORDS if "of" not in rule])
RULES = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(lambda one: {"op": "not", "of": one}, inner)
        | st.builds(lambda op, of: {"op": op, "of": of}, st.sampled_from(["all", "any"]), st.lists(inner, max_size=3))
    ),
    max_leaves=8,
)


@given(RULES)
def test_every_rule_has_words_and_twice_not_is_the_rule_itself(rule):
    plain, twice = (RULE.validate_python(each) for each in (rule, {"op": "not", "of": {"op": "not", "of": rule}}))
    for language in ("en", "he"):
        told = wording.generated(plain, language)
        assert told
        assert "{" not in told
        assert wording.generated(twice, language) == told


def test_peoples_own_sentence_comes_first_and_is_part_of_what_is_signed(shared):
    text = (shared / "fixture" / "definition_v1.json").read_text()
    plain = Definition.from_json(text)
    rules = json.loads(text)
    rules["criteria"][1]["wording"] = {"en": "They are large enough for us"}
    worded = Definition.model_validate_json(json.dumps(rules))
    assert wording.sentence(worded.criteria[1], "en") == "They are large enough for us"
    assert "50" in wording.sentence(worded.criteria[1], "he")
    assert worded.sha() != plain.sha()
    assert (plain.sha()[:8], "wording" in plain.canonical_json()) == ("8bf9aacb", False)


def test_what_a_criterion_is_worth_has_its_sign():
    exists = {"op": "exists", "attr": "a"}
    several = [("points", 40, "+40 points"), ("points", -1, "−1 point"), ("must", 0, "must hold")]
    for kind, points, words in several:
        criterion = Criterion(id="C", dimension="value", kind=kind, points=points, expr=RULE.validate_python(exists))
        assert wording.worth(criterion, "en") == words
