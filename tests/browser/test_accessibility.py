"""Whoever cannot see, or has no mouse, can work with the pages: axe finds nothing serious, keys reach everything."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.browsing import go
from tests.browser.hands import PHONE, at_rest

pytestmark = pytest.mark.browser

PAGES = ("/", "/goals", "/lead_quality", "/sales_time", "/leads", "/uploads", "/duplicates", "/data_health")
WHAT_HAS_FOCUS = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect()
    return {
        name: (e.getAttribute('aria-label') || e.innerText || '').trim(),
        place: e.closest('[data-testid=stSidebar]') ? 'menu'
            : e.closest('.st-key-filters') ? 'filters'
            : e.closest('[class*=st-key-quiet_card]') ? 'card'
            : e.closest('[data-testid=stMain]') ? 'page' : 'edge',
    }
}"""


def serious(page: Page) -> list[str]:
    """What axe calls serious or critical, with the first place of each."""
    found = Axe().run(at_rest(page)).response["violations"]
    grave = [rule for rule in found if rule["impact"] in ("serious", "critical")]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]} ({len(rule['nodes'])})" for rule in grave]


@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(visit: Callable[..., Page], language: str, scheme: str):
    page = visit(color_scheme=scheme)
    found = {path: serious(go(page, f"{path}?lang={language}")) for path in PAGES}
    assert {path: rules for path, rules in found.items() if rules} == {}


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("he", "light")])
def test_axe_finds_nothing_serious_on_a_phone(visit: Callable[..., Page], language: str, scheme: str):
    page = visit(color_scheme=scheme, viewport=PHONE, has_touch=True, is_mobile=True)
    found = {path: serious(go(page, f"{path}?lang={language}")) for path in ("/", "/lead_quality", "/leads")}
    assert {path: rules for path, rules in found.items() if rules} == {}


def test_the_keyboard_meets_menu_filters_and_cards_in_reading_order(page: Page):
    go(page, "/lead_quality")
    page.get_by_test_id("stSidebar").get_by_text("This week").wait_for()
    at_rest(page)
    met = []
    for _ in range(40):
        page.keyboard.press("Tab")
        met.append(page.evaluate(WHAT_HAS_FOCUS))
        if met[-1]["name"].endswith(" leads"):
            break
    position = [stop["name"] for stop in met].index
    assert position("This week") < position("Lead quality") < position("Uploads")
    places = [stop["place"] for stop in met if stop["place"] in ("menu", "filters", "card")]
    assert places == sorted(places, key=["menu", "filters", "card"].index)
    assert "filters" in places
    assert next(stop["name"] for stop in met if stop["place"] == "card") == "How is this computed?"
    assert met[-1]["name"].endswith(" leads")


def test_the_explanation_opens_and_closes_by_keys_alone(page: Page):
    at_rest(go(page, "/lead_quality"))
    page.get_by_role("button", name="How is this computed?").first.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.wait_for(timeout=30_000)
    at_rest(page)
    dialog.get_by_role("button").first.press("Escape")
    dialog.wait_for(state="detached", timeout=30_000)
    assert page.get_by_role("dialog").count() == 0
