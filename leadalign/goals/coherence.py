"""Do the shared goals fit together? So many leads a month can only make so many deals."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Needed:
    """What the other goals ask of a rate or a count: its `value` (None: no value would do), and can it be had."""

    value: float | None
    state: Literal["possible", "impossible", "already_met"]


def nurtured_rate_needed(deals: float, sales_ready: float, nurtured: float, win_rate: float) -> Needed:
    """The share of nurtured leads that must become sales-ready in the end, for `deals` a month to follow.

    Steady state: deals = (sales_ready + rate x nurtured) x win_rate; "impossible" when the share would be above 1.
    """
    if deals <= sales_ready * win_rate:
        return Needed(0.0, "already_met")
    if win_rate <= 0 or nurtured <= 0:
        return Needed(None, "impossible")
    return _rate((deals / win_rate - sales_ready) / nurtured)


def win_rate_needed(deals: float, sales_ready: float, nurtured: float, nurtured_rate: float) -> Needed:
    """The share of sales-ready leads that must be won, when `nurtured_rate` of the nurtured become ready in the end."""
    if deals <= 0:
        return Needed(0.0, "already_met")
    ready = sales_ready + nurtured_rate * nurtured
    return _rate(deals / ready) if ready > 0 else Needed(None, "impossible")


def sales_ready_needed(deals: float, nurtured: float, win_rate: float, nurtured_rate: float) -> Needed:
    """How many sales-ready leads a month the deals goal asks of marketing, beside the nurtured ones."""
    if deals <= nurtured * nurtured_rate * win_rate:
        return Needed(0.0, "already_met")
    if win_rate <= 0:
        return Needed(None, "impossible")
    return Needed(deals / win_rate - nurtured_rate * nurtured, "possible")


def _rate(value: float) -> Needed:
    """A share that is needed; more than all is impossible (but a hair above 1 is rounding)."""
    return Needed(value, "possible" if value <= 1 + 1e-12 else "impossible")
