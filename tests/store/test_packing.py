"""An uploaded file is kept whole, and comes back byte by byte from any version's database."""

import gzip

import pytest

from leadalign.store.packing import packed, unpacked


@pytest.mark.parametrize("content", [b"", b"id,name\n1,Noa\n", bytes(range(256)) * 5000])
def test_what_was_uploaded_comes_back(content):
    assert unpacked(packed(content)) == content


def test_files_of_older_databases_come_back():
    assert unpacked(gzip.compress(b"id,name\n1,Noa\n")) == b"id,name\n1,Noa\n"


def test_a_table_is_kept_small():
    assert len(packed(b"L01,webinar,2026-01-05T08:00:00Z\n" * 10_000)) < 5_000
