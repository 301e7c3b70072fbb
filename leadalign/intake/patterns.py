"""Patterns over whole columns of text: the answers of Python's own `re`, without a step in Python for each cell."""

import re
import string
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
ALPHANUMERIC = string.ascii_letters + string.digits
VISIBLE = ALPHANUMERIC + string.punctuation
_BARE = np.isin(np.arange(256), [ord(sign) for sign in VISIBLE])
LONGEST = 500
PRINTABLE = "^[ -~]*$"
"""Cells on which Arrow's patterns and Python's surely agree; for others (Hebrew, tabs) Python is asked."""


def cells_of(column: pd.Series) -> pa.ChunkedArray:
    """A column of text as Arrow holds it."""
    found = pa.array(column.array if column.dtype == TEXT else column.astype(TEXT).array)
    return found if isinstance(found, pa.ChunkedArray) else pa.chunked_array([found])


def as_text(cells: pa.ChunkedArray | pa.Array, index: pd.Index) -> pd.Series:
    """Arrow's text as a column."""
    chunks = cells if isinstance(cells, pa.ChunkedArray) else pa.chunked_array([cells])
    text = chunks.cast(pa.large_string()).to_pandas(types_mapper=lambda _: TEXT)
    return pd.Series(text.array, index=index)


def as_marks(marks: pa.ChunkedArray, index: pd.Index) -> pd.Series:
    """Arrow's yes/no as a column, no where it is missing."""
    return pd.Series(pc.fill_null(marks, False).to_numpy(), index=index)


def matches(column: pd.Series, pattern: str) -> pd.Series:
    """Which cells begin with what the pattern describes; a missing cell does not."""
    cells = cells_of(column)
    try:
        found = pc.match_substring_regex(cells, f"^(?:{_for_arrow(pattern)})")
    except pa.ArrowInvalid:
        return column.str.match(pattern).fillna(False).astype(bool)
    marks, unusual = as_marks(found, column.index), _unusual(cells, column.index)
    if unusual.any():
        compiled = re.compile(pattern)
        marks[unusual] = each_value(column[unusual], lambda cell: "yes" if compiled.match(cell) else None).notna()
    return marks


def all_match(column: pd.Series, *patterns: str) -> bool:
    """Whether every cell begins with what one of the patterns describes."""
    for pattern in patterns:
        column = column[~matches(column, pattern)]
        if column.empty:
            return True
    return column.empty


def extract(column: pd.Series, pattern: str) -> pd.DataFrame:
    """The named groups of the pattern in each cell, missing where it does not match."""
    cells = cells_of(column)
    try:
        found = pc.extract_regex(cells, _for_arrow(pattern)).combine_chunks()
    except pa.ArrowInvalid:
        return column.str.extract(pattern)
    groups = {field.name: _group(found, field.name, column.index) for field in found.type}
    frame = pd.DataFrame(groups, index=column.index)
    unusual = _unusual(cells, column.index)
    if unusual.any():
        slow = column[unusual].str.extract(pattern)
        for name in frame:
            frame.loc[unusual, name] = slow[name]
    return frame


def _group(found: pa.StructArray, name: str, index: pd.Index) -> pd.Series:
    """One group; it is empty, for Arrow, also where it took no part."""
    group = pc.struct_field(found, name)
    return as_text(pc.if_else(pc.equal(group, ""), pa.scalar(None, group.type), group), index)


def begins(cells: pa.ChunkedArray, signs: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which cells begin with one of these signs of ASCII, by a look at their first bytes."""
    wanted = np.zeros(256, bool)
    wanted[[ord(sign) for sign in signs]] = True
    return np.concatenate([_begins(chunk, wanted) for chunk in cells.chunks] or [np.empty(0, bool)])


def _begins(cells: pa.LargeStringArray, wanted: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
    letters = cells.buffers()[2]
    if letters is None or not letters.size:
        return np.zeros(len(cells), bool)
    offsets = _offsets(cells)
    first = np.frombuffer(letters, np.uint8)[np.minimum(offsets[:-1], letters.size - 1)]
    found: np.ndarray[Any, np.dtype[np.bool_]] = wanted[first] & (np.diff(offsets) > 0)
    return found


def all_printable(cells: pa.ChunkedArray) -> bool:
    """Whether the cells hold nothing but the printable signs of ASCII, by a look at all their bytes at once."""
    return all(
        not len(each) or (each.min() >= ord(" ") and each.max() <= ord("~")) for each in map(_bytes, cells.chunks)
    )


def needs_no_strip(cells: pa.ChunkedArray) -> bool:
    """Whether every filled cell begins and ends with a sign that is no blank, and none is empty."""
    return all(_is_bare(chunk) for chunk in cells.chunks)


def _is_bare(cells: pa.LargeStringArray) -> bool:
    letters, offsets = _bytes(cells), _offsets(cells)
    filled = np.diff(offsets) > 0
    if not (filled | cells.is_null().to_numpy(zero_copy_only=False)).all():
        return False
    places, start = offsets[:-1][filled], offsets[0]
    ends = offsets[1:][filled] - 1
    return bool(_BARE[letters[places - start]].all() and _BARE[letters[ends - start]].all())


def _offsets(cells: pa.LargeStringArray) -> np.ndarray[Any, np.dtype[np.int64]]:
    places = cells.buffers()[1]
    return np.frombuffer(places, np.int64)[cells.offset : cells.offset + len(cells) + 1]


def _bytes(cells: pa.LargeStringArray) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The bytes of all cells, one behind the other."""
    letters = cells.buffers()[2]
    if not len(cells) or letters is None:
        return np.empty(0, np.uint8)
    offsets = _offsets(cells)
    return np.frombuffer(letters, np.uint8)[offsets[0] : offsets[-1]]


def numbers(column: pd.Series) -> pd.Series:
    """Cells that hold nothing but a number, as floats."""
    try:
        return pd.Series(pc.cast(cells_of(column), pa.float64()).to_numpy(), index=column.index)
    except pa.ArrowInvalid:  # digits of another script, which Python knows too
        return column.map(float, na_action="ignore").astype("float64")


def each_value(column: pd.Series, meaning: Callable[[str], str | None]) -> pd.Series:
    """What `meaning` makes of every filled cell; it is asked once for each distinct text."""
    coded = pc.dictionary_encode(cells_of(column).combine_chunks())
    meanings = pa.array([meaning(distinct) for distinct in coded.dictionary.to_pylist()], pa.large_string())
    return as_text(meanings.take(coded.indices), column.index)


def is_ascii(column: pd.Series) -> bool:
    """Whether no cell has a letter or sign beyond ASCII."""
    return pc.all(pc.string_is_ascii(cells_of(column))).as_py() is not False


def all_distinct(column: pd.Series) -> bool:
    """Whether no filled cell says what another says."""
    return distinct(cells_of(column))


def distinct(column: pa.ChunkedArray) -> bool:
    """Whether no filled cell of Arrow's says what another says; keys that only grow need no closer look."""
    cells = column.combine_chunks().drop_null()
    if pc.all(pc.less(cells[:-1], cells[1:])).as_py() is not False:
        return True
    return pc.count_distinct(cells).as_py() == len(cells)


def _unusual(cells: pa.ChunkedArray, index: pd.Index) -> pd.Series:
    """Cells that Python must judge; of very long ones Arrow's word is enough, for Python could take for ever."""
    if all_printable(cells):
        return pd.Series(False, index=index)
    short = pc.less(pc.utf8_length(cells), LONGEST)
    return as_marks(pc.and_(short, pc.invert(pc.match_substring_regex(cells, PRINTABLE))), index)


def _for_arrow(pattern: str) -> str:
    r"""The pattern with letters where Python lets one write `\u2212`."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), pattern)
