"""A table of deals: when each was opened, won or lost, for how much, and what the CRM says of it today."""

import pandas as pd

from leadalign.intake.frames import attribute_frame, json_text, made_keys, together, without_twice
from leadalign.intake.leads import attribute_columns
from leadalign.intake.links import ask_about, first_of_several, link_frame, names_its_lead
from leadalign.intake.outcomes import Steps, read_steps, stage_columns, stage_story
from leadalign.intake.pipelines import keep_main_pipeline
from leadalign.intake.reading import Reading
from leadalign.intake.stages import deal_alone, stage_frame
from leadalign.intake.survivors import ask_where_none_lost
from leadalign.intake.typing import typed


def deal_records(reading: Reading) -> dict[str, pd.DataFrame]:
    """stages (opportunity, won, lost, with their amounts), attributes named `deal_...`, and links in words."""
    keep_main_pipeline(reading)
    first_of_several(reading, "lead_id")
    lead_id, deal_id = reading.text("lead_id"), _deal_id(reading)
    reading.refuse(deal_id.isna() & lead_id.isna() & ~names_its_lead(reading), "deal_without_key")
    without_twice(reading, deal_id)
    steps = read_steps(reading)
    if not reading.blocked:
        reading.refuse(steps.opened.isna() & steps.won.isna() & steps.lost.isna(), "deal_without_date")
    ask_where_none_lost(reading, (steps.won.notna(), steps.lost.notna(), steps.won.isna() & steps.lost.isna()))
    whose = _lead_or_deal(reading, lead_id, deal_id)
    seen = steps.opened.where(steps.won.isna() & steps.lost.isna(), steps.won.fillna(steps.lost))
    return {
        "stages": together(_stages(reading, deal_id, whose, steps)),
        "attributes": together(_attributes(reading, whose, seen) + _stage_story(reading, whose, deal_id, seen)),
        "links": link_frame(reading, deal_id, lead_id.notna(), steps.opened.fillna(seen), reading.text("name")),
    }


def _stages(reading: Reading, deal_id: pd.Series, whose: pd.Series, steps: Steps) -> list[pd.DataFrame]:
    more = {"deal_id": deal_id} | _said(reading, steps)
    why = {"reason": reading.text("reason")} if reading.has("reason") else {}
    return [
        stage_frame(reading, deal_id, whose, "opportunity", steps.opened, **more),
        stage_frame(reading, deal_id, whose, "won", steps.won, **more, recorded_at=steps.noted),
        stage_frame(reading, deal_id, whose, "lost", steps.lost, **more, **why, recorded_at=steps.noted),
    ]


def _lead_or_deal(reading: Reading, lead_id: pd.Series, deal_id: pd.Series) -> pd.Series:
    """The deal's lead; a deal that has no lead's ID stands for it, until another export or a name ties the two."""
    nameless = lead_id.isna() & reading.kept & ~names_its_lead(reading)
    reading.findings.repair("deal_stands_for_lead", lead_id.index[nameless], column="lead_id")
    return lead_id.where(lead_id.notna(), deal_alone(deal_id))


def _deal_id(reading: Reading) -> pd.Series:
    """The deal's own id; where the export has none, a key made of its lead, name and opening."""
    own = reading.text("deal_id")
    if own.notna().all():
        return own
    parts = [reading.value(name) for name in ("lead_id", "name", "opened_at", "won_at")]
    spoken = pd.concat(parts[:3], axis=1).notna().any(axis=1)
    made = made_keys(reading.format.system, *parts).where(spoken)
    reading.findings.repair("deal_key_made", own.index[own.isna() & spoken], column="deal_id")
    return own.where(own.notna(), made)


def _said(reading: Reading, steps: Steps) -> dict[str, pd.Series]:
    said = {"owner_id": reading.text("owner_id")} if reading.has("owner_id") else {}
    if "amount" in reading.places:
        said |= {"amount": reading.amount("amount"), "currency": reading.currency("amount")}
        if not reading.blocked:
            nothing = steps.won.notna() & said["amount"].isna()
            ask_about(reading, "won_without_amount", nothing, reading.places["amount"])
    return said


def _attributes(reading: Reading, whose: pd.Series, seen: pd.Series) -> list[pd.DataFrame]:
    """What the latest deal of each lead says, dated by the deal: no outcome is known at the lead's birth."""
    own, dated = whose.where(_is_latest(whose, seen)), stage_columns(reading)
    found = [
        attribute_frame(reading, own, f"deal_{name}", typed(reading.frame[column]), seen)
        for name, column in attribute_columns(reading).items()
        if column not in dated
    ]
    if "closed_at" in reading.places:
        closing = reading.instant("closed_at").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        found.append(attribute_frame(reading, own, "deal_closing_at", json_text(closing), seen))
    return found


def _stage_story(reading: Reading, whose: pd.Series, deal_id: pd.Series, seen: pd.Series) -> list[pd.DataFrame]:
    """The stages of each lead's latest deal; those of its other deals, where they have dates, under the deal itself."""
    other = deal_alone(deal_id) if stage_columns(reading) else pd.Series(None, index=whose.index, dtype="object")
    return stage_story(reading, whose.where(_is_latest(whose, seen), other), seen)


def _is_latest(whose: pd.Series, seen: pd.Series) -> pd.Series:
    return seen.groupby(whose).rank(method="first", ascending=False).eq(1)
