"""Names, notes and headers come from outside; here they are made plain text before they meet Markdown."""

import re

JOINER = "\u2060"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_LINK_START = re.compile(r"(?i)(https?|ftp|mailto|xmpp|www)(?=[:.])")
_SHORT_CODE = re.compile(r":(?=[A-Za-z+\-/])")
_TURNING = re.compile(r"[\u202a-\u202e]+")  # marks that would turn the words after them the other way round
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def plain(text: object) -> str:
    """`text` as Markdown that shows just its characters: no markup, no link, no image, no icon, on one line.

    Links and icon codes are found again in the finished text, behind any backslash, so an invisible joiner parts them.
    """
    line = _INVISIBLE.sub(" ", _TURNING.sub("", "" if text is None else str(text)))
    line = re.sub(r"\s+", " ", line).strip()
    line = _LINK_START.sub(rf"\1{JOINER}", line)
    line = _SHORT_CODE.sub(f":{JOINER}", line).replace("@", f"{JOINER}@{JOINER}")
    return _PUNCTUATION.sub(r"\\\1", line)
