"""A table of deals: when each was opened, won or lost, for how much, and what the CRM says of it today."""

import pandas as pd

from leadalign.intake.frames import attribute_frame, json_text, made_keys, together, without_twice
from leadalign.intake.leads import attribute_columns
from leadalign.intake.reading import Reading
from leadalign.intake.stages import stage_frame
from leadalign.intake.typing import typed
from leadalign.intake.usual import usual


def deal_records(reading: Reading) -> dict[str, pd.DataFrame]:
    """stages (opportunity, won, lost, with their amounts) and attributes of the lead named `deal_...`."""
    lead_id, deal_id = reading.text("lead_id"), _deal_id(reading)
    reading.refuse(deal_id.isna() & lead_id.isna(), "deal_without_key")
    without_twice(reading, deal_id)
    opened, won, lost = _steps(reading)
    undated = opened.isna() & won.isna() & lost.isna()
    if not reading.blocked:
        reading.refuse(undated, "deal_without_date")
    whose = _lead_or_deal(reading, lead_id, deal_id)
    more = {"deal_id": deal_id} | _said(reading)
    why = {"reason": reading.text("reason")} if reading.has("reason") else {}
    frames = [
        stage_frame(reading, deal_id, whose, "opportunity", opened, **more),
        stage_frame(reading, deal_id, whose, "won", won, **more),
        stage_frame(reading, deal_id, whose, "lost", lost, **more, **why),
    ]
    seen = opened.where(won.isna() & lost.isna(), won.fillna(lost))
    return {"stages": together(frames), "attributes": together(_attributes(reading, lead_id, seen))}


def _lead_or_deal(reading: Reading, lead_id: pd.Series, deal_id: pd.Series) -> pd.Series:
    """The deal's lead; a deal whose lead nobody named stands for it, so that it still counts as won or lost."""
    nameless = lead_id.isna() & reading.kept
    reading.findings.repair("deal_stands_for_lead", lead_id.index[nameless], column="lead_id")
    return lead_id.where(lead_id.notna(), deal_id)


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


def _steps(reading: Reading) -> tuple[pd.Series, pd.Series, pd.Series]:
    """(opened, won, lost): dates of their own, or the closing date of a deal whose stage says won or lost."""
    opened, won, lost = (reading.instant(name) for name in ("opened_at", "won_at", "lost_at"))
    if reading.has("stage") and reading.has("closed_at"):
        meanings = usual("outcome") | reading.format.values.get("stage", {})
        outcome, closed = reading.meaning("stage", meanings), reading.instant("closed_at")
        won = won.fillna(closed.where(outcome.eq("won")))
        lost = lost.fillna(closed.where(outcome.eq("lost")))
    return opened, won, lost


def _said(reading: Reading) -> dict[str, pd.Series]:
    said = {"owner_id": reading.text("owner_id")} if reading.has("owner_id") else {}
    if "amount" in reading.places:
        said |= {"amount": reading.amount("amount"), "currency": reading.currency("amount")}
    return said


def _attributes(reading: Reading, lead_id: pd.Series, seen: pd.Series) -> list[pd.DataFrame]:
    """What the latest deal of each lead says, dated by the deal: no outcome is known at the lead's birth."""
    if lead_id.isna().all():
        return []
    latest = seen.groupby(lead_id).rank(method="first", ascending=False).eq(1)
    own = lead_id.where(latest)
    found = [
        attribute_frame(reading, own, f"deal_{name}", typed(reading.frame[column]), seen)
        for name, column in attribute_columns(reading).items()
    ]
    if "closed_at" in reading.places:
        closing = reading.instant("closed_at").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        found.append(attribute_frame(reading, own, "deal_closing_at", json_text(closing), seen))
    if "stage" in reading.places:
        found.append(attribute_frame(reading, own, "deal_stage", json_text(reading.raw("stage")), seen))
    return found
