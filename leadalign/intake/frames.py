"""Records as frames without NaN texts, keys for rows that bring none, and the second appearance of a key refused."""

import hashlib
from collections.abc import Mapping

import pandas as pd

from leadalign.intake.patterns import all_distinct
from leadalign.intake.reading import Reading
from leadalign.intake.typing import json_text as json_text

Cells = pd.Series | str | None


def framed(columns: Mapping[str, Cells], kept: pd.Series) -> pd.DataFrame:
    """The kept rows as a frame, what is blank missing, in a plain index."""
    frame = pd.DataFrame(columns, index=kept.index)[kept.to_numpy()]
    return _none_where_blank(frame).reset_index(drop=True)


def _none_where_blank(frame: pd.DataFrame) -> pd.DataFrame:
    for name in frame:
        if frame[name].dtype == "object":
            plain = frame[name].astype("object")
            frame[name] = plain.where(plain.notna(), None)
    return frame


def without_twice(reading: Reading, key: pd.Series) -> None:
    """A row that repeats another word for word is put aside as a repair; another row with the same key is refused."""
    usable = key.astype("str") if reading.kept.all() else key.astype("str").where(reading.kept)
    if all_distinct(usable):
        return
    twice = usable.notna() & usable.duplicated()
    if not twice.any():
        return
    same = reading.frame.duplicated() & twice
    reading.findings.repair("duplicate_rows", reading.frame.index[same], away=True)
    reading.kept &= ~same
    first_rows = usable[usable.notna() & ~usable.duplicated()]
    first = dict(zip(first_rows.astype("str"), first_rows.index.tolist(), strict=True))
    reading.refuse(
        twice & ~same, "same_key_again", lambda line: {"key": str(key[line]), "first": first[str(key[line])]}
    )


def made_keys(prefix: str, *parts: pd.Series, numbered: bool = True) -> pd.Series:
    """A key for each row from what it says; equal rows are numbered, so that what truly happened twice stays twice."""
    joined = pd.Series("", index=parts[0].index)
    for part in parts:
        joined = joined + "\x1f" + part.astype("object").where(part.notna(), "").astype("str")
    numbers = joined.groupby(joined).cumcount() if numbered else pd.Series(0, index=joined.index)
    return pd.Series(
        [
            f"{prefix}/{hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:16]}{f'#{n + 1}' if n else ''}"
            for text, n in zip(joined, numbers, strict=True)
        ],
        index=joined.index,
        dtype="str",
    )


def full_name(reading: Reading) -> pd.Series:
    """The name, or first and last name joined."""
    if reading.has("name"):
        return reading.text("name")
    first, last = reading.text("first_name"), reading.text("last_name")
    joined = (first.fillna("") + " " + last.fillna("")).str.strip()
    return joined.where(joined != "")


def attribute_frame(
    reading: Reading,
    lead_id: pd.Series,
    attr: str,
    values: pd.Series,
    seen: pd.Series | None,
    known: pd.Series | None = None,
) -> pd.DataFrame:
    """One attribute of many leads; true since `seen`, learned at `known`; no row where it is blank."""
    undated = pd.Series(pd.NaT, index=values.index, dtype="datetime64[us, UTC]")
    columns: dict[str, Cells] = {
        "lead_id": lead_id,
        "attr": attr,
        "value": values,
        "observed_at": undated if seen is None else seen,
        "recorded_at": undated if known is None else known,
        "source": reading.format.system,
    }
    return framed(columns, reading.kept & values.notna() & lead_id.notna())


def together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Frames of one shape under each other, the empty ones left out."""
    full = [frame for frame in frames if len(frame)]
    if not full:
        return frames[0] if frames else pd.DataFrame()
    return _none_where_blank(pd.concat(full, ignore_index=True))
