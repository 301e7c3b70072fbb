"""Invented exports of any size as files: a table of leads, its activities, and the next night's table of activities."""

from pathlib import Path

import duckdb

FIRST_DAY, SPAN, REPS, KINDS = "2024-06-01", 51_840_000, 12, "['call', 'meeting', 'demo', 'email']"
ACTIVITIES_A_LEAD = 10
CHANGED = 100
"""One of so many activities is longer in the next night's export."""

LEADS = """
SELECT 'lead-' || lpad(i::TEXT, 6, '0') AS lead_id,
    strftime(TIMESTAMP '2024-01-01' + to_seconds(hash(i, 'born') % 51840000), '%Y-%m-%dT%H:%M:%SZ') AS created_at,
    'source-' || hash(i, 'source') % 8 AS source, 'campaign-' || hash(i, 'campaign') % 20 AS campaign,
    'account-' || i // 3 AS account_id
FROM range({leads}) AS r(i)
"""
ACTIVITIES = """
SELECT 'act-' || lpad(i::TEXT, 7, '0') AS activity_id,
    'lead-' || lpad((hash(i, 'lead') % {leads})::TEXT, 6, '0') AS lead_id,
    'rep-' || lpad((hash(i, 'rep') % {reps})::TEXT, 2, '0') AS person_id,
    {kinds}[1 + CAST(hash(i, 'kind') % 4 AS BIGINT)] AS type,
    strftime(TIMESTAMP '{first}' + to_seconds(hash(i, 'began') % {span}), '%Y-%m-%dT%H:%M:%SZ') AS started_at,
    5 + hash(i, 'minutes') % 50 + {later} AS duration_min
FROM range({activities}) AS r(i)
"""
LONGER = f"CAST(hash(i, 'changed') % {CHANGED} = 0 AS INTEGER)"
WIDE_LEADS = """
SELECT 'H' || lpad(i::TEXT, 9, '0') AS "Record ID", 'First ' || hash(i, 'a') % 5000 AS "First Name", 'שם משפחה ' || hash(i, 'b') % 9000 AS "Last Name",
    'person' || i || '@one.example' AS "Email", strftime(TIMESTAMP '2024-01-01' + to_seconds(hash(i, 'born') % 51840000), '%Y-%m-%d %H:%M') AS "Create Date",
    ['New', 'Open', 'In Progress', 'Unqualified'][1 + CAST(hash(i, 'status') % 4 AS BIGINT)] AS "Lead Status",
    ['lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'customer'][1 + CAST(hash(i, 'stage') % 4 AS BIGINT)] AS "Lifecycle Stage",
    'PAID_SEARCH' AS "Original Source", 'Rep ' || hash(i, 'owner') % 20 AS "Contact owner", {more}
FROM range({leads}) AS r(i)
"""  # noqa: E501


def write_leads(path: Path, leads: int) -> None:
    """leadalign's own layout: one row a lead."""
    _write(path, LEADS.format(leads=leads))


def write_activities(path: Path, activities: int, *, next_night: bool = False) -> None:
    """leadalign's own layout: one row an activity, about 60 bytes; the next night one of a hundred has changed."""
    leads, later = max(1, activities // ACTIVITIES_A_LEAD), LONGER if next_night else "0"
    _write(path, ACTIVITIES.format(
        activities=activities, leads=leads, later=later, reps=REPS, kinds=KINDS, first=FIRST_DAY, span=SPAN,
    ))  # fmt: skip


def write_wide_leads(path: Path, leads: int) -> None:
    """A CRM's table of contacts with forty columns: words, numbers, dates, yes and no, and free text with commas."""
    kinds = (
        "hash(i, '{0}') % 1000", "'word ' || hash(i, '{0}') % 300",
        "['true', 'false'][1 + CAST(hash(i, '{0}') % 2 AS BIGINT)]",
        "strftime(TIMESTAMP '2025-01-01' + to_seconds(hash(i, '{0}') % 9000000), '%Y-%m-%d')",
        "'note, ' || hash(i, '{0}') || ' \"quoted\"'",
    )  # fmt: skip
    more = ", ".join(f'{kinds[place % 5].format(place)} AS "Property {place}"' for place in range(31))
    _write(path, WIDE_LEADS.format(leads=leads, more=more))


def _write(path: Path, rows: str) -> None:
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1; SET enable_progress_bar = false")
        connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT csv, HEADER)")
