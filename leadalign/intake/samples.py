"""Small files that show what leadalign takes in: made from its own formats, so that they are always up to date."""

import csv
import io

from leadalign.intake.formats import Format, formats, spellings
from leadalign.intake.targets import kinds

EXAMPLES: dict[str, tuple[str, str]] = {
    "lead_id": ("L-1001", "L-1002"), "created_at": ("2026-03-01T08:30:00Z", "2026-03-02T10:15:00Z"),
    "source": ("Webinar", "Fair"), "campaign": ("Spring webinar", "Tel Aviv fair"), "account_id": ("A-17", "A-42"),
    "name": ("Dana Levi", "Tom Baker"), "email": ("dana@acme.example", "tom@baker.example"),
    "phone": ("+972 50 000 0001", "+44 20 0000 0002"), "company": ("Acme", "Baker Ltd"),
    "activity_id": ("C-1", "C-2"), "deal_id": ("D-301", "D-302"), "person_id": ("gal", "noa"),
    "type": ("call", "meeting"), "started_at": ("2026-03-03T09:00:00Z", "2026-03-04T12:30:00Z"),
    "minutes": ("15", "60"), "outcome": ("reached", "reached"), "subject": ("First call", "Needs"),
    "event_id": ("S-1", "S-2"), "event": ("handed_off", "accepted"), "attr": ("budget", "employees"),
    "value": ("true", "120"), "occurred_at": ("2026-03-03T09:00:00Z", "2026-03-04T12:30:00Z"),
    "observed_at": ("2026-03-03T09:00:00Z", "2026-03-04T12:30:00Z"), "actor_id": ("noa", "gal"),
    "owner_id": ("gal", "gal"), "amount": ("", "12000"), "currency": ("ILS", "ILS"),
    "month": ("2026-03", "2026-04"), "cost": ("6000", "4500"), "cost_id": ("K-1", "K-2"),
    "rating_id": ("R-1", "R-2"), "rater_id": ("gal", "gal"), "rating": ("4", "2"),
    "rated_at": ("2026-03-05T10:00:00Z", "2026-03-05T11:00:00Z"), "comment": ("Knows what she wants", ""),
    "reasons": ("good_fit", "no_budget"), "function": ("sales", "marketing"), "role": ("sales", "marketing"),
    "team": ("North", "Demand"), "hourly_cost": ("180", "150"), "daily_work_min": ("480", "480"),
    "recorded_at": ("2026-03-05T10:00:00Z", "2026-03-05T11:00:00Z"),
    "goal_id": ("G-1", "G-2"), "metric": ("leads_created", "deals_won"), "owner": ("marketing", "shared"),
    "target": ("50", "10"), "floor": ("sales_ready>=10", ""), "weight_marketing": ("0.5", "0.5"),
    "weight_sales": ("0", "1"), "round": ("1", "1"), "item_type": ("vignette", "vignette"), "item_id": ("V1", "V2"),
}  # fmt: skip
"""Two invented cells for each column of ours."""
DIFFERENTLY: dict[str, dict[str, tuple[str, str]]] = {
    "people": {"name": ("Gal Peretz", "Noa Barak"), "email": ("gal@us.example", "noa@us.example")},
    "goals": {"name": ("Leads", "Deals")},
    "stage_events": {"reason": ("", "good_fit"), "deal_id": ("", "D-301")},
    "survey_answers": {"value": ("5", "4")},
}
"""Where a column holds something else in a table of this kind."""


def sample_kinds() -> tuple[str, ...]:
    """The kinds of table that there is a sample of, those with a layout of our own; the usual ones first."""
    native = _native()
    return (*(kind for kind in kinds() if kind in native), *(kind for kind in native if kind not in kinds()))


def sample(kind: str) -> bytes:
    """A small CSV file of that kind, with every column that our own layout has."""
    format = _native()[kind]
    cells = EXAMPLES | DIFFERENTLY.get(kind, {})
    columns: dict[str, tuple[str, str]] = {}
    for target, column in format.columns.items():
        columns.setdefault(spellings(column)[0], cells.get(target, ("", "")))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return text.getvalue().encode("utf-8-sig")


def _native() -> dict[str, Format]:
    """Our own layouts by kind."""
    return {format.kind: format for format in formats() if format.system == "native"}
