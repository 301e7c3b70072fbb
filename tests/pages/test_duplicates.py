"""A person goes through pairs that may be one lead, and through leads that count nowhere, in either language."""

from typing import Any

import pytest

from leadalign import identity
from leadalign.figures import Frame, figure
from leadalign.store import register_person
from leadalign.store.people import COMMAND_LINE
from leadalign.texts import languages, say
from leadalign.uploads import take_in, understand
from tests.pages.conftest import Open, all_words

ROWS = [
    "L1,2026-01-05T10:00:00Z,Webinar,A1,Dana Levi,dana@orbit.co.il,Orbit Ltd",
    "L2,2026-01-06T10:00:00Z,Ads,A1,Dana Levi,Dana+x@orbit.co.il,Orbit",
    "L3,2026-01-07T10:00:00Z,Ads,A2,[Gil](http://x) Bar,gil@comet.co.il,Comet",
    "L4,2026-01-08T10:00:00Z,Ads,A2,[Gil](http://x) Bar,bar@comet.co.il,Comet",
    "L5,2026-01-09T10:00:00Z,Ads,A3,Test Test,,",
    "L6,2026-01-09T10:00:00Z,Ads,A3,Info,info@star.co.il,Star",
]


@pytest.fixture
def two_of_a_kind(empty_company: Any) -> Any:
    """A company whose file tells of two people twice, of a test, and of an address of a function."""
    content = ("lead_id,created_at,source,account_id,name,email,company\n" + "\n".join(ROWS) + "\n").encode()
    take_in(empty_company, COMMAND_LINE, understand(empty_company, "leads.csv", content), content)
    return empty_company


def leads(db: Any) -> float | None:
    return figure(db, "leads_created", Frame()).value


def marketer(db: Any) -> str:
    return register_person(db, "Noa", "marketing").person_id


def button(at: Any, key: str) -> Any:
    return next(each for each in at.button if each.key and each.key.startswith(key))


@pytest.mark.parametrize("language", languages())
def test_the_page_says_what_waits_and_shows_a_pair_with_its_evidence(
    two_of_a_kind: Any, open_page: Open, language: str
):
    at = open_page("duplicates", language, who=marketer(two_of_a_kind))
    said = all_words(at)
    assert not at.exception
    assert say("identity.evidence.same_email", language) in said
    assert say("identity.pairs.sure", language) in said
    assert said.count("Dana Levi") >= 2
    assert "](http" not in said


def test_the_same_makes_one_lead_and_undo_makes_two_again(two_of_a_kind: Any, open_page: Open):
    at = open_page("duplicates", who=marketer(two_of_a_kind))
    assert leads(two_of_a_kind) == 5
    at = button(at, "same_").click().run()
    assert leads(two_of_a_kind) == 4
    assert [(each.lead_id, each.into_id) for each in identity.merged_pairs(two_of_a_kind)] == [("L2", "L1")]
    at = button(at, "undo_decision").click().run()
    assert not at.exception
    assert leads(two_of_a_kind) == 5


def test_different_goes_to_the_next_pair_and_later_to_the_end(two_of_a_kind: Any, open_page: Open):
    at = open_page("duplicates", who=marketer(two_of_a_kind))
    at = button(at, "later_").click().run()
    assert [each.put_off for each in identity.proposals(two_of_a_kind)] == [False, True]
    assert say("identity.pairs.likely") in all_words(at)
    at = button(at, "different_").click().run()
    assert [each.second_id for each in identity.proposals(two_of_a_kind)] == ["L2"]
    assert leads(two_of_a_kind) == 5
    at = button(at, "undo_decision").click().run()
    assert len(identity.proposals(two_of_a_kind)) == 2


@pytest.mark.parametrize("language", languages())
def test_what_is_set_aside_and_what_waits_is_listed_with_its_reason(two_of_a_kind: Any, open_page: Open, language: str):
    at = open_page("duplicates", language, who=marketer(two_of_a_kind))
    tables = [table.value for table in at.dataframe if "reason" in table.value.columns]
    assert [list(table["reason"]) for table in tables] == [
        [say("identity.aside_reasons.role_address", language)], [say("identity.aside_reasons.test_name", language)],
    ]  # fmt: skip


def test_sales_may_look_and_not_decide(two_of_a_kind: Any, open_page: Open):
    rep = register_person(two_of_a_kind, "Avi", "sales").person_id
    at = open_page("duplicates", who=rep)
    assert say("identity.pairs.only_who") in all_words(at)
    assert not [each for each in at.button if each.key and each.key.startswith(("same_", "different_", "later_"))]


def test_a_stranger_is_asked_who_they_are(two_of_a_kind: Any, open_page: Open):
    at = open_page("duplicates")
    assert say("ui.people.first") in all_words(at)
    assert not [each for each in at.button if each.key and each.key.startswith("same_")]
