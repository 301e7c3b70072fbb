"""A text's line ends and stray marks mended before it is split into rows, each mend told."""

import io
import re

from leadalign.intake.findings import Findings

OTHER_ENDS = ("\x1e", "\x85", "\u2028", "\u2029", "\x0c", "\x0b")
"""Signs that end lines in files which have neither LF nor CR."""
DOUBLED_RETURNS = re.compile(r"\r\r\n")
PAGE_BREAK = re.compile(r"(?<=[\r\n])\x0c")
BYTE_ORDER_MARK = "\ufeff"
END_OF_FILE = "\x1a"
SELDOM = 0.2


def mended(text: str, findings: Findings) -> str:
    """The text with one line end for each line, and without marks that are no part of any cell."""
    text = _other_ends(_doubled_ends(_unpadded(text, findings), findings), findings)
    if "\x0c" in text:
        breaks = len(PAGE_BREAK.findall(text))
        text = PAGE_BREAK.sub("", text)
        findings.repair("page_breaks", (), count=breaks)
    if BYTE_ORDER_MARK in text:
        findings.repair("marks_inside", (), count=text.count(BYTE_ORDER_MARK))
        text = text.replace(BYTE_ORDER_MARK, "")
    return text


def is_clean(text: str) -> bool:
    """Whether `mended` would leave a text of LF and CR LF lines as it is."""
    return not (BYTE_ORDER_MARK in text or "\x0c" in text or "\r\r\n" in text or text.endswith(("\0", END_OF_FILE)))


def _unpadded(text: str, findings: Findings) -> str:
    """Without the NUL characters that fill up the last block of a file, and the sign that old systems end it with."""
    bare = text.rstrip("\0")
    findings.repair("nul_padding", (), count=len(text) - len(bare) if len(text) - len(bare) > 1 else 0)
    bare = bare if len(text) - len(bare) > 1 else text
    return bare.removesuffix(END_OF_FILE)


def _doubled_ends(text: str, findings: Findings) -> str:
    """CR CR LF (a text file written twice through Windows) would read as a blank row after every row."""
    if "\r\r\n" not in text:
        return text
    doubled = len(DOUBLED_RETURNS.findall(text))
    if doubled * 2 >= text.count("\n"):
        findings.repair("doubled_line_ends", (), count=doubled)
        return DOUBLED_RETURNS.sub("\r\n", text)
    return text


def _other_ends(text: str, findings: Findings) -> str:
    """LF where a file ends its lines with a sign of its own."""
    if "\n" in text or "\r" in text:
        return text
    for sign in OTHER_ENDS:
        if text.count(sign) > 1 or text[1:-1].count(sign):
            findings.repair("other_line_ends", (), count=text.count(sign))
            return text.replace(sign, "\n")
    return text


def soft_ends(text: str) -> dict[int, str]:
    """The lines (from 1) that end in a lone LF or CR, in a text whose lines nearly all end in CR LF; with that sign."""
    pairs = text.count("\r\n")
    lone = text.count("\n") + text.count("\r") - 2 * pairs
    if not pairs or not lone or lone > SELDOM * (pairs + lone) + 1:
        return {}
    lines = io.StringIO(text, newline="")
    ends = {number: line[-1] for number, line in enumerate(lines, start=1) if not line.endswith("\r\n")}
    return {number: end for number, end in ends.items() if end in "\r\n"}
