"""What the log tells of leads that decides their classes, as tables for SQL and as histories for the engine."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from leadalign.ideal_lead.film import Film, Run
from leadalign.ideal_lead.known import AttributeEvent, LeadHistory, Merge, Touch

NO_CONTACT = ("automated_email", "internal_meeting")
"""Activities that are no touch: nobody of us met, called or wrote to the lead, so they tell nothing of its interest."""
TOUCHES = f"""
SELECT w.activity_id, w.lead_id, w.type, w.started_at AS occurred_at, w.told_at AS recorded_at
FROM (
    SELECT a.*, row_number() OVER (PARTITION BY a.activity_id ORDER BY a.event_order DESC) AS position,
        min(a.recorded_at) OVER (PARTITION BY a.activity_id, a.lead_id, a.type, a.started_at) AS told_at
    FROM live.activities AS a WHERE $until::TIMESTAMPTZ IS NULL OR a.recorded_at <= $until
) AS w
WHERE w.position = 1 AND w.lead_id IS NOT NULL AND w.type NOT IN {NO_CONTACT}
"""
"""An activity as last told; what is corrected beside its date, type and lead makes it no younger."""
MERGES = """
SELECT m.lead_id, m.occurred_at, regexp_replace(m.reason, '^dup_of:', '') AS survivor_id, m.recorded_at,
    min(u.recorded_at) AS undone_at
FROM live.stage_events AS m
LEFT JOIN live.stage_events AS u
    ON u.voids_event_id = m.event_id AND ($until::TIMESTAMPTZ IS NULL OR u.recorded_at <= $until)
WHERE m.event = 'merged' AND m.reason LIKE 'dup_of:%' AND ($until IS NULL OR m.recorded_at <= $until)
GROUP BY m.event_id, m.lead_id, m.occurred_at, m.reason, m.recorded_at
"""
ALL_EVENTS = """
SELECT e.lead_id, e.event_id, e.attr, e.value, e.observed_at, e.recorded_at, e.event_order
FROM live.attribute_events AS e
"""
EVENTS = f"""
{ALL_EVENTS} WHERE list_contains($asked, e.attr) AND ($until::TIMESTAMPTZ IS NULL OR e.recorded_at <= $until)
"""
ODD = r"""
(length(value) > 15 AND regexp_full_match(value, '-?[0-9]{16,}')) OR contains(value, '\ud') OR contains(value, '\uD')
    OR ascii(value) <= 32 OR ascii(right(value, 1)) <= 32
"""
"""JSON that Python reads otherwise than SQL: integers beyond 2**53, halves of letters, blanks around a value."""


def tell(run: Run, film: Film, until: datetime | None, only: str | None = None) -> None:
    """Makes `told_leads`, `told_events` and `told_touches`, of all leads or of those in table `only`.

    Leads that the engine judges itself come into `told_odd` instead: those that were ever merged into another one,
    and those with a value that SQL may read otherwise.
    """
    these = f"SEMI JOIN {only} USING (lead_id)" if only else ""
    asked = list(film.attributes)
    if only or until:
        told = f"SELECT * FROM ({EVENTS}) AS e {these}"
        run(f"CREATE TEMP TABLE told_events AS {told}", {"until": until, "asked": asked})
    else:
        run(f"CREATE TEMP VIEW told_events AS {ALL_EVENTS}")
    run(
        "CREATE OR REPLACE TEMP TABLE told_odd AS SELECT DISTINCT lead_id FROM ("
        f"SELECT lead_id FROM told_events WHERE list_contains($asked, attr) AND ({ODD}) "
        f"UNION ALL SELECT lead_id FROM ({MERGES}) AS m {these})",
        {"until": until, "asked": asked},
    )
    run(
        "CREATE OR REPLACE TEMP TABLE told_leads AS SELECT lead_id, min(created_at) AS created_at "
        f"FROM live.leads {these} ANTI JOIN told_odd USING (lead_id) GROUP BY lead_id"
    )
    tell_touches(run, film, until, only)


def tell_touches(run: Run, film: Film, until: datetime | None, only: str | None = None) -> None:
    """Makes `told_touches`; empty where no rule counts any."""
    these = f"SEMI JOIN {only} USING (lead_id)" if only else ""
    some = "" if film.counts else "LIMIT 0"
    run(f"CREATE OR REPLACE TEMP TABLE told_touches AS SELECT * FROM ({TOUCHES}) AS t {these} {some}", {"until": until})


def histories(
    run: Run, asked: Iterable[str], touches: bool, until: datetime | None, only: Iterable[str]
) -> dict[str, LeadHistory]:
    """What happened to these leads and to all that they may be part of, as recorded until then."""
    merges = _merges(run, until)
    leads = {"leads": sorted(_with_survivors(only, merges))}
    events, met = _events(run, sorted(asked), until, leads), _touches(run, until, leads) if touches else {}
    return {
        lead_id: LeadHistory(
            lead_id, created_at, tuple(events[lead_id]), tuple(met.get(lead_id, ())), tuple(merges.get(lead_id, ()))
        )
        for lead_id, created_at in run(
            "SELECT lead_id, min(created_at) FROM live.leads WHERE lead_id IN (SELECT unnest($leads)) GROUP BY lead_id",
            leads,
        )
    }


def _with_survivors(only: Iterable[str], merges: Mapping[str, list[Merge]]) -> set[str]:
    found: set[str] = set()
    waiting = list(only)
    while waiting:
        lead_id = waiting.pop()
        if lead_id not in found:
            found.add(lead_id)
            waiting += [merge.survivor_id for merge in merges.get(lead_id, ())]
    return found


def _merges(run: Run, until: datetime | None) -> dict[str, list[Merge]]:
    found: dict[str, list[Merge]] = defaultdict(list)
    for lead_id, *merge in run(MERGES, {"until": until}):
        found[lead_id].append(Merge(*merge))
    return found


def _events(
    run: Run, asked: list[str], until: datetime | None, leads: dict[str, Any]
) -> dict[str, list[AttributeEvent]]:
    found: dict[str, list[AttributeEvent]] = defaultdict(list)
    for lead_id, event_id, attr, value, observed_at, recorded_at, _ in run(
        f"SELECT * FROM ({EVENTS}) WHERE lead_id IN (SELECT unnest($leads)) ORDER BY event_order",
        {"asked": asked, "until": until, **leads},
    ):
        told = None if value is None else json.loads(value)
        found[lead_id].append(AttributeEvent(event_id, attr, told, observed_at, recorded_at))
    return found


def _touches(run: Run, until: datetime | None, leads: dict[str, Any]) -> dict[str, list[Touch]]:
    found: dict[str, list[Touch]] = defaultdict(list)
    for lead_id, type_, occurred_at, recorded_at in run(
        f"SELECT lead_id, type, occurred_at, recorded_at FROM ({TOUCHES}) WHERE lead_id IN (SELECT unnest($leads))",
        {"until": until, **leads},
    ):
        found[lead_id].append(Touch(occurred_at, recorded_at, type_))
    return found
