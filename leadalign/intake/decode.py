"""The bytes of an upload as text, with the encoding that was proven or chosen; what is no text is refused by name."""

import re
from dataclasses import dataclass

from leadalign.intake.letters import likeliest
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
    b"BZh": "compressed_file",
    b"\xfd7zXZ": "compressed_file",
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
SQL = re.compile(
    r"\s*(insert\s+into\s|create\s+(table|database)\s|drop\s+table\s|select\s[^,;\t\n]*\sfrom\s|-- \w+ (sql )?dump)",
    re.IGNORECASE,
)
USUAL = re.compile(r"[\t\r\n -~\u00a0-\u06ff\u2000-\u206f\u20a0-\u20cf\u2100-\u214f\ufb1d-\ufb4f]")
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True)
class Decoded:
    """A file's text, the encoding it was read by, and whether the bytes themselves prove that encoding."""

    text: str
    encoding: str
    proven: bool = True
    other_lines: tuple[int, ...] = ()
    """Lines written in another encoding than the rest, which is UTF-8."""


def decode(name: str, content: bytes) -> Decoded:
    """The text of a file; raises Refusal for an empty file, a picture, a web page."""
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise Refusal("empty_file", file=name)
    _refuse_other_kinds(name, content)
    decoded = _by_mark(name, content) or _by_zeros(content) or _utf8(content) or _mixed(content) or _legacy(content)
    if WEB_PAGE.match(decoded.text):
        raise Refusal("web_page", file=name)
    if SQL.match(decoded.text):
        raise Refusal("sql_text", file=name)
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
    """UTF-16 or UTF-32 without a mark: the bytes are full of zeros, and read so they are letters that people use."""
    if content[:2000].count(0) < len(content[:2000]) * 0.05:
        return None
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        head = text[:2000]
        if len(USUAL.findall(head)) > len(head) * 0.95:
            return Decoded(text, encoding)
    return None


def _utf8(content: bytes) -> Decoded | None:
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _mixed(content: bytes) -> Decoded | None:
    """UTF-8 with some lines of another encoding, as when two exports were put into one file."""
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    proven = [_utf8(line) for line in lines]
    other = [number for number, line in enumerate(proven) if line is None]
    high = sum(1 for line, read in zip(lines, proven, strict=True) if read and not line.isascii())
    if not high or high * 4 < len(other):
        return None
    legacy = likeliest(b"\n".join(lines[number] for number in other))
    texts = [
        read.text if read else line.decode(legacy, errors="replace") for line, read in zip(lines, proven, strict=True)
    ]
    return Decoded("\n".join(texts), f"utf-8+{legacy}", False, tuple(number + 1 for number in other))


def decode_as(content: bytes, encoding: str) -> Decoded:
    """The text by the encoding that a person chose; `utf-8+cp1255` is UTF-8 with some lines of Windows-1255."""
    first, _, second = encoding.partition("+")
    if not second:
        return Decoded(content.decode(encoding, errors="replace"), encoding)
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    read = (_utf8(line) or Decoded(line.decode(second, errors="replace"), first) for line in lines)
    return Decoded("\n".join(line.text for line in read), encoding)


def _legacy(content: bytes) -> Decoded:
    """What the letters look like: Windows-1255 where they are Hebrew, else Windows-1252 or another; never proven."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    encoding = likeliest(content)
    return Decoded(content.decode(encoding, errors="replace"), encoding, proven=False)


def _refuse_binary(name: str, text: str) -> None:
    """A few stray controls are damage in a row; many of them mean that the file is no text at all."""
    strange = len(CONTROLS.findall(text)) + text.rstrip("\0").count("\0") + text.count("\ufffd")
    if strange > max(8, len(text) * 0.01):
        raise Refusal("not_text", file=name)
