"""Leads whose row tells of their deal too, as Odoo keeps them: when it was opened, how it ended, for how much."""

from dataclasses import dataclass

import pandas as pd

from leadalign.intake.frames import attribute_frame
from leadalign.intake.links import ask_about
from leadalign.intake.reading import Reading
from leadalign.intake.stages import stage_frame
from leadalign.intake.survivors import ask_where_none_lost
from leadalign.intake.typing import clean_text, meant, typed
from leadalign.intake.usual import usual

OF_THE_DEAL = (
    "record_type", "opened_at", "deal_stage", "outcome", "probability", "active", "closed_at", "won_at", "lost_at",
    "amount", "currency", "reason",
)  # fmt: skip
"""Columns of a lead that speak of its deal: none of them was known when the lead came in."""
SAID_BY_ITSELF = ("opened_at", "closed_at", "won_at", "lost_at", "active", "record_type")


@dataclass(frozen=True)
class Steps:
    """When each lead became a deal, and when it was won, lost as a deal, or given up as a lead."""

    opened: pd.Series
    won: pd.Series
    lost: pd.Series
    given_up: pd.Series

    @property
    def seen(self) -> pd.Series:
        """The date of the last step: what the row says of the deal was known by then."""
        return self.opened.where(self.ended.isna(), self.ended)

    @property
    def ended(self) -> pd.Series:
        """The date on which it ended."""
        return self.won.fillna(self.lost).fillna(self.given_up)


def deal_frames(reading: Reading, lead_id: pd.Series) -> tuple[list[pd.DataFrame], list[pd.DataFrame]]:
    """(stages, attributes) of the deals in a table of leads; none where it has no column of a deal."""
    if not any(name in reading.places for name in OF_THE_DEAL):
        return [], []
    steps = _steps(reading)
    more = {"deal_id": lead_id} | _said(reading)
    why = {"reason": reading.text("reason")} if reading.has("reason") else {}
    stages = [
        stage_frame(reading, lead_id, lead_id, "opportunity", steps.opened, **more),
        stage_frame(reading, lead_id, lead_id, "won", steps.won, **more),
        stage_frame(reading, lead_id, lead_id, "lost", steps.lost, **more, **why),
        stage_frame(reading, lead_id, lead_id, "disqualified", steps.given_up, **why),
    ]
    attributes = [
        attribute_frame(reading, lead_id, f"deal_{name.removeprefix('deal_')}", typed(column), steps.seen)
        for name in OF_THE_DEAL
        if name in reading.places and name not in SAID_BY_ITSELF
        for column in [clean_text(reading.frame[reading.places[name]])]
    ]
    ready = pd.Series('"ready"', index=lead_id.index, dtype="object").where(steps.opened.notna())
    attributes.append(attribute_frame(reading, lead_id, "crm_readiness", ready, steps.opened))
    return stages, attributes


def _steps(reading: Reading) -> Steps:
    outcome, is_deal = _outcome(reading), _type(reading).eq("opportunity").fillna(False).astype(bool)
    closed, own = reading.instant("closed_at"), reading.instant("opened_at")
    won = reading.instant("won_at").fillna(closed.where(outcome.eq("won")))
    lost = reading.instant("lost_at").fillna(closed.where(outcome.eq("lost")))
    undated = outcome.isin(["won", "lost"]) & won.isna() & lost.isna()
    ask_about(reading, "closed_without_date", undated, reading.places.get("closed_at"))
    opened = own.fillna(reading.instant("created_at").where(is_deal))
    if "opened_at" not in reading.places:
        reading.findings.repair("opened_when_created", opened.index[opened.notna() & reading.kept])
    is_lead = _type(reading).eq("lead").fillna(False).astype(bool) & own.isna()
    ask_where_none_lost(reading, (won.notna(), lost.notna(), ~outcome.isin(["won", "lost"])))
    return Steps(opened, won, lost.where(~is_lead), lost.where(is_lead))


def _type(reading: Reading) -> pd.Series:
    """`lead` or `opportunity`, where the export or its format says so."""
    return meant(reading.raw("record_type"), reading.format.values.get("record_type", {}))


def _outcome(reading: Reading) -> pd.Series:
    """`won`, `lost` or missing: by the word for it, by being archived without a chance, by the chance, by the stage."""
    words = usual("outcome") | reading.format.values.get("outcome", {})
    chance = pd.to_numeric(reading.raw("probability").str.rstrip("% ").str.replace(",", "."), errors="coerce")
    archived = reading.flag("active").eq(False).fillna(False).astype(bool) & ~(chance > 0)
    tells = any(name in reading.places for name in ("outcome", "probability", "active"))
    stages = usual("outcome") | reading.format.values.get("deal_stage", {})
    by_stage = reading.meaning("deal_stage", stages, ask=not tells) if reading.has("deal_stage") else None
    found = reading.meaning("outcome", words)
    found = found.where(found.notna() | ~archived, "lost").where(found.notna() | ~chance.eq(100), "won")
    return found if by_stage is None else found.where(found.notna(), by_stage)


def _said(reading: Reading) -> dict[str, pd.Series]:
    said = {"owner_id": reading.text("owner")} if reading.has("owner") else {}
    if "amount" in reading.places:
        said |= {"amount": reading.amount("amount"), "currency": reading.currency("amount")}
    return said
