"""A table of calls, meetings and other sales activities, in minutes; what lasts too long is refused as selling time."""

from collections.abc import Callable

import pandas as pd

from leadalign.intake.frames import framed, made_keys, without_twice
from leadalign.intake.reading import Reading
from leadalign.intake.related import tie_related, whole_minutes
from leadalign.intake.typing import attribute_name

SAID = ("lead_id", "deal_id", "outcome", "subject", "direction", "purpose")


def activity_records(reading: Reading) -> dict[str, pd.DataFrame]:
    """activities."""
    tie_related(reading)
    reading.require("person_id")
    reading.require("started_at")
    _put_undone_aside(reading)
    minutes, source = _minutes(reading)
    key = _key(reading)
    without_twice(reading, key)
    columns = {
        "activity_id": key, "person_id": reading.text("person_id"), "type": _type(reading),
        "started_at": reading.instant("started_at"), "minutes": minutes, "minutes_source": source,
        "recorded_at": reading.instant("recorded_at"),
    }  # fmt: skip
    columns |= {name: reading.text(name) for name in SAID if reading.has(name)}
    return {"activities": framed(columns, reading.kept)}


def _put_undone_aside(reading: Reading) -> None:
    """A task that is not done yet took nobody's time; a blank status is taken for done."""
    for column in reading.named({column: column for column in reading.format.done}).values():
        words = {word.casefold() for words in reading.format.done.values() for word in words}
        status = reading.frame[column].str.strip()
        undone = status.notna() & ~status.str.casefold().isin(words)
        reading.refuse(undone, "not_done", _telling("status", status))


def _telling(name: str, values: pd.Series) -> Callable[[int], dict[str, object]]:
    return lambda line: {name: values[line]}


def _minutes(reading: Reading) -> tuple[pd.Series, pd.Series]:
    """(minutes, where they come from): logged, else end less start; rows of impossible length are refused."""
    minutes = whole_minutes(reading)
    source = pd.Series("logged", index=minutes.index, dtype="object").where(minutes.notna())
    if "ended_at" in reading.places:
        lasted = (reading.instant("ended_at") - reading.instant("started_at")).dt.total_seconds() / 60
        source = source.where(minutes.notna() | lasted.isna(), "calendar")
        minutes = minutes.fillna(lasted)
    longest = reading.settings.longest_activity_minutes
    reading.refuse(minutes < 0, "negative_minutes", lambda line: {"minutes": round(float(minutes[line]))})
    reading.refuse(
        minutes > longest, "too_long_for_selling",
        lambda line: {"hours": round(float(minutes[line]) / 60, 1), "most": round(longest / 60, 1)},
    )  # fmt: skip
    return minutes, source


def _type(reading: Reading) -> pd.Series:
    """The kind of activity in our words where the format knows the CRM's, else the CRM's own word."""
    known = reading.format.values.get("type", {})
    if not reading.has("type"):
        return pd.Series("other", index=reading.frame.index, dtype="str")
    said = reading.meaning("type", known) if known else reading.text("type").astype("object")
    own = reading.raw("type").astype("object").map(attribute_name, na_action="ignore")
    return said.where(said.notna(), own).fillna("other")


def _key(reading: Reading) -> pd.Series:
    """The activity's own id, or one made of what the row says where it has none."""
    own = reading.text("activity_id")
    if own.notna().all():
        return own
    parts = [reading.value(name) for name in ("person_id", "started_at", "type", "subject", "lead_id", "deal_id")]
    return own.where(own.notna(), made_keys(reading.format.system, *parts))
