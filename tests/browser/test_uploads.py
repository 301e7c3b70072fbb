"""From the demo company to one's own exports: brought in, brought in again, taken out, and mapped where unknown."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import go, settled
from tests.browser.conftest import Server
from tests.browser.hands import at_rest, bare, hand_over, introduce, take_in

pytestmark = pytest.mark.browser

PEOPLE = b"person_id,name,function,hourly_cost\nr9,Gal,sales,100\n"
STAFF = {"name": "twice.csv", "mimeType": "text/csv", "buffer": PEOPLE}
WON = ".st-key-quiet_card_won_share"


def start_with_own_data(page: Page) -> None:
    """Lets the demo company go, as whoever one said to be."""
    page.get_by_role("button", name="Start with our own data").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove the demo company").click()
    expect(page.get_by_text("All of this is an invented company.")).to_have_count(0, timeout=30_000)
    settled(page)


def field(page: Page, name: str):
    """The list in which a person says which column fills a field."""
    return page.get_by_role("combobox", name=re.compile(rf"^\**{name}\b"))


def test_own_exports_replace_the_demo_and_can_be_taken_out_again(fresh_server: Server, visit: Callable, shared: Path):
    page = go(visit(fresh_server), "/uploads")
    expect(page.get_by_text("All of this is an invented company.")).to_be_visible()
    introduce(page, "Noa Barak")
    start_with_own_data(page)
    expect(page.get_by_text("Nothing has been uploaded yet.")).to_be_visible()

    export = shared / "data" / "zoho_crm_sample" / "Leads.csv"
    hand_over(page, export)
    expect(page.get_by_text("Recognised as Zoho leads (Leads): 3,900 rows.")).to_be_visible()
    page.get_by_text("What became of each column").click()
    go_on = page.get_by_role("button", name="Take in this file")
    expect(go_on).to_be_visible()
    other = go(visit(fresh_server), "/leads")
    expect(other.get_by_text("No exports have come in yet.")).to_be_visible()  # nothing is kept before somebody agrees
    go_on.click()
    expect(page.get_by_text(re.compile(r"Leads\.csv is in: [\d,]+ new facts\."))).to_be_visible(timeout=30_000)
    go(other, "/leads")
    expect(other.get_by_text(re.compile("^3,900 leads;"))).to_be_visible()

    settled(page)
    take_in(page, export)
    expect(page.get_by_text("Leads.csv holds nothing new; nothing was added.")).to_be_visible()
    go(other, "/leads")
    expect(other.get_by_text(re.compile("^3,900 leads;"))).to_be_visible()

    undo(page, 0)  # the same file twice is one upload
    go(other, "/leads")
    expect(other.get_by_text("No exports have come in yet.")).to_be_visible()


def undo(page: Page, which: int) -> None:
    """Takes an upload out again, the latest being number 0."""
    settled(page)
    if not page.get_by_role("combobox", name="Which upload?").is_visible():
        page.get_by_text("Undo an upload").click()
    at_rest(page)  # a list that still moves closes again
    page.get_by_role("combobox", name="Which upload?").click()
    page.get_by_role("option").nth(which).click()
    settled(page)
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_test_id("stAlert").filter(has_text="is undone")).to_be_visible()
    settled(page)


def test_undoing_the_first_of_two_uploads_says_that_the_later_one_still_counts(own_server: Server, visit: Callable):
    page = go(visit(own_server), "/uploads")
    introduce(page, "Noa Barak")
    take_in(page, STAFF)
    take_in(page, STAFF | {"buffer": PEOPLE + b"r8,Tal,sales,120\n"})
    undo(page, 1)
    expect(page.get_by_text("Later uploads of the same export tell some of it too")).to_be_visible()


def test_an_unknown_export_is_mapped_once_and_recognised_the_next_time(
    own_server: Server, visit: Callable, shared: Path
):
    folder = shared / "data" / "olist_funnel"
    leads, deals = folder / "olist_marketing_qualified_leads_dataset.csv", folder / "olist_closed_deals_dataset.csv"
    page = go(visit(own_server), "/uploads")
    introduce(page, "Noa Barak")

    map_file(page, leads, "Leads", "Marketing qualified leads", {
        "Lead ID": "mql_id", "Created": "first_contact_date", "Source": "origin", "Campaign": "landing_page_id",
    })  # fmt: skip
    map_file(page, deals, "Deals", "Closed deals", {"Lead ID": "mql_id", "Deal ID": "seller_id", "Won": "won_date"})

    go(page, "/lead_quality?period=all")
    expect(page.locator(WON)).to_contain_text("842 of 8,000")
    expect(page.locator(WON).get_by_test_id("stMetricValue")).to_have_text("11%")
    go(page, "/lead_quality?period=all&lang=he")
    assert "842 מתוך 8,000" in bare(page.locator(WON).inner_text())

    other = go(visit(own_server), "/uploads")
    hand_over(other, leads, deals)
    expect(other.get_by_text("Recognised as Marketing qualified leads (Leads): 8,000 rows.")).to_be_visible()
    expect(other.get_by_text("Recognised as Closed deals (Deals): 842 rows.")).to_be_visible()


def map_file(page: Page, file: Path, kind: str, name: str, suggested: dict[str, str]) -> None:
    """Says what the columns of an unknown file mean: the suggestions are right, only the name is one's own."""
    hand_over(page, file)
    expect(page.get_by_text("No format knows this file.")).to_be_visible()
    expect(page.get_by_role("combobox", name="What is in this file?")).to_have_value(kind)
    for target, column in suggested.items():
        expect(field(page, target)).to_have_value(column)
    page.get_by_role("textbox", name="Name to keep this mapping under").fill(name)
    page.get_by_role("button", name="Read the file this way").click()
    expect(page.get_by_text(f"Recognised as {name}")).to_be_visible(timeout=30_000)
    settled(page)
    page.get_by_role("button", name="Take in this file").click()
    expect(page.get_by_text(re.compile(rf"{file.name} is in: [\d,]+ new facts\."))).to_be_visible(timeout=60_000)
    settled(page)


def test_nobody_brings_in_anything_without_a_name_or_from_sales(own_server: Server, visit: Callable):
    page = go(visit(own_server), "/uploads")
    hand_over(page, STAFF)
    expect(page.get_by_text("Say first who you are")).to_be_visible()
    expect(page.get_by_role("button", name="Take in this file")).to_have_count(0)
    introduce(page, "Tal Sade", "Sales")
    expect(page.get_by_text("This takes another role than yours.")).to_be_visible()
    expect(page.get_by_role("button", name="Take in this file")).to_have_count(0)


def test_a_file_that_cannot_be_read_gets_one_sentence(own_server: Server, visit: Callable):
    page = visit(own_server)
    wide = (",".join(f"c{n}" for n in range(5000)) + "\n" + ",".join("1" * 5000) + "\n").encode()
    picture = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4
    header = b"lead_id,created_at,source,account_id\n"
    for content, says in ((b"", "empty"), (picture, "picture"), (header, "row"), (wide, "column")):
        hand_over(go(page, "/uploads"), {"name": "trouble.csv", "mimeType": "text/csv", "buffer": content})
        expect(page.get_by_test_id("stAlert")).to_have_count(1)
        expect(page.get_by_test_id("stAlert")).to_contain_text(says)
        expect(page.get_by_role("button", name="Take in this file")).to_have_count(0)
