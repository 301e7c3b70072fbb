"""Each number on a page is the one that the command line prints."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from leadalign.store import open_database
from leadalign.texts import formats, languages, say
from leadalign.uploads import load_demo
from tests.browser.browsing import go
from tests.browser.conftest import ROOT, Server, running
from tests.browser.hands import bare, leads_link

pytestmark = pytest.mark.browser

START, END = "2026-02-01", "2026-08-01"  # long enough ago that each lead had its time to be won
CARDS = {
    "/": ("unready_time_share", "lead_rating_top2", "handover_compliance"),
    "/sales_time": ("unready_time_share", "unready_time_share_net", "unready_time_share_upper", "unready_cost"),
    "/lead_quality": ("lead_rating_top2", "acceptance_rate", "won_share", "rating_coverage"),
}
IN_HOURS = ("unready_time_share", "unready_time_share_net", "unready_time_share_upper")
BARS = {"/sales_time": "unready_time_share", "/lead_quality": "won_share"}


class Company:
    """A database of the demo company that nobody changes, what the command line says of it, and a server on it."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.server: Server | None = None
        metrics = sorted({metric for shown in CARDS.values() for metric in shown})
        self.printed = {each["metric"]: each for each in self.ask(*metrics)}
        told = self.ask(*BARS.values(), "--by", "source")
        self.by_source = {metric: [each for each in told if each["metric"] == metric] for metric in BARS.values()}

    def ask(self, *arguments: str) -> list[dict[str, Any]]:
        """What `leadalign figures` prints."""
        command = [sys.executable, "-m", "leadalign", "figures", *arguments, "--from", START, "--to", END, "--json"]
        environment = os.environ | {"LEADALIGN_DATABASE": str(self.database)}
        return json.loads(subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True).stdout)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    folder = tmp_path_factory.mktemp("company")
    db = open_database(folder / "leadalign.duckdb")
    load_demo(db, until=date(2026, 11, 15), leads=900)
    db.close()
    company = Company(folder / "leadalign.duckdb")  # asks before the server holds the file
    with running(folder) as company.server:
        yield company


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("path", CARDS)
def test_a_card_tells_the_figure_of_the_command_line(company: Company, visit: Callable[..., Page], path, language):
    page = go(visit(company.server), f"{path}?period=dates&from={START}&to={END}&lang={language}")
    for metric in CARDS[path]:
        printed, card = company.printed[metric], page.locator(f".st-key-quiet_card_{metric}")
        assert printed["value"] is not None
        expect(card.get_by_test_id("stMetricValue")).to_have_text(value_in_words(printed, language))
        text = bare(card.inner_text())
        for said in sizes_in_words(printed, language):
            assert bare(said) in text
        leads = say("pages.leads.found", language, count=formats.number(printed["leads"], language))
        assert bare(leads_link(card).inner_text()) == bare(leads)


@pytest.mark.parametrize("path", BARS)
def test_a_bar_tells_the_figure_of_the_command_line(company: Company, visit: Callable[..., Page], path):
    page = go(visit(company.server), f"{path}?period=dates&from={START}&to={END}")
    metric = BARS[path]
    chart = page.locator(f".st-key-chart_{metric}_by_source")
    chart.locator(".barlayer .point").first.wait_for()
    text = bare(chart.locator(".main-svg").first.inner_html())
    shown = [each for each in company.by_source[metric] if each["by"]["source"] and each["by"]["source"] in text]
    assert len(shown) >= 4  # a handful of cases gets no bar
    for each in shown:
        assert value_in_words(each, "en") in text


def value_in_words(printed: dict[str, Any], language: str) -> str:
    """The value as a reader of the language writes it."""
    return formats.in_unit(printed["value"], printed["unit"], language)


def sizes_in_words(printed: dict[str, Any], language: str) -> list[str]:
    """Part of whole, and between what and what the true value lies, as far as the figure has them."""
    said = []
    if printed["unit"] == "share":
        amount = formats.minutes_as_hours if printed["metric"] in IN_HOURS else formats.number
        part, whole = (amount(printed[name], language) for name in ("part", "whole"))
        said.append(say("ui.figure.part_of_whole", language, part=part, whole=whole))
    if printed["low"] is not None:
        low, high = (formats.in_unit(printed[name], printed["unit"], language) for name in ("low", "high"))
        said.append(say("ui.figure.between", language, low=low, high=high))
    return said
