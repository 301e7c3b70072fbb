"""Words and marks by which addresses, numbers and names are told apart: role boxes, free mail, fillers, punctuation."""

import tomllib
import unicodedata
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")
INVISIBLE = "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)))
VOWELS = "".join(map(chr, (*range(0x0591, 0x05BE), 0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7)))
"""Hebrew points and accents: written or left out, the name is the same."""
BLANKS = " \t\u00a0\u2007\u2009\u202f"
BETWEEN = ",/\\|_-–—־‐‑&+"
"""Points that part words, as a blank does."""
WITHIN = ".;:!?'\"`´׳״’‘“”„()[]{}*#@~^=<>%$"
"""Points that part nothing: those of a short form, quotes, brackets."""


@cache
def words() -> dict[str, tuple[str, ...]]:
    """The words of each kind, as addresses.toml lists them."""
    return {kind: tuple(found) for kind, found in tomllib.loads(FILE.read_text(encoding="utf-8")).items()}


@cache
def folded() -> tuple[str, str]:
    """Marks, and what stands for each of them when names are compared; those beyond the second text's end just go."""
    accented, plain = _without_accents()
    return accented + BETWEEN + WITHIN + INVISIBLE + VOWELS, plain + " " * len(BETWEEN)


def _without_accents() -> tuple[str, str]:
    """Small letters with an accent, and the same letters without."""
    accented = [chr(code) for code in range(0xE0, 0x180) if chr(code) == chr(code).lower()]
    plain = [(letter, unicodedata.normalize("NFD", letter)[0]) for letter in accented]
    pairs = [(letter, base) for letter, base in plain if base != letter and base.isascii()]
    return "".join(letter for letter, _ in pairs), "".join(base for _, base in pairs)
