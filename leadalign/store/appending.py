"""Rows that a file tells of, compared with what stands and appended where they are new, a whole table at a time."""

from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.compute as pc

from leadalign.intake.patterns import distinct

CHANGES = Path(__file__).parent / "changes"
LARGE, MOST_RUNS = 500_000, 1_000
"""Rows of attributes from which on they are compared one attribute at a time, if they stand in so few runs."""
PIECE = 122_880
"""Rows that one core takes at a time: as many as DuckDB keeps in one group."""

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
    sql, columns = (CHANGES / f"{name}.sql").read_text(encoding="utf-8"), TABLES[name][1].split()
    rows = incoming[[each for each in columns if each in incoming]]
    typed = [_typed(each, each in incoming) for each in columns]
    if "$first" in sql:
        bound = {**bound, "first": _reserved(writer, len(rows))}
        rows, typed = rows.assign(place=range(len(rows))), [*typed, "place"]
    used = {key: value for key, value in bound.items() if f"${key}" in sql}
    return sum(_append(writer, sql, part, ", ".join(typed), used) for part in _parts(name, _as_arrow(rows)))


def _append(writer: Any, sql: str, rows: Any, typed: str, used: dict[str, Any]) -> int:
    """How many of these rows were new to `sql`, which reads them as `incoming` where they lie."""
    if "$told_twice" in sql:
        used = {**used, "told_twice": not (isinstance(rows, pyarrow.Table) and distinct(rows.column(0)))}
    with writer.given("incoming_as_read", rows):
        writer.run(f"CREATE OR REPLACE TEMP VIEW incoming AS SELECT {typed} FROM incoming_as_read")
        return int(writer.run(sql, used)[0][0])


def _parts(name: str, rows: Any) -> list[Any]:
    """The rows at once; of very many attributes, which stand one below the other, each by itself."""
    if name != "attributes" or len(rows) < LARGE or not isinstance(rows, pyarrow.Table):
        return [rows]
    runs = pc.run_end_encode(rows["attr"].combine_chunks())
    ends, names = runs.run_ends.to_pylist(), runs.values.to_pylist()
    if len(ends) > MOST_RUNS:
        return [rows]
    parts = dict[str, list[Any]]()
    for start, end, attr in zip([0, *ends], ends, names, strict=False):
        parts.setdefault(attr, []).append(rows.slice(start, end - start))
    return [pyarrow.concat_tables(each) for each in parts.values()]


def _reserved(writer: Any, count: int) -> int:
    """The first of so many places in the order of events; taken one by one they would keep all but one core idle."""
    while True:
        first, last = writer.run(
            "SELECT min(place), max(place) FROM (SELECT nextval('log.event_order') AS place FROM range(?))", [count]
        )[0]
        if last - first == count - 1:  # somebody who writes beside a long import may have taken one of them
            return int(first)


def _as_arrow(rows: Any) -> Any:
    """The rows as Arrow holds them, in pieces for several cores; odd ones stay as they are."""
    try:
        return pyarrow.Table.from_batches(pyarrow.Table.from_pandas(rows, preserve_index=False).to_batches(PIECE))
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
