"""No two formats claim one file: whatever a header may be, one format claims it best or a person is asked."""

import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from leadalign.intake import Format, formats, recognise, understand
from leadalign.intake.formats import built_in, claimants, spellings
from leadalign.intake.typing import same_header
from leadalign.settings import Settings
from tests.crm_layouts.company import COMPANY
from tests.crm_layouts.test_same_world import LAYOUTS

FILES = [(crm, name) for crm, layout in LAYOUTS.items() for name in layout.files(COMPANY)]


@pytest.mark.parametrize(("crm", "name"), FILES)
def test_an_export_of_a_crm_is_claimed_by_one_format_of_that_crm(crm, name):
    found = understand(name, LAYOUTS[crm].files(COMPANY)[name], settings=Settings())
    claiming = [one.name for one in formats() if one.claims(found.header)]
    assert len(claiming) == 1
    assert claiming[0].startswith(crm.split()[0])


SEEN = [
    (name, header)
    for name, headers in tomllib.loads(
        (Path(__file__).parent / "headers_seen.toml").read_text(encoding="utf-8")
    ).items()
    for header in headers
]


@pytest.mark.parametrize(("name", "header"), SEEN)
def test_a_header_that_was_seen_is_claimed_by_its_format_alone(name, header):
    assert [one.name for one in formats() if one.claims(header.split(","))] == [name]


@pytest.mark.parametrize(("one", "other"), list(combinations(formats(), 2)), ids=lambda each: each.name)
def test_no_header_that_one_format_asks_for_is_another_formats_too(one, other):
    tied = len(one.recognised_by) == len(other.recognised_by)
    assert not (tied and (_least_header(one, other) or _least_header(other, one)))


def test_a_header_that_two_formats_know_equally_is_a_question():
    one, other = (built_in(name) for name in ("zoho_calls", "zoho_events"))
    both = [spellings(column)[0] for each in (one, other) for column in each.recognised_by]
    assert {each.name for each in claimants(both)} == {"zoho_calls", "zoho_events"}
    assert recognise(both) is None
    content = (",".join(both) + "\n" + ",".join("x" for _ in both) + "\n").encode()
    found = understand("both.csv", content, settings=Settings())
    assert [(each.code, each.choices, each.blocks) for each in found.questions if each.code == "which_format"] == [
        ("which_format", ("zoho_calls", "zoho_events"), True)
    ]
    assert (found.format, found.records) == (None, {})


def _least_header(one: Format, other: Format) -> list[str] | None:
    """A header of no more than `one` asks for that `other` claims as well; None where there is none."""
    asked = [{same_header(spelt) for spelt in spellings(column)} for column in one.recognised_by]
    wanted = [{same_header(spelt) for spelt in spellings(column)} for column in other.recognised_by]
    refused = {same_header(column) for column in (*one.never_with, *other.never_with)}
    return _settled([spelt - refused for spelt in asked], wanted, {})


def _settled(asked: list[set[str]], wanted: list[set[str]], chosen: dict[int, str]) -> list[str] | None:
    if not wanted:
        rest = [min(spelt, default="") for place, spelt in enumerate(asked) if place not in chosen]
        return [*chosen.values(), *rest] if all(rest) or not rest else None
    if set(chosen.values()) & wanted[0]:
        return _settled(asked, wanted[1:], chosen)
    for place, spelt in enumerate(asked):
        for column in sorted(spelt & wanted[0]) if place not in chosen else ():
            found = _settled(asked, wanted[1:], {**chosen, place: column})
            if found:
                return found
    return None
