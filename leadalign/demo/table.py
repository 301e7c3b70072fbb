"""Rows as the text of a CSV file."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Any]], *, quote_all: bool = False) -> str:
    """A CSV text with `header`; exports of CRMs quote every cell."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def utc(moment: datetime) -> str:
    """`moment` as our own layout writes it: `2026-01-05T08:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def cell(value: Any) -> str:
    """A value of an attribute as a cell: yes and no in small letters, nothing for unknown."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
