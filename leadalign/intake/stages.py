"""Dated cells as steps of a lead's story, each in its slot, so that a changed date replaces the old one."""

import pandas as pd

from leadalign.intake.frames import framed
from leadalign.intake.reading import Reading

EVENTS = (
    "created", "classified", "nurture", "handed_off", "assigned", "accepted", "rejected", "recycled",
    "opportunity", "won", "lost", "disqualified", "merged", "reopened",
)  # fmt: skip


def stage_frame(
    reading: Reading, record_id: pd.Series, lead_id: pd.Series, event: str, when: pd.Series,
    cell: str | None = None, **more: pd.Series,
) -> pd.DataFrame:  # fmt: skip
    """One kind of step, a row for each record that has its date; `cell` tells two dated cells of one event apart."""
    prefix = f"{reading.format.system}/{reading.format.kind}/"
    columns: dict[str, pd.Series | str | None] = {
        "slot": prefix + record_id.astype("str") + f"/{cell or event}",
        "lead_id": lead_id,
        "event": event,
        "occurred_at": when,
        "recorded_at": pd.Series(pd.NaT, index=when.index, dtype="datetime64[us, UTC]"),
        **more,
    }
    return framed(columns, reading.kept & when.notna() & record_id.notna())
