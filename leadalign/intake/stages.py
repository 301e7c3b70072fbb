"""Dated cells as steps of a lead's story, each in its slot, so that a changed date replaces the old one."""

import pandas as pd

from leadalign.intake.frames import Cells, framed
from leadalign.intake.reading import Reading

EVENTS = (
    "created", "classified", "nurture", "handed_off", "assigned", "accepted", "rejected", "recycled",
    "opportunity", "won", "lost", "disqualified", "merged", "reopened",
)  # fmt: skip


def deal_alone(deal_id: pd.Series) -> pd.Series:
    """What a deal is told under while nobody knows its lead; a CRM may number deals and leads alike, so it is no ID."""
    return "deal:" + deal_id


def stage_frame(
    reading: Reading, record_id: pd.Series, lead_id: pd.Series, event: str, when: pd.Series, **more: Cells
) -> pd.DataFrame:
    """One kind of step: a row for each record that has its date."""
    prefix = f"{reading.format.system}/{reading.format.kind}/"
    columns: dict[str, Cells] = {
        "slot": prefix + record_id.astype("str") + f"/{event}",
        "lead_id": lead_id,
        "event": event,
        "occurred_at": when,
        "recorded_at": pd.Series(pd.NaT, index=when.index, dtype="datetime64[us, UTC]"),
        **more,
    }
    return framed(columns, reading.kept & when.notna() & record_id.notna())
