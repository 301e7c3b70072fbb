"""Typed rows as candidate records: leads and their attributes and story, deals, activities, and the plain tables."""

from collections.abc import Callable

import pandas as pd

from leadalign.intake.activities import activity_records
from leadalign.intake.deal_history import deal_history_records
from leadalign.intake.deals import deal_records
from leadalign.intake.leads import lead_records
from leadalign.intake.plain import (
    attribute_records,
    cost_records,
    goal_records,
    people_records,
    rating_records,
    stage_records,
    survey_records,
)
from leadalign.intake.quarantine import aside_records
from leadalign.intake.reading import Reading

Records = dict[str, pd.DataFrame]
BUILDERS: dict[str, Callable[[Reading], Records]] = {
    "leads": lead_records,
    "deals": deal_records,
    "deal_history": deal_history_records,
    "activities": activity_records,
    "costs": cost_records,
    "ratings": rating_records,
    "people": people_records,
    "stage_events": stage_records,
    "attribute_events": attribute_records,
    "goals": goal_records,
    "survey_answers": survey_records,
}


def build_records(reading: Reading) -> Records:
    """The candidate records of a file; none while a question blocks them."""
    records = BUILDERS[reading.format.kind](reading)
    if "leads" in records:
        records["aside"] = aside_records(reading, records["leads"])
    return {} if reading.blocked else {name: frame for name, frame in records.items() if len(frame)}
