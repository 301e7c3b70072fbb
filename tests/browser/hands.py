"""What a person does on a page: chooses, says who they are, hands over files, opens a row."""

import re
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, TimeoutError, expect

from leadalign.texts import say
from tests.browser.browsing import settled

# Playwright's own way to wait for a function is refused by the pages' security policy.
NOTHING_MOVES = """() => new Promise(done => {
    const until = Date.now() + 30000
    const look = () => document.getAnimations().length && Date.now() < until ? setTimeout(look, 50) : done()
    look()
})"""
PHONE = {"width": 390, "height": 844}
CALLS_ITSELF = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.0 Mobile/15E148 Safari/604.1"
)
AS_A_PHONE = {
    "viewport": PHONE, "has_touch": True, "is_mobile": True, "device_scale_factor": 2, "user_agent": CALLS_ITSELF,
}  # fmt: skip


def at_rest(page: Page) -> Page:
    """Waits until nothing moves or fades any more: half faded in, every text is too pale."""
    page.evaluate(NOTHING_MOVES)
    return page


def choose(page: Page, label: str, option: str) -> None:
    """Takes an option of a list; what stands after the name in the list, such as the function, may be left out."""
    pick(page, page.get_by_role("combobox", name=label), re.compile(rf"^{re.escape(option)}( ·|$)"))


def pick(page: Page, box: Locator, option: str | re.Pattern[str]) -> None:
    """Opens a list and takes an option; a list that the page moved meanwhile has closed, and is opened again."""
    there = page.get_by_role("option", name=option, exact=isinstance(option, str))
    for attempt in range(5):
        box.scroll_into_view_if_needed()
        at_rest(page)
        box.click()
        try:
            there.click(timeout=4_000 if attempt < 4 else None)
            break
        except TimeoutError:
            page.keyboard.press("Escape")
    settled(page)


def be_any_of(page: Page, function: str) -> None:
    """Says to be the first person of that function who is on the list."""
    page.get_by_role("combobox", name="Who are you?").click()
    page.get_by_role("option", name=f"· {function}").first.click()
    settled(page)


def introduce(page: Page, name: str, function: str = "Marketing") -> None:
    """Says who one is, being on no list yet."""
    choose(page, "Who are you?", "Somebody else …")
    page.get_by_role("textbox", name="Your name").fill(name)
    choose(page, "Your function", function)
    page.get_by_role("button", name="That is me").click()
    expect(page.get_by_role("combobox", name="Who are you?")).to_have_value(f"{name} · {function}")
    settled(page)


def hand_over(page: Page, *files: Path | FilePayload) -> None:
    """Drops files on the upload page, where somebody is known, and waits until each of them was read."""
    drop(page, *files)
    wait_for_focus(page, name_of(files[0]))
    expect(page.get_by_text(say("ui.upload_states.reading"))).to_have_count(0, timeout=120_000)
    settled(page)


def drop(page: Page, *files: Path | FilePayload) -> None:
    """Drops files, and waits for nothing."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(list(files))


def name_of(file: Path | FilePayload) -> str:
    """The file's name as a person reads it."""
    return file.name if isinstance(file, Path) else bare(str(file["name"]))


def wait_for_focus(page: Page, name: str) -> None:
    """Waits until that file is the one that the page shows; the marks in a name are no matter."""
    heading = page.locator(".st-key-file_head").get_by_role("heading", level=2)
    for _ in range(300):
        if heading.count() and bare(heading.first.inner_text()) == name:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"{name} is not shown: {page.get_by_test_id('stMain').inner_text()[:500]}")


def confirm(page: Page) -> None:
    """Takes in whatever is ready."""
    page.get_by_role("button", name=re.compile("^Take in")).click()


def take_in(page: Page, *files: Path | FilePayload) -> None:
    """Hands files over and confirms, where leadalign knows them."""
    hand_over(page, *files)
    confirm(page)
    expect(came_of_it(page)).to_have_count(len(files), timeout=120_000)
    settled(page)


def came_of_it(page: Page) -> Locator:
    """What the page says became of the files, a line a file."""
    return page.locator(".st-key-came_of_it p").filter(has_text=re.compile("new facts|nothing new"))


def cells(page: Page, table: str) -> list[str]:
    """What stands in the rows of a table that are in sight, cell by cell."""
    grid = page.get_by_role("region", name=say(f"ui.tables.{table}", "en"))
    grid.locator("canvas table").first.wait_for(state="attached")
    return grid.locator("[role=gridcell]").all_text_contents()


def open_row(page: Page, row: int = 0) -> None:
    """Opens the story of a lead in the list."""
    page.locator(".st-key-table_leads canvas table").first.wait_for(state="attached")
    page.locator(".st-key-table_leads .dvn-scroller").click(position={"x": 16, "y": 52 + 35 * row})
    page.wait_for_url("**lead=**")
    settled(page)


def leads_link(card: Locator) -> Locator:
    """The way from a card to the leads behind it."""
    return card.locator("[data-testid=stPageLink-NavLink][href^='leads?']")


def bare(text: str) -> str:
    """The letters alone: without the invisible marks that keep numbers in order and links apart."""
    return re.sub(r"\s+", " ", re.sub("[\u2060\u2066-\u2069\u202a-\u202e]", "", text)).strip()
