"""Numbers, money and dates as people of each language write them."""

from datetime import UTC, date, datetime

import pytest

from leadalign.texts import formats, languages

ISOLATED = {"en": "{}", "he": "\u2066{}\u2069"}


@pytest.mark.parametrize("language", languages())
def test_a_negative_share_keeps_its_sign_in_front(language: str):
    assert formats.percent(-0.012, language, 1).endswith(ISOLATED[language].format("-1.2%")[-6:])
    assert "-1.2%" in formats.percent(-0.012, language, 1).replace("\u200e", "")


@pytest.mark.parametrize("language", languages())
def test_every_number_is_isolated_in_hebrew_and_only_there(language: str):
    said = [formats.number(1234.5, language), formats.percent(0.27, language), formats.money(1234, "ILS", language)]
    for text in said:
        assert (text[0], text[-1]) == ("\u2066", "\u2069") if language == "he" else "\u2066" not in text


def test_a_small_share_does_not_read_as_nothing():
    assert formats.percent(0.004, "en") == "0.4%"
    assert formats.percent(0.0, "en") == "0%"


def test_minutes_are_told_in_hours():
    assert formats.minutes_as_hours(80400, "en") == "1,340 h"
    assert formats.minutes_as_hours(90, "en") == "1.5 h"


def test_a_day_and_a_moment_are_those_of_the_companys_zone():
    assert formats.day(date(2026, 11, 8), "en") == "8 Nov 2026"
    assert formats.day(date(2026, 11, 8), "he") == "8 בנוב׳ 2026"
    late = datetime(2026, 1, 31, 22, 30, tzinfo=UTC)
    assert formats.moment(late, "Asia/Jerusalem", "en") == "Sun 1 Feb 2026, 00:30"


def test_each_unit_has_its_way():
    assert formats.in_unit(0.27, "share", "en") == "27%"
    assert formats.in_unit(120, "minutes", "en") == "2.0 h"
    assert formats.in_unit(3.25, "rating", "en") == "3.2"
    assert formats.in_unit(7, "count", "en") == "7"
    assert "1,234" in formats.in_unit(1234, "money", "en", "ILS")
