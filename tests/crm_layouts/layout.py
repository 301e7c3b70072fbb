"""Rows as the bytes of a file, written the way a CRM writes it."""

import csv
import io
from collections.abc import Sequence
from typing import Any

Rows = Sequence[dict[str, Any]]


def csv_bytes(
    rows: Rows, *, delimiter: str = ",", line_end: str = "\r\n", quote_all: bool = False, encoding: str = "utf-8"
) -> bytes:
    """The rows as a table with the first row's keys as its header."""
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    table = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode(encoding)


def filled(value: Any, form: str) -> str:
    """A moment in this form, blank where there is none."""
    return value.strftime(form) if value else ""
