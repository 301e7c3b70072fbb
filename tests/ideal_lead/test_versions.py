"""What people see of versions: what changed between two, the page for paper, and why to look at one again."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from leadalign.figures import Frame, figures
from leadalign.ideal_lead.definition import Definition
from leadalign.ideal_lead.difference import difference, in_words
from leadalign.ideal_lead.notices import Share, notice_in_words, notices
from leadalign.ideal_lead.paper import page
from leadalign.ideal_lead.versions import finished, version
from leadalign.store import dissent, look_at
from tests.agreed import Company, rules
from tests.worlds import World


def definition(text):
    return Definition.model_validate({**finished(text, 1), "agreed_by": {"marketing": "m", "sales": "s"}})


def changed(old, new, language="en"):
    return [in_words(each, language) for each in difference(definition(old), definition(new))]


def test_two_equal_texts_differ_in_nothing():
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    assert changed(rules(50, begins), rules(50, begins)) == []


def test_a_difference_is_said_in_words():
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    old, new = rules(50, begins), rules(200, begins)
    new["criteria"][0]["points"] = 45
    new["criteria"][1]["dimension"] = "value"
    new["criteria"].append(
        {"id": "X1", "dimension": "value", "kind": "exclude", "expr": {"op": "exists", "attr": "dup"}}
    )
    new["value_bands"] = [["A", 45], ["B", 0]]
    new["routes"] = {"A1": "SRL", "A2": "SRL", "*": "LOW"}
    assert changed(old, new) == [
        "New: Dup is known (rules the lead out)",
        "V1: was “The number of employees is at least 50”, is “The number of employees is at least 200”",
        "V1: was worth +40 points, is worth +45 points",
        "R1: counted for readiness, counts for value",
        "The bands of value: were A from 40, B below, are A from 45, B below",
        "Leads of A2: were “nurture”, are “sell now”",
    ]
    assert changed(new, old)[0] == "No longer asked: Dup is known (rules the lead out)"
    assert len(changed(old, new, "he")) == 6


def test_another_wording_of_one_rule_is_told_as_such():
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    new = rules(50, begins)
    new["criteria"][0]["wording"] = {"en": "Large enough"}
    assert changed(rules(50, begins), new) == [
        "V1: said in other words, the rule is the same. Was “The number of employees is at least 50”, is “Large enough”"
    ]


@pytest.fixture
def us():
    company = Company.open()
    company.signed()
    yield company
    company.db.close()


@pytest.mark.parametrize("language", ["en", "he"])
def test_the_page_for_paper_holds_what_is_signed_and_nothing_from_elsewhere(us, language):
    dissent(us.db, us.ron, "<img src=x onerror=alert(1)> too few", version=1)
    found = version(us.db)
    html = page(found, language, lambda person: f"<b>{person}</b>")
    assert found.sha256 in html
    assert found.chain in html
    assert ('dir="rtl"' in html) is (language == "he")
    assert "<img" not in html
    assert "<b>maya" not in html
    assert "&lt;img" in html
    assert not re.search(r"https?:|src=|url\(|<script|<link", html.replace("&lt;img src=x", ""))
    assert html.count('class="line"') == 3


def test_a_definition_that_nobody_looked_at_for_long_says_so(us):
    found, later = version(us.db), datetime.now(UTC) + timedelta(days=182)
    assert notices(found) == []
    assert [each.code for each in notices(found, later)] == ["not_looked_at"]
    look_at(us.db, us.maya, 1)
    assert notices(version(us.db), datetime.now(UTC) + timedelta(days=179)) == []


def test_disputed_leads_and_leads_that_cannot_be_judged_ask_for_a_look_above_their_limits(us):
    found = version(us.db)
    assert notices(found, None, Share(20, 100), Share(15, 100)) == []
    told = notices(found, None, Share(21, 100), Share(16, 100))
    assert [each.code for each in told] == ["disputed", "cannot_judge"]
    assert "21 of 100 rated leads (21%). That is more than the 20%" in notice_in_words(told[0], "en")
    assert all(notice_in_words(each, "he") for each in told)
    assert notices(found, None, Share(0, 0), None) == []


def test_a_figure_of_the_past_stays_what_it_was_when_a_version_is_signed():
    world = World().lead("L1", employees=60, budget=True).activity("L1", 2, 30).activity("L1", 4, 60)
    us = Company.open(world.lead("L2", employees=5, budget=False).activity("L2", 3, 45).database())
    us.signed(rules(50))
    as_of = datetime.now(UTC)
    before = figures(us.db, "unready_time_share", Frame(as_of))
    us.signed(rules(1, datetime(2025, 1, 1, tzinfo=UTC)))
    assert figures(us.db, "unready_time_share", Frame(as_of)) == before
    assert figures(us.db, "unready_time_share", Frame(as_of, "what-if:1"))[0].value == pytest.approx(45 / 135)
    us.db.close()
