"""A table of calls, meetings and other sales activities, in minutes; what lasts too long is refused as selling time."""

from collections.abc import Callable, Mapping

import pandas as pd

from leadalign.intake.frames import Cells, framed, made_keys, without_twice
from leadalign.intake.links import first_of_several, link_frame
from leadalign.intake.patterns import each_value
from leadalign.intake.reading import Reading
from leadalign.intake.related import tie_related, whole_minutes
from leadalign.intake.typing import attribute_name, clean_text, meant
from leadalign.intake.usual import usual

SAID = ("lead_id", "deal_id", "outcome", "subject", "direction", "purpose")


def activity_records(reading: Reading) -> dict[str, pd.DataFrame]:
    """activities, and links of those that name their lead or deal in words."""
    first_of_several(reading, "lead_id")
    first_of_several(reading, "deal_id")
    _join_time_of_day(reading)
    tie_related(reading)
    reading.require("person_id")
    reading.require("started_at")
    _put_undone_aside(reading)
    minutes, source = _minutes(reading)
    key = _key(reading)
    without_twice(reading, key)
    columns: dict[str, Cells] = {
        "activity_id": key, "person_id": reading.text("person_id"), "type": _type(reading),
        "started_at": reading.instant("started_at"), "minutes": minutes, "minutes_source": source,
        "recorded_at": reading.instant("recorded_at"),
    }  # fmt: skip
    columns |= {name: reading.text(name) for name in SAID if reading.has(name)}
    if "outcome" in reading.format.values:
        said = reading.meaning("outcome", reading.format.values["outcome"])
        columns["outcome"] = said.where(said.notna(), reading.raw("outcome"))
    links = link_frame(reading, key, _tied(columns, key), reading.instant("started_at"))
    return {"activities": framed(columns, reading.kept), "links": links}


def _tied(columns: Mapping[str, Cells], key: pd.Series) -> pd.Series:
    """Whether a row has the ID of a lead or a deal."""
    tied = pd.Series(False, index=key.index)
    for ids in (columns.get("lead_id"), columns.get("deal_id")):
        if isinstance(ids, pd.Series):
            tied = tied | ids.notna()
    return tied


def _join_time_of_day(reading: Reading) -> None:
    """A day and a time of day in two columns are one moment; a day that a spreadsheet counted is written out first."""
    if not {"started_at", "started_time"} <= set(reading.places):
        return
    column, time = reading.places["started_at"], reading.raw("started_time")
    day = reading.frame[column].str.strip()
    counted = pd.to_numeric(day.str.extract(r"^(\d{5})(?:\.0*)?$")[0])
    days = pd.Timestamp("1899-12-30") + pd.to_timedelta(counted, unit="D")
    day = day.where(counted.isna(), days.dt.strftime("%Y-%m-%d"))
    joined = day.where(day.isna() | time.isna(), day + " " + time)
    reading.frame = reading.frame.assign(**{column: joined})


def _put_undone_aside(reading: Reading) -> None:
    """A task that is not done yet took nobody's time; a blank status is taken for done."""
    done = {word: "done" for words in reading.format.done.values() for word in words}
    for column in reading.named({column: column for column in reading.format.done}).values():
        status = clean_text(reading.frame[column])
        reading.refuse(status.notna() & meant(status, done).isna(), "not_done", _telling("status", status))


def _telling(name: str, values: pd.Series) -> Callable[[int], dict[str, object]]:
    return lambda line: {name: values[line]}


def _minutes(reading: Reading) -> tuple[pd.Series, pd.Series]:
    """(minutes, where they come from): logged, else end less start; rows of impossible length are refused."""
    minutes = whole_minutes(reading)
    source = pd.Series("logged", index=minutes.index, dtype="str").where(minutes.notna())
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
    """The kind of activity in our words; a word that nobody knows is asked, and stays the CRM's own meanwhile."""
    said = pd.Series(None, index=reading.frame.index, dtype="str")
    if reading.has("type"):
        said = _in_our_words(reading, "type", usual("type") | reading.format.values.get("type", {}))
    return said.where(said.notna(), _type_by_filled(reading)).fillna("other")


def _type_by_filled(reading: Reading) -> pd.Series:
    """The kind of activity whose columns the row fills, where an export keeps several kinds in one table."""
    found = pd.Series(None, index=reading.frame.index, dtype="str")
    for kind, columns in reading.format.type_by_filled.items():
        for column in reading.named({column: column for column in columns}).values():
            found = found.where(found.notna() | reading.frame[column].isna(), kind)
    return found


def _in_our_words(reading: Reading, target: str, known: dict[str, str]) -> pd.Series:
    """A column's values by a value map; what the map lacks is asked and stays a word of the CRM."""
    said = reading.meaning(target, known)
    strange = each_value(reading.raw(target).where(said.isna()), attribute_name)
    return said.where(said.notna(), strange)


def _key(reading: Reading) -> pd.Series:
    """The activity's own id, or one made of what the row says where it has none."""
    own = reading.text("activity_id")
    if own.notna().all():
        return own
    parts = [reading.value(name) for name in ("person_id", "started_at", "type", "subject", "lead_id", "deal_id")]
    return own.where(own.notna(), made_keys(reading.format.system, *parts))
