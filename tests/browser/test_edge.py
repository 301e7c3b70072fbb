"""What stands between a browser and the pages."""

import gzip
import json
import re
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPMessage
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import go
from tests.browser.conftest import Server, running

pytestmark = pytest.mark.browser


def fetch(address: str, **headers: str) -> tuple[HTTPMessage, bytes]:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10) as answer:
        return answer.headers, answer.read()


def test_the_health_route_tells_of_process_database_import_and_disk(server: Server):
    _, body = fetch(f"{server.url}/healthz")
    health = json.loads(body)
    assert health["status"] == "ok"
    assert health["process"]["seconds_up"] >= 0
    assert health["database"].keys() >= {"status", "last_import"}
    assert health["disk"]["free_bytes"] > 0
    assert str(server.database.parent) not in body.decode()


def test_every_answer_tells_the_browser_to_refuse_other_hosts_and_frames(server: Server):
    for path in ("/", "/healthz", "/app/static/heebo-latin.woff2"):
        headers, _ = fetch(server.url + path)
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-eval" not in policy
        assert "http" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_the_programs_of_the_page_travel_compressed(server: Server):
    _, page = fetch(f"{server.url}/")
    script = re.search(r'src="\./(static/js/index[^"]+)"', page.decode()).group(1)
    headers, packed = fetch(f"{server.url}/{script}", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert len(packed) < len(gzip.decompress(packed)) / 2


def test_nobody_from_another_machine_is_answered(server: Server):
    port = int(server.url.rsplit(":", 1)[1])
    own_addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in own_addresses - {"127.0.0.1"}:
        if address.startswith("127."):
            continue
        with socket.socket() as stranger:
            stranger.settimeout(2)
            assert stranger.connect_ex((address, port)) != 0


def test_the_letters_come_from_here_in_both_scripts(visit: Callable[..., Page]):
    page = go(visit())
    for family in ("Heebo", "Frank Ruhl Libre"):
        faces = page.evaluate(
            f"document.fonts.load('16px {family}', 'a א').then(faces => faces.map(face => face.status))"
        )
        assert faces == ["loaded", "loaded"]  # one file for each script


def test_a_first_visit_to_a_deep_link_gets_the_frame_with_the_page(fresh_server: Server, visit: Callable[..., Page]):
    """With a folder `pages` beside the main script, Streamlit once ran a page alone on a server nobody had visited."""
    page = go(visit(fresh_server), "/leads")
    switch_of_the_frame = page.get_by_test_id("stSidebar").get_by_text("עברית")
    expect(switch_of_the_frame).to_be_visible()


def test_a_second_leadalign_on_the_same_database_says_so_on_its_pages(
    server: Server, visit: Callable[..., Page], tmp_path: Path
):
    with running(tmp_path, server.database) as second:
        with pytest.raises(urllib.error.HTTPError, match="503") as answer:
            fetch(f"{second.url}/healthz")
        assert json.load(answer.value)["database"] == {"status": "database_in_use"}
        page = go(visit(base_url=second.url))
        sentence = page.get_by_test_id("stAlert").inner_text()
        assert "already open in another leadalign" in sentence
    _, body = fetch(f"{server.url}/healthz")
    assert json.loads(body)["status"] == "ok"
