"""What comes from outside is shown letter by letter, whatever it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from leadalign.ui.escape import JOINER, plain

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
LINK = re.compile(r"(?i)(https?|ftp)://|www\.|mailto:|[\w.+-]+@[\w-]+")
SHORT_CODE = re.compile(r":[a-z_+\-/]+[:\[]|:material/")
PAYLOADS = [
    "![x](https://evil.example/p.png)",
    "[click](javascript:alert(1))", "<img src=x onerror=alert(1)>",
    "<https://evil.example>",
    "www.evil.example", "https://evil.example/a",
    "somebody@evil.example", ":material/bug_report:", ":red[alarm]", ":smile:",
    "$\\frac{1}{2}$", "# Title", "- item", "1. item", "    code",
    "`code`", "| a | b |\n|---|---|", "a\n\n---\n\nb", "&lt;b&gt;",
    "**bold** _it_ ~~gone~~", "> quote", "\\*not escaped\\*", "[^1]", "a\tb", "\x00\x1f", "Http://x", "MAILTO:a@b.c",
]  # fmt: skip


def seen(text: str) -> str:
    """The characters that a reader sees, and nothing but text on the way there."""
    tokens = MARKDOWN.parse(plain(text))
    inside = [child for token in tokens if token.type == "inline" for child in token.children]
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert {child.type for child in inside} <= {"text", "text_special"}
    return "".join(child.content for child in inside)


def on_one_line(text: str) -> str:
    """`text` as one line, as far as a name or a note has lines."""
    return re.sub(r"\s+", " ", re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", text)).strip()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_shown_as_its_characters(payload: str):
    shown = seen(payload)
    assert shown.replace(JOINER, "") == on_one_line(payload)
    assert not LINK.search(shown)
    assert not SHORT_CODE.search(shown)


@given(st.text(max_size=60).filter(lambda text: JOINER not in text))
def test_any_text_is_shown_as_its_characters(text: str):
    assert seen(text).replace(JOINER, "") == on_one_line(text)


@given(
    st.lists(st.sampled_from([*PAYLOADS, "a", " ", ":", "@", "/", "www", "http", "[", "]("]), max_size=5).map("".join)
)
def test_no_pile_of_payloads_makes_a_link_or_an_icon(text: str):
    shown = seen(text)
    assert not LINK.search(shown)
    assert not SHORT_CODE.search(shown)


def test_nothing_is_an_empty_text():
    assert plain(None) == ""
