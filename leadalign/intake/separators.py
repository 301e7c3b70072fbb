"""Separators that few programs write: signs found between the words of a header, and columns parted by blanks alone."""

import re
from collections.abc import Sequence
from itertools import pairwise

COMMON = (",", ";", "\t", "|")
LETTER_SIGNS = ("\\t", "\u00fe")
"""A tab that a program spelt out, and the thorn that document archives part their columns with."""
RUN = re.compile(r"[^\w\"'\r\n]{2,5}|[^\w\s\"'.()-]|\\t|\u00fe")
LOOKED_AT = 50
EVENLY = 0.9
LONGEST_LINE = 2_000
NUMBER = re.compile(r"[-+(]?[$€£₪]?\s?\d[\d.\u00a0 ]*(?:,\d+)*(?:\.\d+)?\s?[%€₪]?\)?")
WORDS = re.compile(r"[^\W\d_].*")


def rare_separators(sample: str) -> tuple[str, ...]:
    """Signs that stand between the words of the first line, and in the same number in nearly every line below."""
    lines = [line[:LONGEST_LINE] for line in sample.splitlines()[:LOOKED_AT] if line.strip()]
    if len(lines) < 2:
        return ()
    runs = dict.fromkeys(found for found in RUN.findall(lines[0]) if found.strip() or len(found) == 1)
    return tuple(sign for sign in sorted(runs, key=len, reverse=True) if _is_separator(sign, lines))


def _is_separator(sign: str, lines: Sequence[str]) -> bool:
    """Whether a sign parts the first line into words, and each line into as many parts."""
    parts = [part.strip() for part in lines[0].split(sign)]
    if len(parts) < 2 or not all(WORDS.match(part) for part in parts) or len(set(parts)) < len(parts):
        return False
    if len(parts) == 2 and len(sign) == 1 and sign.isascii() and sign.isprintable():
        return False  # `Date:` and `a@b.com` hold one such sign without being rows
    even = sum(1 for line in lines if line.count(sign) == len(parts) - 1)
    return even >= EVENLY * len(lines)


def blank_columns(lines: Sequence[str]) -> list[int]:
    """Where the columns of a text begin that only blanks part, one under the other; none where nothing shows it."""
    seen = [line.rstrip().expandtabs() for line in lines[:LOOKED_AT] if line.strip()]
    seen = [line for line in seen if not set(line) <= set("-=+ ")]
    if len(seen) < 3 or any(sign in seen[0] for sign in COMMON) or max(map(len, seen)) > LONGEST_LINE:
        return []
    widest = max(map(len, seen))
    filled = [any(place < len(line) and line[place] != " " for line in seen) for place in range(widest)]
    starts = [place for place in range(widest) if filled[place] and (place == 0 or not filled[place - 1])]
    return starts if len(starts) > 1 and _is_grid(seen, starts) else []


def _is_grid(lines: Sequence[str], starts: Sequence[int]) -> bool:
    """Whether the first line has a word in every column, and the gaps are wider than the blank between two words."""
    bounds = [*pairwise([*starts, 10**9])]
    words = [lines[0][start:end].strip() for start, end in bounds]
    if not all(WORDS.match(word) for word in words) or not any("  " in line.strip() for line in lines[1:]):
        return False
    cells = [line[start:end].strip() for line in lines[1:] for start, end in bounds]
    return sum(map(bool, cells)) >= EVENLY * len(cells)


def cut(line: str, starts: Sequence[int]) -> list[str]:
    """A line cut where the columns begin."""
    whole = line.rstrip("\r\n").expandtabs()
    return [whole[start:end].strip() for start, end in pairwise([*starts, max(len(whole), starts[-1]) + 1])]


def is_one_column(lines: Sequence[str], separator: str, spaced: bool) -> bool:
    """Whether a comma is the decimal mark of one column of numbers, or part of its prose, and parts no cells."""
    seen = [line.strip() for line in lines[:200] if line.strip()]
    if len(seen) < 2 or separator != "," or separator in seen[0] or '"' in seen[0] + seen[1]:
        return False
    numbers = all(NUMBER.fullmatch(line) for line in seen[1:])
    prose = spaced and len(seen) > 2 and len(seen[0].split()) == 1 and all(line.count(",") <= 1 for line in seen)
    return numbers or prose
