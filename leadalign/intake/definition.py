"""A written definition of the ideal lead, as a JSON document, becomes one record; its rules are the document itself."""

import json
from typing import Any

import pandas as pd

from leadalign.intake.dates import read_dates
from leadalign.problems import Refusal

NEEDED = ("definition_id", "version", "effective_from", "criteria")


def read_definition(file: str, text: str, zone: str) -> pd.DataFrame:
    """One row as in the store's definition_versions, but for the hash; Refusal where the document is no definition."""
    rules = _document(file, text)
    signed = rules.get("agreed_by") or {}
    times = pd.Series([rules["effective_from"], rules.get("effective_to")], dtype="str")
    moments = read_dates(times, zone)
    if moments.unreadable.any() or pd.isna(moments.instants[0]):
        raise Refusal("not_a_definition", file=file, reason=f"effective_from {times[0]!r}, effective_to {times[1]!r}")
    record = {
        "definition_id": rules["definition_id"], "version": rules["version"],
        "signed_marketing": signed.get("marketing"), "signed_sales": signed.get("sales"),
        "rules": json.dumps(rules, ensure_ascii=False),
    }  # fmt: skip
    until = moments.instants[1:].reset_index(drop=True)
    return pd.DataFrame([record]).assign(effective_from=moments.instants[:1], effective_to=until)


def _document(file: str, text: str) -> dict[str, Any]:
    try:
        rules = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Refusal("not_a_definition", file=file, reason=str(fault)) from fault
    missing = [name for name in NEEDED if name not in rules]
    if missing:
        raise Refusal("not_a_definition", file=file, reason=", ".join(missing))
    if not isinstance(rules["version"], int) or not isinstance(rules.get("agreed_by") or {}, dict):
        raise Refusal("not_a_definition", file=file, reason="version, agreed_by")
    return rules
