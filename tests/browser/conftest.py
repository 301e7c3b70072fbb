"""A real server and a real Chromium; whatever a test does, no console error and no request to another host."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from leadalign.store import open_database

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 120
MILLISECONDS_TO_ANSWER = 15_000
expect.set_options(timeout=MILLISECONDS_TO_ANSWER)
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
# Streamlit asks for these beside a deep link first and finds them at the root after: not errors of ours.
EXPECTED_404 = ("/_stcore/health", "/_stcore/host-config")


@dataclass
class Server:
    """A running leadalign with a database of its own."""

    url: str
    database: Path
    log: Path

    def failures(self) -> list[str]:
        """What the log tells of pages and jobs that broke; people see a sentence and an id, so tests look here."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if '"page_failed"' in line or '"job_failed"' in line]


@contextmanager
def running(folder: Path, database: Path | None = None, program: str = "streamlit") -> Iterator[Server]:
    """leadalign started as the README says, on a free port, with its database in `folder` if no other is named."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(f"http://localhost:{port}", database or folder / "leadalign.duckdb", folder / "server.log")
    with server.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", program, "run", "app.py", "--server.port", str(port)],
            cwd=ROOT, stdout=log, stderr=subprocess.STDOUT,
            env=os.environ | {"LEADALIGN_DATABASE": str(server.database)},
        )  # fmt: skip
    try:
        _wait_until_it_answers(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_it_answers(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Returns when the health route has said how things are, be it well or not."""
    give_up = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < give_up:
        try:
            urllib.request.urlopen(f"{server.url}/healthz", timeout=SECONDS_TO_START)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not start:\n{server.log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all browser tests of a worker: what one leaves behind must not matter to another."""
    with running(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for the tests of one file, of a company that has just begun: no demo data, nothing uploaded."""
    folder = tmp_path_factory.mktemp("own")
    open_database(folder / "leadalign.duckdb").close()
    with running(folder) as server:
        yield server


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Server]:
    """A server that nobody has visited yet, for one test alone."""
    with running(tmp_path) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one on the path."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        absent = "no Chromium on this machine (Debian has it: apt install chromium)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(absent)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """`visit(color_scheme="dark", viewport={...})` opens one more browser; all must be quiet, and no page break.

    It opens at the server that all tests share, or at another: `visit(fresh_server)`.
    """
    contexts: list[BrowserContext] = []
    noise: list[str] = []
    logged: dict[str, tuple[Server, int]] = {}

    def open_browser(at: Server | None = None, **options: Any) -> Page:
        at = at or request.getfixturevalue("server")
        logged.setdefault(at.url, (at, len(at.failures())))
        options = {"viewport": {"width": 1440, "height": 900}, "base_url": at.url} | options
        context = chromium.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(MILLISECONDS_TO_ANSWER)
        page = context.new_page()
        _listen(page, options["base_url"], noise)
        return page

    yield open_browser
    for context in contexts:
        context.close()
    assert noise + [line for at, known in logged.values() for line in at.failures()[known:]] == []


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    """A desktop browser that nobody has used yet."""
    return visit()


def _listen(page: Page, home: str, noise: list[str]) -> None:
    """Writes down console errors, exceptions, and requests to any other host."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location.get("url", "").endswith(EXPECTED_404):
            noise.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((home + "/", "data:", "blob:")):
            noise.append(f"request to another host: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: noise.append(f"exception: {error}"))
    page.on("request", on_request)
