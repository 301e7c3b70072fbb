"""The look: whatever is written can be read, in the light and in the dark."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def luminance(colour: str) -> float:
    """As WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_has_the_contrast_that_the_standard_gives_it():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_colour_stands_out_on_both_grounds(scheme: str):
    theme = CONFIG["theme"][scheme]
    for ground in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        for name, colour in theme.items():
            if name in ("textColor", "linkColor") or name.endswith("TextColor"):
                assert contrast(colour, ground) >= 4.5, (name, ground)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_white_words_on_a_button_and_the_lines_of_a_chart_stand_out(scheme: str):
    theme = CONFIG["theme"][scheme]
    assert contrast(theme["primaryColor"], "#FFFFFF") >= 4.5
    for colour in (theme["primaryColor"], *theme["chartCategoricalColors"]):
        assert contrast(colour, theme["backgroundColor"]) >= 3


def test_every_font_file_is_ours_and_lies_there():
    faces = CONFIG["theme"]["fontFaces"]
    for face in faces:
        assert (ROOT / "leadalign" / "ui" / "static" / face["url"].removeprefix("app/static/")).is_file()
    assert {face["family"] for face in faces} == {"Heebo", "Frank Ruhl Libre"}


def test_people_on_other_machines_and_tracebacks_stay_out():
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
