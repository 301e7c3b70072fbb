"""Every word that a person reads, English and Hebrew side by side."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LANGUAGES = ("en", "he")


def languages() -> tuple[str, ...]:
    """The languages that people can read leadalign in."""
    return LANGUAGES


def say(key: str, language: str = "en", **details: Any) -> str:
    """The words for `key` ("pages.sales_time.title": file, then block, then entry) with `details` filled in."""
    words: Any = sentences()[key]
    return words[language].format(**details) if details else words[language]


def has(key: str) -> bool:
    """Whether there are words for `key`."""
    return key in sentences()


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Every key with its words by language, from all the .toml files of this folder."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(HERE.glob("*.toml")):
        _collect(path.stem, tomllib.loads(path.read_text(encoding="utf-8")), found)
    return found


def _collect(prefix: str, block: dict[str, Any], found: dict[str, dict[str, str]]) -> None:
    """Flattens nested blocks into dotted keys; a block with a language inside is a leaf."""
    if any(language in block for language in LANGUAGES):
        found[prefix] = block
        return
    for name, inner in block.items():
        _collect(f"{prefix}.{name}", inner, found)
