"""The address bar says all that was chosen: a copied link shows the same page to somebody else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import go, settled
from tests.browser.hands import choose

pytestmark = pytest.mark.browser

IN_VAIN = "lang=xx&period=13moons&source=Nowhere&readiness=blue&behind=nothing&cut_colour=red&from=2026-99-01"


def test_a_copied_link_shows_the_same_page_to_somebody_else(visit: Callable[..., Page]):
    mine = go(visit(), "/sales_time")
    choose(mine, "Period", "Last 12 months")
    choose(mine, "Source", "Webinar")
    mine.get_by_role("radio", name="עברית").click()
    expect(mine.get_by_role("heading", level=1, name="זמן אנשי המכירות")).to_be_visible()
    settled(mine)

    theirs = go(visit(), mine.url)
    expect(theirs.get_by_role("heading", level=1, name="זמן אנשי המכירות")).to_be_visible()
    expect(theirs.get_by_role("combobox", name="תקופה")).to_have_value("12 חודשים אחרונים")
    expect(theirs.get_by_role("combobox", name="מקור")).to_have_value("Webinar")
    theirs.locator(".st-key-quiet_card_unready_time_share").get_by_test_id("stMetricValue").wait_for()
    for place in (".st-key-headline", ".st-key-quiet_card_unready_time_share", ".st-key-filters"):
        assert theirs.locator(place).inner_text() == mine.locator(place).inner_text()
    assert theirs.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["he", "rtl"]


def test_the_back_button_undoes_a_choice(page: Page):
    go(page, "/sales_time")
    before = page.locator(".st-key-headline").inner_text()
    choose(page, "Period", "Last 4 weeks")
    expect(page.locator(".st-key-headline")).to_contain_text("Last 4 weeks")
    page.go_back()
    expect(page.get_by_role("combobox", name="Period")).to_have_value("Last 13 weeks")
    expect(page.locator(".st-key-headline")).to_have_text(before)


def test_the_menu_keeps_language_and_period(page: Page):
    go(page, "/sales_time?lang=he&period=4w")
    page.get_by_test_id("stSidebar").get_by_role("link", name="איכות הלידים").click()
    expect(page.get_by_role("heading", level=1, name="איכות הלידים")).to_be_visible()
    settled(page)
    expect(page.get_by_role("combobox", name="תקופה")).to_have_value("4 שבועות אחרונים")


def test_what_the_address_asks_for_in_vain_is_left_aside_without_an_error(page: Page):
    for path in ("/", "/goals", "/lead_quality", "/sales_time", "/leads", "/uploads"):
        go(page, f"{path}?{IN_VAIN}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
        assert page.evaluate("document.documentElement.lang") == "en"
        if path in ("/", "/lead_quality", "/sales_time"):
            expect(page.get_by_role("combobox", name="Period")).to_have_value("Last 13 weeks")


def test_a_cut_that_a_number_does_not_have_is_said_and_not_dropped_in_silence(page: Page):
    go(page, "/leads?behind=unready_time_share&cut_colour=red")
    expect(page.get_by_test_id("stAlert")).to_contain_text("has no column “colour”")


def test_a_lead_that_nobody_has_gets_a_sentence(page: Page):
    go(page, "/leads?lead=no-such-lead")
    expect(page.get_by_test_id("stAlert")).to_contain_text("No lead has the number “no-such-lead”")
