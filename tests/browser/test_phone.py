"""On a phone, in Hebrew: everything fits, the side bar opens and goes away, and a lead is rated with the thumb."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import go, settled
from tests.browser.hands import AS_A_PHONE, PHONE, at_rest, open_row

pytestmark = pytest.mark.browser

PAGES = ("/", "/goals", "/lead_quality", "/sales_time", "/leads", "/uploads", "/duplicates", "/data_health")


@pytest.fixture
def phone(visit: Callable[..., Page]) -> Page:
    return visit(**AS_A_PHONE)


def covers_the_page(page: Page) -> bool:
    """Whether any part of the side bar lies within what is seen."""
    box = page.get_by_test_id("stSidebar").bounding_box()
    is_seen = page.get_by_test_id("stSidebar").is_visible()
    return is_seen and box is not None and box["x"] < PHONE["width"] and box["x"] + box["width"] > 0


def open_side_bar(page: Page) -> None:
    page.get_by_test_id("stExpandSidebarButton").tap()
    expect(page.get_by_role("combobox", name="מי אתם?")).to_be_in_viewport()
    at_rest(page)


def close_side_bar(page: Page) -> None:
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").tap()
    expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()


def test_the_side_bar_opens_and_when_closed_covers_nothing(phone: Page):
    go(phone, "/?lang=he")
    assert not covers_the_page(phone)
    open_side_bar(phone)
    assert covers_the_page(phone)
    close_side_bar(phone)
    assert not covers_the_page(phone)
    expect(phone.get_by_role("heading", level=1, name="השבוע")).to_be_in_viewport()


def test_each_page_is_one_tap_away_and_nothing_lies_over_it(phone: Page):
    go(phone, "/?lang=he")
    phone.get_by_test_id("stMain").get_by_role("link", name="איכות הלידים", exact=True).tap()
    expect(phone.get_by_role("heading", level=1, name="איכות הלידים")).to_be_visible()
    settled(phone)
    assert not covers_the_page(phone)
    assert "lang=he" in phone.url


def test_no_page_is_wider_than_the_phone(phone: Page):
    wide = []
    for path in PAGES:
        go(phone, f"{path}?lang=he")
        scrolled = phone.evaluate(
            "['stMain', 'stMainBlockContainer'].map(id => document.querySelector(`[data-testid=${id}]`))"
            ".concat(document.documentElement).map(e => e.scrollWidth - e.clientWidth)"
        )
        if max(scrolled) > 1:
            wide.append((path, scrolled))
    assert wide == []


def test_a_name_is_chosen_with_the_thumb(phone: Page):
    go(phone, "/uploads?lang=he")
    expect(phone.get_by_text("הקישו על החץ הכפול למעלה")).to_be_visible()
    open_side_bar(phone)
    box = phone.get_by_role("combobox", name="מי אתם?")
    box.tap(position={"x": 90, "y": 12})  # the very middle stands for a press by a screen reader
    phone.get_by_role("option", name="· שיווק").first.tap()
    expect(box).to_have_value(re.compile("· שיווק$"))
    settled(phone)
    close_side_bar(phone)
    expect(phone.get_by_test_id("stFileUploader")).to_be_visible()


def test_cells_are_whole_where_tables_are_drawn_beside_the_page_first(phone: Page):
    go(phone, "/duplicates?lang=he")
    phone.get_by_test_id("stDataFrame").locator("canvas table").first.wait_for(state="attached")
    directions = "[...document.querySelectorAll('html > canvas')].map(e => getComputedStyle(e).direction)"
    assert set(phone.evaluate(directions)) == {"ltr"}


def test_a_lead_is_rated_on_a_phone(phone: Page):
    go(phone, "/leads?lang=he&readiness=unready")
    open_side_bar(phone)
    phone.get_by_test_id("stSidebar").get_by_role("button", name="Open").tap()
    phone.get_by_role("option", name="· מכירות").first.tap()
    settled(phone)
    close_side_bar(phone)
    open_row(phone)
    phone.get_by_role("radio", name="5 out of 5 stars").tap()
    phone.get_by_role("button", name="מתאים לנו").tap()
    phone.get_by_role("button", name="שליחת הדירוג").tap()
    expect(phone.get_by_test_id("stAlert")).to_contain_text("אנשי השיווק כבר רואים את זה")
    expect(phone.get_by_text("★★★★★").first).to_be_visible()
