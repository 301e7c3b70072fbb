"""Can the numbers be trusted today: each check against what was agreed, what lies behind it, how fresh each feed is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, Literal

from leadalign import facts
from leadalign.facts.sides import tellers
from leadalign.figures import Figure, Frame, figure
from leadalign.ideal_lead.classes import schedule
from leadalign.measure import rows, viewpoint
from leadalign.metrics import metrics
from leadalign.settings import settings
from leadalign.store import Database
from leadalign.store.batches import SAME_DELIVERY

KINDS = (
    "won_before_created", "answered_before_handed_over", "activity_before_created", "worked_unassigned",
    "recorded_before_happened", "in_future", "opened_twice",
)  # fmt: skip
"""The ways in which a sequence can be impossible."""
FED = ("leads", "deals", "deal_history", "activities", "stage_events", "attribute_events", "ratings")
"""What is told again and again; people, goals and definitions come when they change."""
DELIVERIES = 12
EXCESSES = 50
LISTED = 1000
State = Literal["good", "bad", "no_data"]


@dataclass(frozen=True)
class Check:
    """A figure of data health, what was agreed of it, and by which code the figures that it bends know it."""

    name: str
    metric: str
    setting: str
    floor: bool
    bias: str

    @property
    def limit(self) -> float:
        """The agreed floor, or the most that is agreed."""
        return float(getattr(settings(), self.setting))

    @property
    def bends(self) -> tuple[str, ...]:
        """The metrics that are wrong where this is bad."""
        return tuple(name for name, each in metrics().items() if self.bias in each.bias)


CHECKS = (
    Check("logging", "logging_coverage", "logging_floor", True, "unlogged_time"),
    Check("imputed_minutes", "imputed_minutes_share", "imputed_limit", False, "imputed_minutes"),
    Check("orphans", "orphans", "orphans_limit", False, "orphans"),
    Check("completeness", "completeness", "completeness_floor", True, "unknown_criteria"),
    Check("handover_completeness", "handover_completeness", "completeness_floor", True, "unknown_at_hand_over"),
    Check("rating", "rating_coverage", "rating_floor", True, "rating_coverage"),
    Check("duplicates", "open_duplicates", "duplicates_limit", False, "duplicates"),
    Check("sequences", "sequence_errors", "sequence_errors_limit", False, "impossible_sequences"),
    Check("delay", "recording_delay_days", "recording_delay_limit", False, "late_recording"),
)


@dataclass(frozen=True)
class Finding:
    """A check as it came out: its figure, whether that is as agreed, and how far it is off (0 to 1)."""

    check: Check
    figure: Figure
    state: State
    severity: float = 0.0


def findings(db: Database, frame: Frame) -> tuple[Finding, ...]:
    """Every check over the frame's period; what a page was narrowed to plays no part."""
    return tuple(finding(db, check, frame) for check in CHECKS)


def finding(db: Database, check: Check, frame: Frame) -> Finding:
    """One check over the frame's period."""
    found = figure(db, check.metric, replace(frame, where=()))
    if found.value is None:
        return Finding(check, found, "no_data")
    excess = (check.limit - found.value) if check.floor else (found.value - check.limit)
    if excess <= 0:
        return Finding(check, found, "good")
    room = check.limit if check.floor else 1 - check.limit if found.unit == "share" else EXCESSES
    return Finding(check, found, "bad", min(1.0, excess / room))


def worst_first(found: Sequence[Finding]) -> list[Finding]:
    """Those not as agreed, the worst first."""
    return sorted((each for each in found if each.state == "bad"), key=lambda each: -each.severity)


def checks_of(metric: str) -> tuple[Check, ...]:
    """The checks that a metric's trust rests on."""
    return tuple(check for check in CHECKS if check.bias in metrics()[metric].bias)


def impossible_things(db: Database, frame: Frame) -> list[dict[str, Any]]:
    """Each impossible sequence with its lead, both moments, and the file that told it; the latest first."""
    found = [
        row
        for kind in KINDS
        for row in rows(db, "sequence_checks", replace(frame, where=()).at(kind=kind), "day", LISTED)
    ]
    files = _files(db, [row["told_id"] for row in found])
    return [row | {"file": files.get(row["told_id"], "")} for row in sorted(found, key=_by_day, reverse=True)]


def orphans(db: Database, frame: Frame) -> list[dict[str, Any]]:
    """Each sales activity on no lead we know, with the file that told it; the latest first."""
    found = rows(db, "sales_activities", replace(frame, where=()).at(is_orphan=True), "day", LISTED)
    files = _files(db, [row["activity_id"] for row in found])
    return [row | {"file": files.get(row["activity_id"], "")} for row in found]


def unknown_criteria(db: Database, frame: Frame, fact: str) -> list[dict[str, Any]]:
    """Each criterion that judged, what it asks, its points as last agreed, and how many leads lacked an answer."""
    table = facts.table(db, fact, viewpoint(db, frame))
    counted = db.rows(
        f"SELECT version, unknown, count(*) FROM {table} WHERE ($start IS NULL OR day >= $start) "
        "AND ($end IS NULL OR day < $end) AND unknown <> '' GROUP BY version, unknown",
        {"start": frame.start, "end": frame.end},
    )
    found: dict[tuple[str, str], dict[str, Any]] = {}
    versions = schedule(db)
    for version, unknown, count in sorted(counted):
        criteria = {each.id: each for each in versions.version(version).criteria}
        for name in unknown.split("|"):
            asks = ", ".join(sorted(criteria[name].expr.attributes())).replace("_", " ")
            row = found.setdefault((name, asks), {"criterion": name, "asks": asks, "points": 0, "unknown_leads": 0})
            row["points"] = abs(criteria[name].points)
            row["unknown_leads"] += count
    return sorted(found.values(), key=lambda row: (-row["points"] * row["unknown_leads"], -row["unknown_leads"]))


def _by_day(row: dict[str, Any]) -> Any:
    return row["day"], row["lead_id"]


FILES = """
SELECT t.told_id, min_by(b.file_name, b.event_order) AS file
FROM (SELECT event_id AS told_id, batch_id FROM live.stage_events UNION ALL
    SELECT event_id, batch_id FROM live.attribute_events UNION ALL
    SELECT activity_id, batch_id FROM live.activities UNION ALL
    SELECT rating_id, batch_id FROM live.ratings) AS t
JOIN live.batches AS b ON b.batch_id = t.batch_id
WHERE list_contains($told, t.told_id)
GROUP BY t.told_id
"""


def _files(db: Database, told: list[str]) -> dict[str, str]:
    """The file that first told each of these."""
    return dict(db.rows(FILES, {"told": told})) if told else {}


@dataclass(frozen=True)
class Feed:
    """What one system tells of one kind of thing: when it came last, up to when it tells, how often it comes."""

    system: str
    kind: str
    deliveries: int
    last_upload: datetime
    last_event: datetime | None
    rhythm: timedelta | None
    """The usual time between two deliveries; None before the third."""

    @property
    def due_after(self) -> timedelta:
        """How long after its last upload the next one is overdue."""
        s = settings()
        return self.rhythm * s.feed_patience if self.rhythm else timedelta(days=s.feed_days)

    def is_overdue(self, now: datetime) -> bool:
        """Whether the next delivery should be here by now."""
        return now - self.last_upload > self.due_after

    @property
    def was_old(self) -> bool:
        """Whether the last delivery told nothing of the days before it came."""
        return self.last_event is not None and self.last_upload - self.last_event > timedelta(days=settings().feed_days)


LAST_EVENTS = """
SELECT t.batch_id, max(t.happened_at) AS last_event
FROM (SELECT batch_id, created_at AS happened_at FROM live.leads UNION ALL
    SELECT batch_id, occurred_at FROM live.stage_events UNION ALL
    SELECT batch_id, observed_at FROM live.attribute_events WHERE NOT assumed UNION ALL
    SELECT batch_id, started_at FROM live.activities UNION ALL
    SELECT batch_id, rated_at FROM live.ratings) AS t
JOIN live.batches AS b ON b.batch_id = t.batch_id AND t.happened_at <= b.uploaded_at
GROUP BY t.batch_id
"""


def feeds(db: Database) -> tuple[Feed, ...]:
    """Each feed, by system and kind."""
    last_events: dict[str, datetime] = dict(db.rows(LAST_EVENTS))
    by_feed: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for batch in tellers(db):
        if batch["kind"] in FED:
            by_feed.setdefault((batch["system"], batch["kind"]), []).append(batch)
    return tuple(_feed(*key, batches, last_events) for key, batches in sorted(by_feed.items()))


def _feed(system: str, kind: str, batches: list[dict[str, Any]], last_events: dict[str, datetime]) -> Feed:
    moments = _deliveries(sorted(batch["uploaded_at"] for batch in batches))
    told = [at for batch in batches if (at := last_events.get(batch["batch_id"]))]
    gaps = [later - earlier for earlier, later in pairwise(moments[-DELIVERIES:])]
    rhythm = timedelta(seconds=median(gap.total_seconds() for gap in gaps)) if len(gaps) > 1 else None
    return Feed(system, kind, len(moments), max(moments), max(told, default=None), rhythm)


def _deliveries(moments: list[datetime]) -> list[datetime]:
    """The last moment of each delivery: files that come close together are one."""
    found: list[datetime] = []
    for moment in moments:
        if found and moment - found[-1] <= SAME_DELIVERY:
            found[-1] = moment
        else:
            found.append(moment)
    return found


def set_aside(db: Database) -> int:
    """How many leads count in no figure because they are set aside."""
    table = facts.table(db, "leads_set_aside", viewpoint(db, Frame()))
    return int(db.rows(f"SELECT count(*) FROM {table}")[0][0])
