"""How a test waits for a page and looks at it, the same way everywhere."""

from pathlib import Path

from playwright.sync_api import Page

DRAWN = "[data-testid=stMain] :is(h1, [data-testid=stAlert])"
READY = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"


def go(page: Page, path: str = "/") -> Page:
    """Opens the address and waits until the page stands."""
    page.goto(path)
    page.wait_for_selector(DRAWN, timeout=60_000)  # before the first word all looks settled too
    return settled(page)


def settled(page: Page) -> Page:
    """Waits until what was just done has been answered: the script has run and nothing on the page is stale."""
    page.wait_for_timeout(150)  # a click needs a moment to reach the server; before that all looks settled
    page.wait_for_selector(READY, state="attached", timeout=30_000)
    page.wait_for_selector("[data-stale=true]", state="detached", timeout=30_000)
    return page


def picture(page: Page, folder: Path, name: str) -> Path:
    """A picture of all of the page, for somebody to look at."""
    path = folder / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path
