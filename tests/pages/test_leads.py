"""Finding leads, the leads behind a number, one lead's story, and what sales says of it."""

from typing import Any

from leadalign.figures import Frame, figure, leads_behind
from leadalign.store import people, rate_lead, register_person
from leadalign.texts import say
from tests.pages.conftest import Open, all_words


def a_lead(company: Any) -> str:
    return leads_behind(company, "leads_created", Frame())[0]


def test_the_list_behind_a_number_holds_as_many_leads_as_the_number_says(company: Any, open_page: Open):
    at = open_page("leads", behind="unready_time_share", period="all")
    assert len(at.dataframe[0].value) == figure(company, "unready_time_share", Frame()).leads


def test_a_click_on_a_bar_keeps_to_that_bar(company: Any, open_page: Open):
    at = open_page("leads", behind="unready_time_share", period="all", cut_source="Webinar")
    assert set(at.dataframe[0].value["source"]) == {"Webinar"}


def test_a_search_finds_by_any_part_of_the_name(company: Any, open_page: Open):
    first = open_page("leads").dataframe[0].value.iloc[0]
    at = open_page("leads", find=first["lead"])
    assert first["lead"] in set(at.dataframe[0].value["lead"])


def test_a_search_without_result_offers_all_leads(company: Any, open_page: Open):
    at = open_page("leads", find="nobody is called that")
    assert say("ui.empty.no_leads.says") in all_words(at)


def test_a_number_that_does_not_exist_shows_all_leads(company: Any, open_page: Open):
    assert not open_page("leads", behind="no_such_metric").exception


def test_an_unknown_lead_is_a_sentence(company: Any, open_page: Open):
    at = open_page("leads", lead="![x](http://evil.example)")
    assert not at.exception
    assert "evil" in at.warning[0].value


def test_marketing_sees_a_rating_at_once(company: Any, open_page: Open):
    lead = a_lead(company)
    seller = next(person["person_id"] for person in people(company) if person["function"] == "sales")
    marketer = register_person(company, "Marketer", "marketing").person_id
    before = open_page("leads", who=marketer, lead=lead)
    assert "a word for marketing" not in all_words(before)

    at = open_page("leads", who=seller, lead=lead)
    at.get_by_key(f"stars_{lead}").set_value(1)
    at.get_by_key(f"comment_{lead}").set_value("a word for marketing")
    at.button[-1].click().run()
    assert not at.exception
    after = open_page("leads", who=marketer, lead=lead)
    assert "a word for marketing" in all_words(after)
    assert "★★☆☆☆" in all_words(after)


def test_marketing_is_not_asked_to_rate(company: Any, open_page: Open):
    marketer = register_person(company, "Marketer", "marketing").person_id
    at = open_page("leads", who=marketer, lead=a_lead(company))
    assert say("ui.rating.only_sales") in all_words(at)
    assert not at.get("feedback")


def test_a_comment_is_shown_letter_by_letter(company: Any, open_page: Open):
    lead = a_lead(company)
    seller = register_person(company, "**Bold** [x](http://evil.example)", "sales")
    rate_lead(company, seller, lead, 4, (), "![x](http://evil.example/p.png)")
    said = all_words(open_page("leads", lead=lead))
    assert "![x]" not in said
    assert "**Bold**" not in said
