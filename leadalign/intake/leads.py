"""A table of leads: who they are, what is known of them, and the dated steps of their story."""

import pandas as pd

from leadalign.intake.amounts import read_flags
from leadalign.intake.formats import spellings
from leadalign.intake.frames import (
    Cells,
    attribute_frame,
    framed,
    full_name,
    json_text,
    made_keys,
    together,
    without_twice,
)
from leadalign.intake.lead_deals import deal_frames
from leadalign.intake.links import contact_frame, converted_frame
from leadalign.intake.reading import Reading
from leadalign.intake.spilled import carried_on
from leadalign.intake.stages import stage_frame
from leadalign.intake.typing import attribute_name, clean_key, typed

OF_THE_LEAD = ("source", "campaign", "account_id", "email", "company")
ONE_ADDRESS = r"([^\s,;|<>\"']+@[^\s,;|<>\"']+)"
ALSO_ATTRIBUTES = ("phone",)
"""What helps to tell who a lead is, and stays an attribute besides: a definition may ask whether it is known."""


def lead_records(reading: Reading) -> dict[str, pd.DataFrame]:
    """leads, attributes and stages."""
    reading.frame, records = carried_on(reading.frame, reading.format, reading.findings)
    reading.kept &= records
    reading.require("created_at")
    lead_id = _lead_id(reading)
    without_twice(reading, lead_id)
    created_at = reading.instant("created_at")
    columns: dict[str, Cells] = {"lead_id": lead_id, "system": reading.format.system, "created_at": created_at}
    columns |= {target: reading.text(target) for target in OF_THE_LEAD if reading.has(target)}
    if "email" in reading.places:
        columns["email"] = _one_email(reading)
    if "phone" in reading.places:
        columns["phone"] = _phone(reading)
    if {"name", "first_name", "last_name"} & set(reading.places):
        columns["name"] = full_name(reading)
    stages, attributes = deal_frames(reading, lead_id)
    return {
        "leads": framed(columns, reading.kept),
        "links": together([frame(reading, lead_id, created_at) for frame in (contact_frame, converted_frame)]),
        "attributes": together(_attributes(reading, lead_id) + attributes),
        "stages": together(_stages(reading, lead_id) + stages),
    }


def _lead_id(reading: Reading) -> pd.Series:
    """The lead's own id; in an export that has none, a key made of what never changes of it."""
    if "lead_id" in reading.places or not reading.format.made_from:
        reading.require("lead_id")
        return reading.text("lead_id")
    parts = [reading.value(name).astype("str").fillna("") for name in reading.format.made_from]
    made = made_keys(reading.format.system, *parts, numbered=False)
    reading.findings.repair("lead_key_made", made.index[reading.kept], column="lead_id")
    return made


def _one_email(reading: Reading) -> pd.Series:
    """The first address of a cell that holds several; the whole cell stays an attribute."""
    cells = reading.text("email")
    several = cells.str.count("@").gt(1).fillna(False).astype(bool)
    reading.findings.repair("several_emails", cells.index[several & reading.kept], column=reading.places["email"])
    return cells.where(~several, cells.str.extract(ONE_ADDRESS)[0])


def _phone(reading: Reading) -> pd.Series:
    """The first phone number that the row has, in the order in which the format names its phones."""
    spelt: dict[str, str | tuple[str, ...]] = {name: name for name in spellings(reading.format.columns["phone"])}
    first, *others = (clean_key(reading.frame[column]) for column in reading.named(spelt).values())
    for other in others:
        first = first.where(first.notna(), other)
    return first


def _attributes(reading: Reading, lead_id: pd.Series) -> list[pd.DataFrame]:
    dated_by = reading.format.attributes_dated_by
    dated = reading.instant(dated_by) if dated_by else None
    found = [
        attribute_frame(reading, lead_id, name, typed(reading.frame[column]), dated, dated)
        for name, column in attribute_columns(reading).items()
    ]
    if "owner" in reading.places:
        found.append(attribute_frame(reading, lead_id, "owner", json_text(reading.text("owner")), None))
    if "converted" in reading.places:
        flags = read_flags(reading.raw("converted"))[0].map({True: "true", False: "false"}, na_action="ignore")
        found.append(attribute_frame(reading, lead_id, "converted", flags, None))
    if "email" in reading.places:
        cells = reading.text("email")
        several = cells.where(cells.str.count("@").gt(1).fillna(False).astype(bool))
        found.append(attribute_frame(reading, lead_id, "emails", json_text(several), None))
    return found + _status(reading, lead_id)


def attribute_columns(reading: Reading) -> dict[str, str]:
    """Attribute names with the columns that fill them: those the format names, then every column left over."""
    named = reading.named(dict(reading.format.attributes))
    dated = [column for columns in reading.format.readiness.dated.values() for column in columns]
    story = set(reading.named(dict(reading.format.events)).values())
    fields = {column for target, column in reading.places.items() if target not in ALSO_ATTRIBUTES}
    used = fields | set(named.values()) | story
    used |= set(reading.named({column: column for column in (*reading.format.ignored, *dated)}).values())
    for column in reading.frame.columns:
        if column not in used and reading.frame[column].notna().any():
            named[_unused(attribute_name(column), named)] = column
    return named


def _unused(name: str, taken: dict[str, str]) -> str:
    number = 2
    wanted = name
    while name in taken:
        name, number = f"{wanted}_{number}", number + 1
    return name


def _status(reading: Reading, lead_id: pd.Series) -> list[pd.DataFrame]:
    """The CRM's status and stage, and `crm_readiness` by the format's value maps and the dated columns of the story."""
    dated = _dated_readiness(reading, lead_id)
    modified = reading.instant("modified_at") if reading.has("modified_at") else None
    found = [
        attribute_frame(reading, lead_id, name, json_text(reading.raw(target)), modified)
        for target, name in (("status", "lead_status"), ("stage", "lifecycle_stage"))
        if target in reading.places
    ]
    has_story = lead_id.isin(together(dated)["lead_id"]) if dated else pd.Series(False, index=lead_id.index)
    by_status = _meaning(reading, "status", dict(reading.format.readiness.status))
    if modified is None:
        by_status = by_status.where(~has_story)
    by_stage = _meaning(reading, "stage", dict(reading.format.readiness.stage)).where(~has_story)
    ready = json_text(by_status.where(by_status.notna(), by_stage))
    return [*found, attribute_frame(reading, lead_id, "crm_readiness", ready, modified), *dated]


def _meaning(reading: Reading, target: str, meanings: dict[str, str]) -> pd.Series:
    """What the status or stage says of readiness, missing where it says nothing."""
    if target not in reading.places or (target == "stage" and not meanings):
        return pd.Series(None, index=reading.frame.index, dtype="object")
    said = reading.meaning(target, meanings)
    return said.where(said.ne("unsaid"))


def _dated_readiness(reading: Reading, lead_id: pd.Series) -> list[pd.DataFrame]:
    found = []
    for meaning, columns in reading.format.readiness.dated.items():
        for column in reading.named({one: one for one in columns}).values():
            when = reading.instant_of(column)
            said = pd.Series(f'"{meaning}"', index=when.index, dtype="object").where(when.notna())
            found.append(attribute_frame(reading, lead_id, "crm_readiness", said, when))
    return [frame for frame in found if len(frame)]


def _stages(reading: Reading, lead_id: pd.Series) -> list[pd.DataFrame]:
    owner = {"owner_id": reading.text("owner")} if "owner" in reading.places else {}
    link = {"deal_id": reading.text("deal_id")} if "deal_id" in reading.places else {}
    found = []
    for event, column in reading.named(dict(reading.format.events)).items():
        more = owner | link if event == "opportunity" else owner
        found.append(stage_frame(reading, lead_id, lead_id, event, reading.instant_of(column), **more))
    return [*found, *_merges(reading, lead_id)]


def _merges(reading: Reading, lead_id: pd.Series) -> list[pd.DataFrame]:
    """The merges that the CRM made itself, as of the row's last change; where it takes one back the cell is empty."""
    if "merged_into" not in reading.places:
        return []
    into = reading.text("merged_into")
    when = reading.instant("created_at")
    if reading.has("modified_at"):
        when = reading.instant("modified_at").fillna(when)
    return [stage_frame(reading, lead_id, lead_id, "merged", when.where(into.notna() & into.ne(lead_id)),
                        reason="dup_of:" + into.astype("str"))]  # fmt: skip
