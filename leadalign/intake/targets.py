"""The kinds of table that leadalign takes in, and for each the columns that it can use."""

from dataclasses import dataclass
from typing import Literal

FieldType = Literal["key", "text", "instant", "month", "amount", "minutes", "flag", "whole"]


@dataclass(frozen=True)
class TargetField:
    """A column of ours that a column of a file can fill; its words are in texts/intake.toml."""

    name: str
    type: FieldType
    required: bool = False


def _fields(*described: str) -> tuple[TargetField, ...]:
    """`lead_id! key` is a required key, `source text` an optional text."""
    pairs = [one.split() for one in described]
    return tuple(TargetField(name.rstrip("!"), kind, name.endswith("!")) for name, kind in pairs)  # type: ignore[arg-type]


FIELDS: dict[str, tuple[TargetField, ...]] = {
    "leads": _fields(
        "lead_id key", "created_at! instant", "source text", "campaign text", "account_id key", "name text",
        "first_name text", "last_name text", "email text", "company text", "owner text", "status text", "stage text",
        "converted flag", "modified_at instant", "deal_id key", "phone key", "contact_id key", "merged_into key",
        "record_type text", "opened_at instant", "deal_stage text", "outcome text", "probability text", "active flag",
        "closed_at instant", "won_at instant", "lost_at instant", "amount amount", "currency text", "reason text",
    ),
    "deals": _fields(
        "deal_id key", "lead_id key", "name text", "opened_at instant", "stage text", "closed_at instant",
        "won_at instant", "lost_at instant", "amount amount", "currency text", "owner_id text", "reason text",
        "status text", "pipeline text", "entered_at instant", "contact text", "company text", "email text",
    ),
    "deal_history": _fields(
        "deal_id! key", "stage text", "stage_before text", "field text", "value_before text", "value text",
        "changed_at! instant", "opened_at instant", "closed_at instant", "amount amount", "currency text",
        "owner_id text", "reason text",
    ),
    "activities": _fields(
        "activity_id key", "lead_id key", "deal_id key", "person_id! text", "type text", "started_at! instant",
        "related_id key", "related_type text", "hours amount",
        "ended_at instant", "minutes minutes", "outcome text", "subject text", "direction text", "purpose text",
        "recorded_at instant", "started_time text", "contact text", "company text", "email text", "deal_name text",
    ),
    "costs": _fields(
        "cost_id key", "month! month", "source text", "campaign text", "cost! amount", "currency text",
    ),
    "ratings": _fields(
        "rating_id key", "lead_id! key", "rater_id! text", "rating! whole", "reasons text", "comment text",
        "rated_at! instant",
    ),
    "people": _fields(
        "person_id key", "name text", "first_name text", "last_name text", "email text", "function text", "role text",
        "team text", "hourly_cost amount", "currency text", "daily_work_min whole",
    ),
    "stage_events": _fields(
        "event_id! key", "lead_id! key", "event! text", "occurred_at! instant", "recorded_at instant", "actor_id text",
        "owner_id text", "reason text", "amount amount", "currency text", "deal_id key",
    ),
    "attribute_events": _fields(
        "event_id! key", "lead_id! key", "attr! text", "value! text", "observed_at! instant", "recorded_at instant",
        "source text",
    ),
    "goals": _fields(
        "goal_id! key", "name text", "metric! text", "owner text", "month! month", "target! amount",
        "floor text", "weight_marketing amount", "weight_sales amount",
    ),
    "survey_answers": _fields(
        "round! text", "person_id! text", "function text", "item_type! text", "item_id! text", "value text",
    ),
}  # fmt: skip
MAPPED_BY_PEOPLE = ("leads", "deals", "activities", "costs", "ratings", "people")


def kinds() -> tuple[str, ...]:
    """The kinds of table that a person can map an unknown file to."""
    return MAPPED_BY_PEOPLE


def target_fields(kind: str) -> tuple[TargetField, ...]:
    """The columns that a table of this kind can have."""
    return FIELDS[kind]
