"""How fresh each export is: when it came last, up to when it tells, how often it comes, whether it is overdue."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import streamlit as st

import leadalign.ui.tables as tables
from leadalign import data_health
from leadalign.data_health import Feed
from leadalign.settings import settings
from leadalign.store.database import now
from leadalign.texts import formats, has
from leadalign.ui.language import language, words
from leadalign.ui.memory import remembered


@remembered
def _feeds(db: Any) -> tuple[Feed, ...]:
    return data_health.feeds(db)


def overdue_feeds() -> list[Feed]:
    """The exports that should be here by now, the longest missing first."""
    late = [feed for feed in _feeds() if feed.is_overdue(now())]
    return sorted(late, key=lambda feed: feed.last_upload)


def overdue_sentence(feed: Feed) -> str:
    """Which export is overdue, and since when."""
    said = {"what": words(f"intake.kinds.{feed.kind}"), "system": name_of_system(feed.system)}
    return words("data_health.headline.overdue", age=_time(now() - feed.last_upload), **said)


def name_of_system(system: str) -> str:
    """A system by its name; one that people named themselves as they wrote it."""
    return words(f"data_health.systems.{system}") if has(f"data_health.systems.{system}") else system


def show_feeds() -> None:
    """Each export with its last upload, its last event, its rhythm and its state."""
    found, instant = _feeds(), now()
    if not found:
        st.caption(words("data_health.feeds.none"))
        return
    columns = {"system": tables.text("system"), "kind": tables.text("kind"), "state": tables.text("state"),
               "last_upload": tables.moment_column("last_upload"), "age": tables.text("age"),
               "last_event": tables.moment_column("last_event"), "rhythm": tables.text("rhythm")}  # fmt: skip
    tables.show_table(pd.DataFrame([_row(feed, instant) for feed in found]), "feeds", columns)
    s, tongue = settings(), language()
    patience, days = formats.number(s.feed_patience, tongue, 1), formats.number(s.feed_days, tongue)
    st.caption(words("data_health.feeds.says", patience=patience, days=days))


def _row(feed: Feed, instant: datetime) -> dict[str, Any]:
    """One export as people read it."""
    state = "overdue" if feed.is_overdue(instant) else "was_old" if feed.was_old else "fresh"
    usual = (
        words("data_health.feeds.every", time=_time(feed.rhythm))
        if feed.rhythm
        else words("data_health.feeds.no_rhythm")
    )
    return {
        "system": name_of_system(feed.system), "kind": words(f"intake.kinds.{feed.kind}"),
        "state": words(f"data_health.feeds.{state}"), "last_upload": feed.last_upload,
        "age": _time(instant - feed.last_upload),
        "last_event": feed.last_event, "rhythm": usual,
    }  # fmt: skip


def _time(length: timedelta) -> str:
    """A length of time in whole hours, or from a day on in days."""
    hours = max(round(length.total_seconds() / 3600), 0)
    days = round(hours / 24)
    if not hours:
        return words("data_health.feeds.under_an_hour")
    if hours < 24:
        return words("data_health.feeds.hours", hours=formats.number(hours, language()))
    return (
        words("data_health.feeds.day")
        if days == 1
        else words("data_health.feeds.days", days=formats.number(days, language()))
    )
