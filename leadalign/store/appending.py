"""Rows that a file tells of, compared with what stands and appended where they are new, a whole table at a time."""

from pathlib import Path
from typing import Any

import pyarrow

CHANGES = Path(__file__).parent / "changes"

TABLES = {
    "leads": ("leads", "lead_id system created_at source campaign account_id name email company phone"),
    "aside": ("aside_events", "lead_id event reason evidence"),
    "attributes": ("attribute_events", "lead_id attr value observed_at recorded_at source event_id"),
    "stages": (
        "stage_events",
        "slot lead_id event occurred_at recorded_at actor_id owner_id reason amount currency deal_id event_id",
    ),
    "activities": (
        "activities",
        "activity_id lead_id deal_id person_id type started_at minutes minutes_source outcome subject direction "
        "purpose recorded_at",
    ),
    "links": ("links", "kind record_id name contact company email deal_name lead_id seen_at"),
    "ratings": ("ratings", "rating_id lead_id rater_id rating reasons comment rated_at recorded_at"),
    "people": ("people", "person_id name email function role team hourly_cost currency daily_work_min"),
    "costs": ("campaign_costs", "cost_id month source campaign cost currency"),
    "goals": (
        "goals",
        "goal_id name metric owner month target floor_metric floor_target weight_marketing weight_sales",
    ),
    "survey_answers": ("survey_answers", "round person_id function item_type item_id value"),
    "definitions": (
        "definition_versions",
        "definition_id version effective_from effective_to signed_marketing signed_sales rules sha256",
    ),
}
ALL_TABLES = (*(table for table, _ in TABLES.values()), "batches")
INSTANTS = {
    "created_at",
    "observed_at",
    "recorded_at",
    "occurred_at",
    "started_at",
    "rated_at",
    "seen_at",
    "effective_from",
    "effective_to",
}
NUMBERS = {
    "minutes",
    "amount",
    "rating",
    "hourly_cost",
    "daily_work_min",
    "cost",
    "target",
    "floor_target",
    "weight_marketing",
    "weight_sales",
    "version",
}


def append(writer: Any, name: str, incoming: Any, bound: dict[str, Any]) -> int:
    """Rows of `incoming` that were not known, appended by changes/`name`.sql; their number."""
    if not len(incoming):
        return 0
    columns, there = TABLES[name][1].split(), set(incoming.columns)
    sql = (CHANGES / f"{name}.sql").read_text(encoding="utf-8")
    used = {key: value for key, value in bound.items() if f"${key}" in sql}
    with writer.given("incoming_as_read", _as_arrow(incoming[[name for name in columns if name in there]])):
        typed = ", ".join(_typed(column, column in there) for column in columns)
        writer.run(f"CREATE OR REPLACE TEMP TABLE incoming AS SELECT {typed} FROM incoming_as_read")
    return int(writer.run(sql, used)[0][0])


def _as_arrow(rows: Any) -> Any:
    """The rows as Arrow holds them, so that no text is made an object only to be read; odd ones stay as they are."""
    try:
        return pyarrow.Table.from_pandas(rows, preserve_index=False)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError):
        return rows


def _typed(column: str, there: bool) -> str:
    """The column with the type that its table has; nothing in it where the file has no such column."""
    kind = "TEXT"
    if column in INSTANTS:
        kind = "TIMESTAMPTZ"
    elif column in NUMBERS:
        kind = "DOUBLE"
    elif column == "month":
        kind = "DATE"
    return f"CAST({column if there else 'NULL'} AS {kind}) AS {column}"
