"""The data health page says what is wrong, what that affects, and shows the rows; numbers that it affects say so."""

from typing import Any

import pytest

from leadalign.metrics import metrics
from leadalign.store import people
from leadalign.store.people import COMMAND_LINE
from leadalign.texts import languages, say
from leadalign.uploads import take_in, understand
from tests.pages.conftest import Open, all_words

LEADS = b"lead_id,created_at,source,account_id\nL1,2026-01-05T10:00:00Z,Webinar,A1\n"


def table_with(at: Any, column: str) -> Any:
    return next((table.value for table in at.dataframe if column in table.value.columns), None)


@pytest.mark.parametrize("language", languages())
def test_the_page_says_what_is_wrong_and_what_it_affects(company: Any, open_page: Open, language: str):
    at = open_page("data_health", language, period="all")
    assert not at.exception
    said = all_words(at)
    assert say("data_health.checks.logging.effect", language) in said
    assert say("data_health.states.bad", language) in said
    assert say("data_health.states.good", language) in said


def test_a_check_in_the_address_is_open_with_its_rows(company: Any, open_page: Open):
    closed = open_page("data_health", period="all")
    assert table_with(closed, "against") is None
    at = open_page("data_health", period="all", check="sequences")
    rows = table_with(at, "against")
    assert {"hubspot_contacts.csv", "salesforce_tasks.csv"} >= set(rows["file"])
    assert say("data_health.kinds.won_before_created") in set(rows["what"])


def test_a_click_opens_the_rows_and_writes_it_to_the_address(company: Any, open_page: Open):
    at = open_page("data_health", period="all")
    at.button(key="behind_sequences").click().run()
    assert at.query_params["check"] == "sequences"
    assert table_with(at, "against") is not None
    at.button(key="behind_sequences").click().run()
    assert "check" not in at.query_params


@pytest.mark.parametrize(
    "check", ["orphans", "completeness", "handover_completeness", "logging", "imputed_minutes", "x"]
)
@pytest.mark.parametrize("language", languages())
def test_whatever_check_the_address_names_the_page_opens(company: Any, open_page: Open, check: str, language: str):
    at = open_page("data_health", language, period="all", check=check)
    assert not at.exception
    assert not at.error


def test_who_logs_how_much_is_for_those_who_lead_them(company: Any, open_page: Open):
    at = open_page("data_health", period="all", check="logging")
    assert say("pages.sales_time.rep_hidden") in all_words(at)
    boss = next(person["person_id"] for person in people(company) if person["role"] == "sales_manager")
    assert table_with(open_page("data_health", who=boss, period="all", check="logging"), "rep") is not None


def test_both_lists_stand_side_by_side_and_their_difference_by_name(company: Any, open_page: Open):
    at = open_page("data_health", period="all", list="handed_over.only_sales")
    assert say("data_health.both.one_side", thing=say("data_health.things.created")) in all_words(at)
    rows = table_with(at, "sales_on")
    assert len(rows) > 0
    assert rows["marketing_on"].isna().all()


def test_a_short_period_lists_what_the_other_side_has_just_outside_it(company: Any, open_page: Open):
    for period in ("4w", "13w", "month", "last_month", "12m"):
        at = open_page("data_health", period=period)
        assert not at.exception
        assert not at.error


def test_a_number_that_a_check_affects_says_so_on_its_card(company: Any, open_page: Open):
    care = say("data_health.row.care", problems="")[:14]
    assert care in all_words(open_page("sales_time", period="all"))


def test_a_company_with_nothing_but_a_lead_has_hardly_anything_to_check(empty_company: Any, open_page: Open):
    take_in(empty_company, COMMAND_LINE, understand(empty_company, "leads.csv", LEADS), LEADS)
    at = open_page("data_health", period="all")
    assert not at.exception
    assert say("data_health.states.no_data") in all_words(at)
    assert f"{metrics()['orphans'].label['en']}: **–**" in all_words(at)
    assert say("data_health.both.nothing", thing=say("data_health.things.won")) in all_words(at)
