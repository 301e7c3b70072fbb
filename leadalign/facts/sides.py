"""Whose records tell what: which system is marketing's and which is sales', and who usually does each step."""

import tomllib
from typing import Any

from leadalign.settings import settings
from leadalign.store import Database

STEPS = (
    ("handed_off", "handed_over", "marketing", "marketing"), ("assigned", "handed_over", "sales", "sales"),
    ("accepted", "handed_over", "sales", "sales"), ("rejected", "handed_over", "sales", "sales"),
    ("opportunity", "handed_over", "sales", "sales"), ("won", "handed_over", "sales", "sales"),
    ("opportunity", "opportunity", "sales", ""), ("won", "won", "sales", ""), ("lost", "lost", "sales", "sales"),
)  # fmt: skip
"""A step, the thing that it tells of, who usually does it, and whose word alone counts for it (blank: either's).

Whatever sales does with a lead tells that it arrived there.
"""


def sides() -> dict[str, list[object]]:
    """The systems that the company's settings call marketing's or sales'."""
    named = [
        *((name, "marketing") for name in settings().marketing_systems),
        *((name, "sales") for name in settings().sales_systems),
    ]
    return {"system": [name for name, _ in named], "side": [side for _, side in named]}


def step_things() -> dict[str, list[object]]:
    """Which steps tell of which thing."""
    event, thing, usual, only = (list(column) for column in zip(*STEPS, strict=True))
    return {"event": event, "thing": thing, "usual_side": usual, "only_side": only}


def tellers(db: Database) -> list[dict[str, Any]]:
    """For each upload that stands: the system that its file came from, what it held, whose system that is, when."""
    side_of = dict(zip(*sides().values(), strict=True))
    found = db.records("SELECT batch_id, format_toml, kind, uploaded_at FROM live.batches ORDER BY event_order")
    return [
        {
            "batch_id": row["batch_id"], "kind": row["kind"], "uploaded_at": row["uploaded_at"],
            "system": (system := system_of(row["format_toml"])), "side": side_of.get(system, ""),
        }
        for row in found
    ]  # fmt: skip


def system_of(format_toml: str | None) -> str:
    """The system that a format says its files come from; our own layout where it says none."""
    try:
        return str(tomllib.loads(format_toml or "").get("system", "native"))
    except tomllib.TOMLDecodeError:
        return "native"
