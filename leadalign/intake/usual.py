"""Words that mean the same in whichever export they stand: won and lost, a call and a meeting, in both languages."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def usual(block: str) -> dict[str, str]:
    """Each usual word of a block (`outcome`, `type`) with what it means."""
    text = (Path(__file__).parent / "usual.toml").read_text(encoding="utf-8")
    return {word: meaning for meaning, words in tomllib.loads(text)[block].items() for word in words}
