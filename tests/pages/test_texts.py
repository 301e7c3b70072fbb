"""Every word that a person reads is there, in both languages, and none is left over."""

import re
import string
from pathlib import Path

import pytest

from leadalign.metrics import metrics
from leadalign.store import rating_reasons
from leadalign.store.people import EVERYONE, ROLE_OF_FUNCTION
from leadalign.texts import has, languages, sentences
from leadalign.ui.periods import PERIODS

ROOT = Path(__file__).parents[2]
CODE = [*(ROOT / "leadalign").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
OURS = ("pages.", "ui.", "data_health.")
KEY = re.compile(r"""["']((?:pages|ui|data_health)\.[\w.]*(?:\{[^}"]*\}[\w.]*)*)["']""")
FROM_DATA = tuple(
    f"ui.{block}."
    for block in [
        "columns",
        "tables",
        "origins",
        "readiness",
        "activity_types",
        "states",
        "steps",
        "bias",
        "method",
        "note",
        "reasons",
        "roles",
        "functions",
        "periods",
        "date_orders",
        "verdicts",
        "empty",
        "filters",
    ]
)


def asked_for() -> set[str]:
    """Every key that the code names, its variable parts as `*`."""
    return {re.sub(r"\{[^}]*\}", "*", key) for path in CODE for key in KEY.findall(path.read_text(encoding="utf-8"))}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(sentences()))
def test_a_sentence_has_both_languages_with_the_same_details(key: str):
    said = sentences()[key]
    assert set(said) == set(languages())
    assert all(text.strip() for text in said.values())
    assert placeholders(said["en"]) == placeholders(said["he"])


def test_no_word_that_the_code_asks_for_is_missing():
    plain = {key for key in asked_for() if "*" not in key and not key.endswith(".") and key.count(".") > 1}
    blocks = {key.rsplit(".", 1)[0] for key in sentences()}
    assert {key for key in plain if not has(key) and key not in blocks} == set()


def test_no_word_is_left_over():
    patterns = [re.compile(re.escape(key).replace(r"\*", ".*") + "$") for key in asked_for()]
    ours = [key for key in sentences() if key.startswith(OURS) and not key.startswith(FROM_DATA)]
    assert [key for key in ours if not any(pattern.match(key) for pattern in patterns)] == []


def test_whatever_the_data_can_name_has_words():
    named = [f"ui.reasons.{reason}" for reason in rating_reasons()]
    named += [f"ui.roles.{role}" for role in EVERYONE] + [f"ui.functions.{function}" for function in ROLE_OF_FUNCTION]
    named += [f"ui.periods.{period}" for period in PERIODS]
    named += [f"ui.bias.{bias}" for metric in metrics().values() for bias in metric.bias]
    assert [key for key in named if not has(key)] == []


def test_no_jargon_stands_in_a_first_line():
    first_lines = [text for key, said in sentences().items() if key.startswith("pages.") for text in said.values()]
    assert [text for text in first_lines if re.search(r"\b(MQL|SQL|SRL|p-value|confidence interval)\b", text)] == []
