"""What comes from outside is shown letter by letter: no picture, no link, no script, no other host."""

import csv
import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.browsing import go, settled
from tests.browser.conftest import Server
from tests.browser.hands import bare, cells, choose, hand_over, introduce, take_in

pytestmark = pytest.mark.browser

EVIL = "evil.example"
PAYLOADS = {
    "image": f"![pay](https://{EVIL}/a.png)",
    "link": f"[click](http://{EVIL}/b) www.{EVIL} https://{EVIL}/c",
    "html": f"<img src=http://{EVIL}/d onerror=alert(1)><b>bold</b>",
    "script": f"<script src=//{EVIL}/e.js>alert(2)</script>",
    "style": f"<style>@import url(//{EVIL}/f.css)</style>",
    "javascript": "[go](javascript:alert(3)) <a href=javascript:alert(4)>go</a>",
    "formula": r"$\int x$ and $$y$$",
    "icon": ":material/delete: :red[red] :smile: **bold** `code`",
    "turned": "abc\u202e\u202dfed \u2067cba",
}
MADE_OF_DATA = f"""
    [data-testid=stApp] :is(img, a, iframe, object, embed, link, script, image, use)
        :is([src*="{EVIL}"], [href*="{EVIL}"], [src^="javascript:"], [href^="javascript:"], [data*="{EVIL}"])
""".replace("script, image, use)\n        :is", "script, image, use):is")  # fmt: skip


def table(*rows: dict[str, object]) -> bytes:
    """The rows as a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def file(name: str, *rows: dict[str, object]) -> dict[str, object]:
    return {"name": name, "mimeType": "text/csv", "buffer": table(*rows)}


def exports() -> list[dict[str, object]]:
    """Every text that a page may show, with a payload in it."""
    leads = [a_lead(f"P-{name}-{number}", text, number) for name, text in PAYLOADS.items() for number in range(6)]
    people = {"person_id": "r1", "name": PAYLOADS["image"], "function": "sales", "hourly_cost": 100}
    return [
        file("people.csv", people),
        file(f"![pay](http:{EVIL}) <img src=x>.csv", *leads),
        file("ratings.csv", *(a_rating(lead["lead_id"], lead["note"]) for lead in leads)),
        file("activities.csv", *(a_call(lead["lead_id"], lead["note"]) for lead in leads)),
    ]


def a_lead(lead: str, text: str, days_ago: int) -> dict[str, object]:
    """A lead that says the text wherever a lead can say something."""
    said = dict.fromkeys(("source", "campaign", "name", "company", "note"), text)
    created = f"2026-10-{12 - days_ago}T08:00:00Z"
    return {"lead_id": lead, "created_at": created, "account_id": lead, "email": f"{lead}@{EVIL}", **said}


def a_rating(lead: object, text: object) -> dict[str, object]:
    return {
        "rating_id": f"q-{lead}", "lead_id": lead, "rater_id": "r1", "rating": 4, "reason": text, "comment": text,
        "rated_at": "2026-10-14T08:00:00Z",
    }  # fmt: skip


def a_call(lead: object, text: object) -> dict[str, object]:
    return {
        "activity_id": f"a-{lead}", "lead_id": lead, "person_id": "r1", "type": "call", "subject": text,
        "started_at": "2026-10-13T08:00:00Z", "duration_min": 30,
    }  # fmt: skip


@pytest.fixture(scope="module")
def loaded(own_server: Server, chromium: Browser) -> Server:
    """A company whose every name is an attempt."""
    context = chromium.new_context(base_url=own_server.url)
    page = go(context.new_page(), "/uploads")
    introduce(page, "Noa Barak")
    take_in(page, *exports())
    context.close()
    return own_server


def assert_only_letters(page: Page) -> None:
    """Nothing on the page was made of data but letters."""
    settled(page)
    assert page.locator(MADE_OF_DATA).count() == 0
    main = page.get_by_test_id("stApp")
    assert main.locator(".katex, img[src*=evil], script[src*=evil]").count() == 0
    assert main.get_by_role("link", name="click").count() == 0
    assert main.locator("b, em, code, del").filter(has_text="bold").count() == 0


@pytest.mark.parametrize("language", ["en", "he"])
def test_no_page_makes_anything_but_letters_of_it(loaded: Server, visit: Callable[..., Page], language: str):
    page = visit(loaded)
    for path in ("/", "/goals", "/lead_quality", "/sales_time", "/leads", "/uploads"):
        assert_only_letters(go(page, f"{path}?period=all&lang={language}"))


def test_a_lead_shows_its_texts_letter_by_letter(loaded: Server, visit: Callable[..., Page]):
    page = visit(loaded)
    for payload, text in PAYLOADS.items():
        go(page, f"/leads?lead=P-{payload}-0")
        assert_only_letters(page)
        name = page.get_by_role("heading", level=3).first.inner_text()
        assert bare(name) == bare(text)
        assert "\u202e" not in name  # or what follows it would read from the wrong end
        assert f"“{bare(text)}”" in bare(page.get_by_test_id("stMain").inner_text())  # the word to marketing
        assert any(bare(text) in bare(cell) for cell in cells(page, "story"))


def test_the_list_and_the_charts_show_the_letters(loaded: Server, visit: Callable[..., Page]):
    page = go(visit(loaded), "/leads")
    shown = {bare(cell) for cell in cells(page, "leads")}
    assert {bare(text) for text in PAYLOADS.values()} <= shown
    go(page, "/lead_quality?period=all")
    page.get_by_role("figure", name="by Source").first.locator(".barlayer .point").first.wait_for()
    assert_only_letters(page)


def test_a_file_name_is_shown_letter_by_letter_before_and_after_it_came_in(loaded: Server, visit: Callable[..., Page]):
    page = go(visit(loaded), "/uploads")
    assert any("![pay](http" in cell for cell in cells(page, "batches"))
    choose(page, "Who are you?", "Noa Barak")
    name, header = f"<img src=http:{EVIL}>.csv", f"{PAYLOADS['html']},{PAYLOADS['link']}"
    cells_in_it = ",".join(list(PAYLOADS.values())[:2]).encode()
    hand_over(page, {"name": name, "mimeType": "text/csv", "buffer": f"{header}\n".encode() + cells_in_it + b"\n"})
    assert_only_letters(page)
    page.get_by_role("combobox", name="Lead ID").click()  # the columns of the file, as choices
    assert_only_letters(page)
