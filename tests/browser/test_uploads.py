"""From the demo company to one's own exports: left and found again, answered, confirmed, stopped, undone, mapped."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from leadalign.store import history, open_database
from tests.browser.browsing import go, settled
from tests.browser.conftest import Server, running
from tests.browser.hands import (
    at_rest,
    bare,
    choose,
    confirm,
    drop,
    hand_over,
    introduce,
    pick,
    take_in,
    wait_for_focus,
)
from tests.browser.test_accessibility import serious

pytestmark = pytest.mark.browser

PEOPLE = b"person_id,name,function,hourly_cost\nr9,Gal,sales,100\n"
STAFF = {"name": "twice.csv", "mimeType": "text/csv", "buffer": PEOPLE}
OPEN_DATES = b"our number,came in on,heard of us\n17,05/01/2026,fair\n18,06/02/2026,web\n"
WON = ".st-key-quiet_card_won_share"


def start_with_own_data(page: Page) -> None:
    """Lets the demo company go, as whoever one said to be."""
    page.get_by_role("button", name="Start with our own data").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove the demo company").click()
    expect(page.get_by_text("All of this is an invented company.")).to_have_count(0, timeout=30_000)
    settled(page)


def field(page: Page, name: str):
    """The list in which a person says which column fills a field."""
    return page.get_by_role("combobox", name=re.compile(rf"^{name}\b"))


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
    expect(page.get_by_text(re.compile(r"Leads\.csv is in: [\d,]+ new facts\."))).to_be_visible(timeout=60_000)
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
    upload = page.get_by_role("combobox", name="Which upload?")
    if not upload.is_visible():
        page.get_by_text("Undo an upload, or read its report").click()
    upload.scroll_into_view_if_needed()
    at_rest(page)  # a list that still moves closes again
    upload.click()
    page.get_by_role("option").nth(which).click()
    settled(page)
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_test_id("stAlert").filter(has_text="is undone")).to_be_visible(timeout=60_000)
    settled(page)


def test_a_file_left_in_the_middle_is_found_answered_and_taken_in_by_a_colleague(tmp_path: Path, visit: Callable):
    open_database(tmp_path / "leadalign.duckdb").close()
    with running(tmp_path) as server:
        page = go(visit(server), "/uploads")
        introduce(page, "Noa Barak")
        hand_over(page, {"name": "fair.csv", "mimeType": "text/csv", "buffer": OPEN_DATES})
        pick(page, field(page, "What is in this file"), "Leads")
        for target, column in {"Lead ID": "our number", "Created": "came in on"}.items():
            pick(page, field(page, target), column)
        page.get_by_role("button", name="Read the file this way").click()
        expect(page.get_by_text("An answer is needed before this file can come in")).to_be_visible()
        expect(page.get_by_role("button", name="Take in this file")).to_be_disabled()
        page.context.close()
    with running(tmp_path) as server:  # a restart forgets every page, and no file
        other = go(visit(server), "/uploads")
        introduce(other, "Dana Levi")
        wait_for_focus(other, "fair.csv")
        expect(other.get_by_text("1 file waits for you")).to_be_visible()
        expect(other.get_by_text("An answer is needed before this file can come in")).to_be_visible()
        other.get_by_role("radio", name="Day, month, year").click()
        expect(other.get_by_text("They tell of 5 Jan 2026 to 6 Feb 2026.")).to_be_visible()
        settled(other)
        assert serious(other) == []
        confirm(other)
        expect(other.get_by_text(re.compile(r"fair\.csv is in: [\d,]+ new facts\."))).to_be_visible(timeout=60_000)
        go(other, "/uploads")
        choose(other, "Who are you?", "Dana Levi")
        expect(other.get_by_text(re.compile(r"fair\.csv is in: [\d,]+ new facts\."))).to_be_visible()  # found again
    db = open_database(tmp_path / "leadalign.duckdb")
    assert [(row["file_name"], row["recorded_by"]) for row in history(db)] == [("fair.csv", "dana-levi")]
    assert db.rows("SELECT count(*) FROM desk.drafts") == [(0,)]
    db.close()


CALLS = b"activity_id,lead_id,person_id,type,started_at,duration_min\n" + b"".join(
    b"a%d,L%d,gal,call,2026-09-%02dT08:00:00Z,%d\n" % (n, n % 40, n % 27 + 1, n % 50 + 1) for n in range(400)
)


def test_a_file_that_is_stopped_midway_leaves_nothing_behind(tmp_path: Path, visit: Callable):
    open_database(tmp_path / "leadalign.duckdb").close()
    hold = tmp_path / "hold"
    with running(tmp_path, program="tests.browser.held_server") as server:
        page = go(visit(server), "/uploads")
        introduce(page, "Noa Barak")
        hold.touch()
        drop(page, {"name": "many calls.csv", "mimeType": "text/csv", "buffer": CALLS})
        stop = page.get_by_role("button", name="Cancel", exact=True)
        stop.click(timeout=60_000)
        expect(page.get_by_text("Reading was stopped. Nothing was taken in.")).to_be_visible(timeout=60_000)
        page.get_by_role("button", name="Read it again").click()
        expect(page.get_by_text(re.compile(r"[\d,]+ rows a second")).first).to_be_visible(timeout=60_000)
        go(page, "/leads")  # the page may be left, and is not frozen
        expect(page.get_by_text("No exports have come in yet.")).to_be_visible()
        hold.unlink()
        go(page, "/uploads")
        choose(page, "Who are you?", "Noa Barak")
        expect(page.get_by_text("400 rows.")).to_be_visible(timeout=60_000)
        settled(page)
        hold.touch()
        confirm(page)
        stop.click(timeout=60_000)
        stopped = page.get_by_text("many calls.csv was cancelled: nothing of it was written.")
        expect(stopped).to_be_visible(timeout=60_000)
    db = open_database(tmp_path / "leadalign.duckdb")
    assert history(db) == []
    assert db.rows("SELECT count(*) FROM log.activities") == [(0,)]
    assert db.rows("SELECT file_name FROM desk.drafts") == [("many calls.csv",)]
    db.close()


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
    introduce(page, "Tom Baker")

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
    choose(other, "Who are you?", "Tom Baker")
    hand_over(other, leads, deals)
    expect(other.get_by_text("Recognised as Marketing qualified leads (Leads): 8,000 rows.")).to_be_visible()
    expect(
        other.get_by_text("Recognised by your mapping Marketing qualified leads, saved by Tom Baker")
    ).to_be_visible()
    settled(other)
    other.locator(".st-key-desk").get_by_text(deals.name).click()
    wait_for_focus(other, deals.name)
    expect(other.get_by_text("Recognised as Closed deals (Deals): 842 rows.")).to_be_visible()
    discard(other, deals.name)
    discard(other, leads.name)


def discard(page: Page, name: str) -> None:
    """Takes the file in focus off the desk."""
    settled(page)
    page.get_by_role("button", name="Discard", exact=True).click()
    page.get_by_role("button", name="Discard this file").click()
    expect(page.get_by_role("heading", name=name)).to_have_count(0)
    settled(page)


def map_file(page: Page, file: Path, kind: str, name: str, suggested: dict[str, str]) -> None:
    """Says what the columns of an unknown file mean: the suggestions are right, only the name is one's own."""
    hand_over(page, file)
    expect(page.get_by_text("No format knows this file.")).to_be_visible()
    expect(page.get_by_role("combobox", name="What is in this file?")).to_have_value(kind)
    for target, column in suggested.items():
        expect(field(page, target)).to_have_value(column)
    called = page.get_by_role("textbox", name="Name to keep this mapping under")
    called.fill(name)
    called.press("Enter")
    settled(page)
    page.get_by_role("button", name="Read the file this way").click()
    expect(page.get_by_text(f"Recognised as {name}")).to_be_visible(timeout=30_000)
    settled(page)
    confirm(page)
    expect(page.get_by_text(re.compile(rf"{file.name} is in: [\d,]+ new facts\."))).to_be_visible(timeout=60_000)
    settled(page)


def test_nobody_drops_anything_without_a_name_or_from_sales(own_server: Server, visit: Callable):
    page = go(visit(own_server), "/uploads")
    expect(page.get_by_text("Say first who you are")).to_be_visible()
    expect(page.get_by_test_id("stFileUploader")).to_have_count(0)
    introduce(page, "Tal Sade", "Sales")
    expect(page.get_by_text("This takes another role than yours.")).to_be_visible()
    expect(page.get_by_test_id("stFileUploader")).to_have_count(0)


def test_a_file_that_cannot_be_read_gets_one_sentence(own_server: Server, visit: Callable):
    page = go(visit(own_server), "/uploads")
    introduce(page, "Ron Paz")
    wide = (",".join(f"c{n}" for n in range(5000)) + "\n" + ",".join("1" * 5000) + "\n").encode()
    picture = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4
    header = b"lead_id,created_at,source,account_id\n"
    for content, says in ((b"", "empty"), (picture, "picture"), (header, "row"), (wide, "column")):
        hand_over(page, {"name": "trouble.csv", "mimeType": "text/csv", "buffer": content})
        told = page.locator(".st-key-file_in_focus").get_by_test_id("stAlert")
        expect(told).to_have_count(1)
        expect(told).to_contain_text(says)
        expect(page.get_by_role("button", name=re.compile("^Take in"))).to_have_count(0)
        discard(page, "trouble.csv")
