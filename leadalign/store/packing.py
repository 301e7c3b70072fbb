"""The bytes of an uploaded file as the database keeps them: small, and back to what they were at any time."""

import gzip
from typing import Any

import pyarrow

OLDER = b"\x1f\x8b"
"""How the bytes of gzip begin, in which the first databases kept their files."""


def packed(content: bytes) -> bytes:
    """The bytes made small; zstd is ten times as fast as gzip here, for about the same size."""
    kept = pyarrow.BufferOutputStream()
    with pyarrow.CompressedOutputStream(kept, "zstd") as writer:
        writer.write(content)
    found: Any = kept.getvalue()
    return bytes(found)


def unpacked(kept: bytes) -> bytes:
    """The bytes as they were uploaded."""
    if kept.startswith(OLDER):
        return gzip.decompress(kept)
    with pyarrow.CompressedInputStream(pyarrow.BufferReader(kept), "zstd") as reader:
        content: bytes = reader.read()
        return content
