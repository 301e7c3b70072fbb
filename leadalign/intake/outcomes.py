"""How a deal ended and when: by dates of its own, by the stage or status that says so, by the columns of its stages."""

import re
from dataclasses import dataclass

import pandas as pd

from leadalign.intake.frames import attribute_frame
from leadalign.intake.links import ask_about
from leadalign.intake.reading import Reading
from leadalign.intake.typing import INVISIBLE, as_json, meant
from leadalign.intake.usual import usual

BARE_NAME = re.compile(r"^(?P<stage>.+?)\s*\((?P<pipeline>[^()]+)\)$")


@dataclass(frozen=True)
class Steps:
    """When each deal was opened, won and lost, and when the CRM noted the end where it tells that apart."""

    opened: pd.Series
    won: pd.Series
    lost: pd.Series
    noted: pd.Series


def read_steps(reading: Reading) -> Steps:
    """The steps of each deal; what is odd about them is asked, with the rows."""
    opened, won, lost = (reading.instant(name) for name in ("opened_at", "won_at", "lost_at"))
    outcome, closed = _outcome(reading), reading.instant("closed_at")
    entered = {name: _entered(reading, name) for name in ("won", "lost")}
    won, lost = (
        _ended(outcome, name, own.fillna(closed.where(outcome.eq(name))), entered[name])
        for name, own in (("won", won), ("lost", lost))
    )
    noted = entered["won"].where(won.notna(), entered["lost"].where(lost.notna()))
    ended = won.fillna(lost)
    if not reading.blocked:
        ask_about(reading, "closed_without_date", outcome.isin(["won", "lost"]) & ended.isna(), _closing(reading))
        ask_about(reading, "closed_before_opened", ended + pd.Timedelta(days=1) <= opened, _closing(reading))
        ask_about(reading, "closed_in_future", ended > pd.Timestamp.now(tz="UTC"), _closing(reading))
    return Steps(opened, won, lost, noted)


def stage_story(reading: Reading, whose: pd.Series, seen: pd.Series) -> list[pd.DataFrame]:
    """Each stage that a deal came into, at its own date; else the stage that it is in now."""
    columns = stage_columns(reading)
    found = [
        attribute_frame(reading, whose, "deal_stage", _constantly(as_json(stage), when), when)
        for column, stage in columns.items()
        for when in [reading.instant_of(column)]
    ]
    if not columns and "stage" in reading.places:
        entered = reading.instant("entered_at")
        stage_now = reading.raw("stage").astype("object").map(as_json, na_action="ignore")
        found.append(attribute_frame(reading, whose, "deal_stage", stage_now, entered.fillna(seen)))
    return found


def stage_columns(reading: Reading) -> dict[str, str]:
    """The columns that say when a deal came into a stage, with the name of the stage."""
    found = {}
    for column in map(str, reading.frame.columns):
        for pattern in reading.format.stage_dates:
            match = re.fullmatch(pattern, INVISIBLE.sub("", column).strip(), re.IGNORECASE)
            if match:
                bare = BARE_NAME.match(match[1])
                found[column] = bare["stage"] if bare else match[1]
    return found


def _outcome(reading: Reading) -> pd.Series:
    """won, lost or open by the status, else by the stage; a word that nobody knows is asked and says nothing."""
    target = next((name for name in ("status", "stage") if reading.has(name)), None)
    ends = {"closed_at", "won_at", "lost_at"} & set(reading.places) or reading.format.stage_dates
    if target is None or not ends:
        return pd.Series(None, index=reading.frame.index, dtype="object")
    return reading.meaning(target, usual("outcome") | reading.format.values.get(target, {}))


def _entered(reading: Reading, name: str) -> pd.Series:
    """When a deal came into a stage that means this end; the latest where there are several such stages."""
    meanings = usual("outcome") | reading.format.values.get("stage", {})
    dates = [
        reading.instant_of(column)
        for column, stage in stage_columns(reading).items()
        if meant(pd.Series([stage]), meanings)[0] == name
    ]
    if not dates:
        return pd.Series(pd.NaT, index=reading.frame.index, dtype="datetime64[us, UTC]")
    return pd.concat(dates, axis=1).max(axis=1).astype("datetime64[us, UTC]")


def _ended(outcome: pd.Series, name: str, when: pd.Series, entered: pd.Series) -> pd.Series:
    """The date of this end; none where the CRM says today that the deal is not so (it was opened again)."""
    return when.fillna(entered).where(outcome.isna() | outcome.eq(name))


def _closing(reading: Reading) -> str | None:
    names = ("closed_at", "won_at", "lost_at")
    return next((reading.places[name] for name in names if name in reading.places), None)


def _constantly(value: str, when: pd.Series) -> pd.Series:
    return pd.Series(value, index=when.index, dtype="object").where(when.notna())
