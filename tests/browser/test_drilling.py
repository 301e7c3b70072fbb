"""From a number to the leads behind it, to one of them, and back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import go, settled
from tests.browser.hands import leads_link, open_row

pytestmark = pytest.mark.browser

FIRST_CARD = ".st-key-quiet_card_unready_time_share"


def click_bar(page: Page, chart: str) -> None:
    """Clicks the largest bar of the chart; Plotly lays its own sheet over the bars and finds out which was meant."""
    bar = page.get_by_role("figure", name=chart).locator(".barlayer .point").first
    bar.wait_for()
    bar.click(force=True)


def test_a_bar_opens_its_leads_and_the_way_back_leads_to_the_same_page(page: Page):
    go(page, "/sales_time?period=12m&source=Webinar")
    page.locator(FIRST_CARD).get_by_test_id("stMetricValue").wait_for()
    card = page.locator(FIRST_CARD).inner_text()
    promised = leads_link(page.locator(FIRST_CARD)).inner_text()

    click_bar(page, "by Source")
    page.wait_for_url("**/leads?**")
    settled(page)
    for said in ("period=12m", "behind=unready_time_share", "cut_source=Webinar"):
        assert said in page.url
    found = page.get_by_test_id("stMain").get_by_text(re.compile(r"^[\d,]+ leads$"))
    expect(found).to_have_text(promised)

    open_row(page)
    expect(page.get_by_role("heading", name="The whole story")).to_be_visible()

    page.go_back()
    expect(found).to_have_text(promised)
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Sales time")).to_be_visible()
    settled(page)
    assert "/sales_time?" in page.url
    expect(page.get_by_role("combobox", name="Period")).to_have_value("Last 12 months")
    expect(page.get_by_role("combobox", name="Source")).to_have_value("Webinar")
    page.locator(FIRST_CARD).get_by_test_id("stMetricValue").wait_for()
    assert page.locator(FIRST_CARD).inner_text() == card


def test_the_link_on_a_card_opens_as_many_leads_as_it_says(page: Page):
    for path in ("/", "/lead_quality", "/sales_time"):
        go(page, path)
        link = leads_link(page.locator("[class*=st-key-quiet_card]").first)
        promised = link.inner_text()
        link.click()
        page.wait_for_url("**/leads?**")
        expect(page.get_by_text("The leads behind:")).to_be_visible()
        settled(page)
        expect(page.get_by_test_id("stMain").get_by_text(promised, exact=True)).to_be_visible()


def test_all_leads_are_one_click_away_from_those_behind_a_number(page: Page):
    go(page, "/leads?period=13w&behind=unready_time_share&cut_source=Webinar&lang=en")
    page.get_by_role("button", name="Show all leads").click()
    expect(page.get_by_text("The leads behind:")).to_have_count(0)
    settled(page)
    assert page.url.endswith("/leads?lang=en")
