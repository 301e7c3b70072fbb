"""Activities that name by ID and kind what they belong to, and how long they took in hours and minutes."""

import pandas as pd

from leadalign.intake.reading import Reading
from leadalign.intake.typing import meant

KINDS = {
    "lead": "lead", "leads": "lead", "contact": "lead", "contacts": "lead", "deal": "deal", "deals": "deal",
    "opportunity": "deal", "opportunities": "deal", "potential": "deal", "potentials": "deal",
    "ליד": "lead", "לידים": "lead", "איש קשר": "lead", "אנשי קשר": "lead", "עסקה": "deal", "עסקאות": "deal",
    "הזדמנות": "deal", "הזדמנויות": "deal",
}  # fmt: skip
"""What CRMs call the records that an activity can count for; a contact stands for the lead that became it."""


def tie_related(reading: Reading) -> None:
    """Fills the lead and the deal of an activity from the record that it is related to, where it names neither."""
    if "related_id" not in reading.places:
        return
    kind = meant(reading.raw("related_type"), KINDS | reading.format.values.get("related_type", {}))
    for target, meaning in (("lead_id", "lead"), ("deal_id", "deal")):
        own = reading.raw(target)
        column = f"{target}, related"
        tied = own.where(own.notna(), reading.raw("related_id").where(kind.eq(meaning)))
        reading.frame = reading.frame.assign(**{column: tied})
        reading.places[target] = column


def whole_minutes(reading: Reading) -> pd.Series:
    """The minutes, with the hours that stand in a column of their own."""
    minutes, hours = reading.minutes("minutes"), reading.amount("hours")
    return minutes.where(hours.isna(), minutes.fillna(0) + hours * 60)
