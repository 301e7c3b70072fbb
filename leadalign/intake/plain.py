"""Tables that become records row for row: ratings, people, costs, goals, answers, and events with both clocks."""

import re

import pandas as pd

from leadalign.intake.frames import Cells, framed, full_name, made_keys, without_twice
from leadalign.intake.reading import Reading
from leadalign.intake.stages import EVENTS
from leadalign.intake.targets import FIELDS
from leadalign.intake.typing import typed

FLOOR = r"^(?P<metric>\w+)\s*>=\s*(?P<target>\d+(?:\.\d+)?)$"


def _required(reading: Reading) -> None:
    for field in FIELDS[reading.format.kind]:
        if field.required:
            reading.require(field.name)


def _values(reading: Reading, *names: str) -> dict[str, pd.Series]:
    return {name: reading.value(name) for name in names if reading.has(name)}


def stage_records(reading: Reading) -> dict[str, pd.DataFrame]:
    """stages, each in a slot of its own, for it carries its own id."""
    _required(reading)
    event_id, event = reading.text("event_id"), reading.text("event")
    reading.refuse(event.notna() & ~event.isin(EVENTS), "unknown_event", lambda line: {"event": event[line]})
    without_twice(reading, event_id)
    columns: dict[str, Cells] = {
        "slot": f"{reading.format.system}/stage_events/" + event_id + "/" + event,
        "lead_id": reading.text("lead_id"), "event": event,
        "occurred_at": reading.instant("occurred_at"), "recorded_at": reading.instant("recorded_at"),
        "event_id": event_id,
    }  # fmt: skip
    columns |= _values(reading, "actor_id", "owner_id", "reason", "amount", "currency", "deal_id")
    return {"stages": framed(columns, reading.kept)}


def attribute_records(reading: Reading) -> dict[str, pd.DataFrame]:
    """attributes, a value typed as all values of its attribute are."""
    _required(reading)
    event_id, attr = reading.text("event_id"), reading.text("attr")
    without_twice(reading, event_id)
    values = reading.raw("value").groupby(attr, group_keys=False).transform(typed)
    columns = {
        "lead_id": reading.text("lead_id"), "attr": attr, "value": values,
        "observed_at": reading.instant("observed_at"), "recorded_at": reading.instant("recorded_at"),
        "source": reading.text("source"), "event_id": event_id,
    }  # fmt: skip
    return {"attributes": framed(columns, reading.kept)}


def rating_records(reading: Reading) -> dict[str, pd.DataFrame]:
    """ratings, 1 to 5."""
    _required(reading)
    rating = reading.amount("rating")
    reading.refuse(rating.notna() & ~rating.isin([1, 2, 3, 4, 5]), "rating_out_of_range")
    columns = _values(reading, "lead_id", "rater_id", "reasons", "comment", "rated_at") | {"rating": rating}
    columns["rating_id"] = _own_or_made(reading, "rating_id", "lead_id", "rater_id", "rated_at")
    without_twice(reading, columns["rating_id"])
    frame = framed(columns, reading.kept)
    return {"ratings": frame.astype({"rating": "int64"})}


def _own_or_made(reading: Reading, key: str, *parts: str) -> pd.Series:
    """The key that the file has, or one made from what the row says where it has none."""
    made = made_keys(reading.format.system, *(reading.value(part) for part in parts))
    if key not in reading.places:
        return made
    own = reading.text(key)
    return own.where(own.notna(), made)


def people_records(reading: Reading) -> dict[str, pd.DataFrame]:
    """people, known by their id or else by their name, as CRMs print owners."""
    name = full_name(reading)
    person_id = reading.text("person_id") if "person_id" in reading.places else name
    reading.refuse(person_id.isna(), "cell_missing", lambda _: {"column": "person_id"})
    without_twice(reading, person_id)
    columns = {"person_id": person_id, "name": name}
    columns |= _values(reading, "email", "function", "role", "team", "hourly_cost", "currency", "daily_work_min")
    return {"people": framed(columns, reading.kept)}


def cost_records(reading: Reading) -> dict[str, pd.DataFrame]:
    """costs by month, source and campaign; the header or the cells name the currency."""
    _required(reading)
    named = re.search(r"_([a-z]{3})$", reading.places.get("cost", "").casefold())
    fallback = named.group(1).upper() if named else reading.settings.currency
    currency = reading.currency("cost")
    columns = _values(reading, "source", "campaign", "cost") | {
        "cost_id": _own_or_made(reading, "cost_id", "month", "source", "campaign"),
        "month": _month(reading),
        "currency": currency.where(currency.notna(), fallback),
    }
    without_twice(reading, columns["cost_id"])
    return {"costs": framed(columns, reading.kept)}


def _month(reading: Reading) -> pd.Series:
    """The first day of the month in the business zone, as a date."""
    zone = reading.format.zone or reading.settings.zone
    local = reading.instant("month").dt.tz_convert(zone).dt.tz_localize(None)
    return local.dt.to_period("M").dt.start_time.dt.date.where(local.notna())


def goal_records(reading: Reading) -> dict[str, pd.DataFrame]:
    """goals, with the floor `sales_ready>=10` as a metric and its target."""
    _required(reading)
    floor = reading.raw("floor").str.extract(FLOOR)
    known = {key.casefold(): value for key, value in reading.format.values.get("floor", {}).items()}
    metric = floor["metric"].map(lambda word: known.get(word.casefold(), word), na_action="ignore")
    columns = _values(reading, "goal_id", "name", "metric", "owner", "target", "weight_marketing", "weight_sales")
    columns |= {"month": _month(reading), "floor_metric": metric, "floor_target": pd.to_numeric(floor["target"])}
    return {"goals": framed(columns, reading.kept)}


def survey_records(reading: Reading) -> dict[str, pd.DataFrame]:
    """survey_answers as they are."""
    _required(reading)
    return {
        "survey_answers": framed(_values(reading, *(field.name for field in FIELDS["survey_answers"])), reading.kept)
    }
