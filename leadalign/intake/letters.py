"""Which letters a text was written in where its bytes do not prove it; letters that look lost, garbled or turned."""

import re
from itertools import islice

from leadalign.intake.findings import Findings

LEGACY = ("cp1255", "cp1252", "cp862", "cp1256", "cp1251")
"""What a person can choose: Hebrew, Western European, Hebrew of DOS, Arabic, Cyrillic."""
HEBREW = re.compile(rb"[\xe0-\xfa]")
DOS_HEBREW = re.compile(rb"[\x80-\x9a]")
CYRILLIC = re.compile(rb"[\xc0-\xff]{3,}")
USUAL_CYRILLIC = "оеаинт".encode("cp1251")
LATIN_NEIGHBOURS = re.compile(rb"[a-zA-Z][\x80-\xff]|[\x80-\xff][a-zA-Z]")
JAPANESE = re.compile(rb"[\x82\x83\x88-\x97][\x40-\x7e\x80-\xfc]")
CHINESE = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]")
LOOKED_AT = 2_000_000
RUNS = 2_000
FOREIGN = re.compile(r"[^\x00-\x7f]{2,}")
LATIN_WORD = re.compile(r"(?<![A-Za-zÀ-ɏ])[à-ú]{3,}(?![A-Za-zÀ-ɏ])")
QUESTION_MARKS = re.compile(r"(?:^|[,;\t|\"])\s*\?{2,}(?:\s\?{2,})*\s*(?=[,;\t|\"\r\n]|\Z)", re.MULTILINE)
TURNED = re.compile(r"(?<![א-ת\"'״׳])[ךםןףץ](?=[א-ת])")
UPRIGHT = re.compile(r"(?<=[א-ת])[ךםןףץ](?![א-ת])")


def likeliest(content: bytes) -> str:
    """The encoding of bytes that are no UTF-8, by which high bytes there are and what stands beside them."""
    high = sum(byte > 0x7F for byte in content)
    latin = len(LATIN_NEIGHBOURS.findall(content))
    if latin < high * 0.1:
        if len(HEBREW.findall(content)) > high * 0.7:
            return "cp1255"
        if len(DOS_HEBREW.findall(content)) > high * 0.7 and not _decodes(content, "cp932"):
            return "cp862"
    for encoding, pairs in (("cp932", JAPANESE), ("gb18030", CHINESE)):
        if len(pairs.findall(content)) * 2 > high * 0.6 and _decodes(content, encoding):
            return encoding
    words = b"".join(CYRILLIC.findall(content))
    usual = sum(words.count(letter) for letter in USUAL_CYRILLIC)
    return "cp1251" if len(words) > high * 0.7 and latin < high * 0.1 and usual > len(words) * 0.25 else "cp1252"


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def ask_about_letters(text: str, encoding: str, proven: bool, other_lines: tuple[int, ...], findings: Findings) -> None:
    """Asks which letters these are where the bytes do not prove it, and about letters that cannot be meant."""
    if other_lines:
        others = tuple(f"utf-8+{one}" for one in LEGACY[:2])
        choices = tuple(dict.fromkeys((encoding, *others)))
        findings.ask("mixed_encodings", choices=choices, encoding=encoding.partition("+")[2], count=len(other_lines),
                     lines=list(other_lines[:100]))  # fmt: skip
    elif not proven:
        findings.ask("encoding", choices=tuple(dict.fromkeys((encoding, *LEGACY))), encoding=encoding)
    _ask_about_doubtful(text[:LOOKED_AT], findings)


def _ask_about_doubtful(text: str, findings: Findings) -> None:
    lost = text.count("\ufffd") + (len(QUESTION_MARKS.findall(text)) if "??" in text else 0)
    if lost:
        findings.ask("lost_letters", count=lost)
    if text.isascii():
        return
    garbled = _garbled(text)
    if garbled:
        findings.ask("garbled_letters", example=garbled[0], meant=garbled[1])
    if len(TURNED.findall(text)) > len(UPRIGHT.findall(text)):
        findings.ask("turned_hebrew")


def _garbled(text: str) -> tuple[str, str] | None:
    """A word written in the letters of another encoding, and what it seems to mean; None where words are sound."""
    runs = [found[0] for found in islice(FOREIGN.finditer(text), RUNS)]
    read = [(run, meant) for run in runs if (meant := _read_again(run))]
    if read and len(read) * 2 >= len(runs):
        return read[0]
    words = [found[0] for found in islice(LATIN_WORD.finditer(text), RUNS)]
    return (words[0], words[0].encode("latin-1").decode("cp1255", "replace")) if len(words) > 1 else None


def _read_again(run: str) -> str | None:
    """Letters of Windows-1252 taken for bytes of UTF-8, where they are such."""
    content = b"".join(
        letter.encode("latin-1") if ord(letter) < 0x100 else letter.encode("cp1252", "ignore") for letter in run
    )
    try:
        meant = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return meant if content and len(content) == len(run) and meant != run else None
