"""Each page opens in each language for each role, and says what it should."""

from typing import Any

import pytest

from leadalign.store import actor, people, register_person
from leadalign.store.people import COMMAND_LINE, EVERYONE
from leadalign.texts import languages, say
from leadalign.ui.navigation import FOLDER, GROUPS
from leadalign.uploads import take_in, understand
from tests.pages.conftest import Open, all_words

PAGES = [name for names in GROUPS.values() for name in names]


def test_every_page_is_in_the_menu_once():
    assert sorted(PAGES) == sorted(path.stem for path in FOLDER.glob("*.py"))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_in_each_language(company: Any, open_page: Open, name: str, language: str):
    at = open_page(name, language)
    assert not at.exception
    assert not at.error
    assert at.title[0].value == say(f"pages.{name}.title", language)


@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_every_role_can_open_every_page(company: Any, open_page: Open, role: str):
    person = register_person(company, "Somebody", "other", role).person_id
    for name in PAGES:
        at = open_page(name, who=person)
        assert not at.exception
        assert not at.error


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", [name for name in PAGES if name != "uploads"])
def test_without_data_a_page_says_what_would_be_here(empty_company: Any, open_page: Open, name: str, language: str):
    at = open_page(name, language)
    assert not at.exception
    assert say("ui.empty.no_data.says", language) in all_words(at)


def test_every_page_of_the_demo_company_is_marked_as_demo(company: Any, open_page: Open):
    for name in PAGES:
        assert say("ui.demo.says") in all_words(open_page(name))


def test_figures_of_single_sales_people_are_for_their_managers_and_for_themselves(company: Any, open_page: Open):
    everybody = people(company)
    sales = [person["person_id"] for person in everybody if person["function"] == "sales"]
    boss = register_person(company, "Boss", "sales", "sales_manager").person_id
    marketer = register_person(company, "Marketer", "marketing").person_id
    hidden = say("pages.sales_time.rep_hidden")
    assert hidden in all_words(open_page("sales_time", who=marketer, period="all"))
    assert hidden in all_words(open_page("sales_time", period="all"))
    at = open_page("sales_time", who=boss, period="all")
    assert hidden not in all_words(at)
    own = [open_page("sales_time", who=person, period="all") for person in sales[:3]]
    names = [actor(company, person).name for person in sales[:3]]
    for at, name in zip(own, names, strict=True):
        tables = [table.value for table in at.dataframe if "rep" in table.value.columns]
        assert [set(table["rep"]) for table in tables] in ([{name}], [])


def test_only_who_leads_sales_people_can_choose_one(company: Any, open_page: Open):
    boss = register_person(company, "Boss", "sales", "sales_manager").person_id
    name = next(person["name"] for person in people(company) if person["function"] == "sales")
    assert open_page("sales_time", who=boss, rep=name, period="all").selectbox(key="address_rep").value == name
    others = open_page("sales_time", rep=name, period="all")
    assert "address_rep" not in [box.key for box in others.selectbox]
    assert all_words(others) == all_words(open_page("sales_time", period="all"))


def test_a_choice_in_the_address_is_shown(company: Any, open_page: Open):
    at = open_page("sales_time", period="last_month", source="Webinar")
    assert at.selectbox(key="address_period").value == "last_month"
    assert at.selectbox(key="address_source").value == "Webinar"


def test_a_choice_that_does_not_exist_is_the_default(company: Any, open_page: Open):
    at = open_page("sales_time", period="yesterweek", source="<b>", lang="xx")
    assert not at.exception
    assert at.selectbox(key="address_period").value == "13w"


def test_a_choice_is_written_to_the_address(company: Any, open_page: Open):
    at = open_page("sales_time")
    at.selectbox(key="address_period").select("12m").run()
    assert at.query_params["period"] == "12m"


def test_language_and_period_go_along_to_the_next_page(company: Any, open_page: Open):
    at = open_page("sales_time", "he", period="12m")
    at.switch_page(str(FOLDER / "lead_quality.py"))
    at.query_params.clear()
    at.run()
    assert at.title[0].value == say("pages.lead_quality.title", "he")
    assert at.selectbox(key="address_period").value == "12m"


def test_before_a_definition_is_signed_every_page_says_whose_word_counts(empty_company: Any, open_page: Open):
    content = b"lead_id,created_at,source,account_id\nL1,2026-01-05T10:00:00Z,Webinar,A1\n"
    take_in(empty_company, COMMAND_LINE, understand(empty_company, "leads.csv", content), content)
    for name in PAGES[:5]:
        at = open_page(name)
        assert not at.exception
        assert say("ui.definition.unsigned") in all_words(at), name
