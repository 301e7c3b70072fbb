"""Sales rates a lead, and marketing sees it at once; nobody else rates."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import go, settled
from tests.browser.hands import be_any_of, choose, open_row

pytestmark = pytest.mark.browser


def test_what_sales_says_of_a_lead_marketing_sees_at_once(visit: Callable[..., Page]):
    sales = go(visit(), "/leads?readiness=unready")
    choose(sales, "Who are you?", "Dana Harlev")
    open_row(sales)
    sales.get_by_role("radio", name="4 out of 5 stars").click()
    sales.get_by_role("button", name="No budget").click()
    sales.get_by_label("A word to marketing").fill("Nice people, next year perhaps")
    sales.get_by_role("button", name="Send the rating").click()
    expect(sales.get_by_test_id("stAlert")).to_contain_text("Marketing sees it now")
    settled(sales)

    marketing = go(visit(), sales.url)
    be_any_of(marketing, "Marketing")
    expect(marketing.get_by_text("★★★★☆ Dana Harlev")).to_be_visible()
    expect(marketing.get_by_text("No budget — “Nice people, next year perhaps”")).to_be_visible()


def test_the_form_is_empty_again_once_the_rating_is_sent(page: Page):
    go(page, "/leads?readiness=unready")
    be_any_of(page, "Sales")
    open_row(page, 1)
    page.get_by_role("radio", name="2 out of 5 stars").click()
    page.get_by_label("A word to marketing").fill("Once is enough")
    page.get_by_role("button", name="Send the rating").click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("Thank you")
    settled(page)
    expect(page.get_by_label("A word to marketing")).to_have_value("")
    expect(page.get_by_role("radio", name="2 out of 5 stars")).not_to_be_checked()
    expect(page.get_by_text("“Once is enough”")).to_have_count(1)


def test_a_rating_without_stars_is_asked_for_them_and_keeps_nothing(page: Page):
    go(page, "/leads?readiness=unready")
    be_any_of(page, "Sales")
    open_row(page, 2)
    page.get_by_label("A word to marketing").fill("Words alone")
    page.get_by_role("button", name="Send the rating").click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("Choose one to five stars first")
    expect(page.get_by_text("“Words alone”")).to_have_count(0)


@pytest.mark.parametrize("somebody", ["Ruth Oster", "Hila Gonen"], ids=["marketing", "executive"])
def test_who_is_not_in_sales_reads_ratings_but_gives_none(page: Page, somebody: str):
    go(page, "/leads?readiness=unready")
    open_row(page)
    expect(page.get_by_text("Say first who you are")).to_be_visible()
    choose(page, "Who are you?", somebody)
    expect(page.get_by_text("Sales people rate leads; you see what they say.")).to_be_visible()
    expect(page.get_by_role("button", name="Send the rating")).to_have_count(0)
    expect(page.get_by_role("radio", name="1 out of 5 stars")).to_have_count(0)
