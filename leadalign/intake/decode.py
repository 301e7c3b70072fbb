"""The bytes of an upload as text, with the encoding that was proven or chosen; what is no text is refused by name."""

import re
from dataclasses import dataclass

from leadalign.problems import Refusal

SIGNATURES = {
    b"\x89PNG": "not_text",
    b"\xff\xd8\xff": "not_text",
    b"GIF8": "not_text",
    b"BM": "not_text",
    b"RIFF": "not_text",
    b"II*\x00": "not_text",
    b"MM\x00*": "not_text",
    b"%PDF": "not_text",
    b"\x1f\x8b": "compressed_file",
    b"Rar!": "compressed_file",
    b"7z\xbc\xaf": "compressed_file",
    b"{\\rtf": "not_text",
}
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
WEB_PAGE = re.compile(r"\s*(<!doctype html|<html|<table|<\?xml)", re.IGNORECASE)
HEBREW_LETTERS = re.compile(rb"[\xe0-\xfa]")
LATIN_NEIGHBOURS = re.compile(rb"[a-zA-Z][\xe0-\xfa]|[\xe0-\xfa][a-zA-Z]")
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True)
class Decoded:
    """A file's text, the encoding it was read by, and whether the bytes themselves prove that encoding."""

    text: str
    encoding: str
    proven: bool = True


def decode(name: str, content: bytes) -> Decoded:
    """The text of a file; raises Refusal for an empty file, a picture, a web page."""
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise Refusal("empty_file", file=name)
    _refuse_other_kinds(name, content)
    decoded = _by_mark(name, content) or _by_zeros(content) or _utf8(content) or _legacy(content)
    if WEB_PAGE.match(decoded.text):
        raise Refusal("web_page", file=name)
    if not decoded.proven or "\0" in decoded.text.rstrip("\0"):
        _refuse_binary(name, decoded.text)
    return decoded


def _refuse_other_kinds(name: str, content: bytes) -> None:
    for signature, code in SIGNATURES.items():
        if content.startswith(signature) and (not signature.isalnum() or b"\0" in content[:64]):
            raise Refusal(code, file=name)


def _by_mark(name: str, content: bytes) -> Decoded | None:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            try:
                return Decoded(content.decode(encoding), encoding)
            except UnicodeDecodeError as fault:
                if encoding == "utf-8-sig":
                    return None
                raise Refusal("damaged_text", file=name, encoding=encoding) from fault
    return None


def _by_zeros(content: bytes) -> Decoded | None:
    """UTF-16 without a mark: in mostly Latin text every second byte is zero."""
    head = content[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) * 0.3 or min(even, odd) > len(head) * 0.05:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _utf8(content: bytes) -> Decoded | None:
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _legacy(content: bytes) -> Decoded:
    """Windows-1255 where the high bytes are Hebrew letters beside each other, else Windows-1252; never proven."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    high = sum(byte > 0x7F for byte in content)
    hebrew = len(HEBREW_LETTERS.findall(content))
    is_hebrew = hebrew > high * 0.7 and len(LATIN_NEIGHBOURS.findall(content)) < hebrew * 0.1
    encoding = "cp1255" if is_hebrew else "cp1252"
    return Decoded(content.decode(encoding, errors="replace"), encoding, proven=False)


def _refuse_binary(name: str, text: str) -> None:
    """A few stray controls are damage in a row; many of them mean that the file is no text at all."""
    strange = len(CONTROLS.findall(text)) + text.rstrip("\0").count("\0") + text.count("\ufffd")
    if strange > max(8, len(text) * 0.01):
        raise Refusal("not_text", file=name)
