"""Exports in which nothing was ever lost: a list that hides what failed makes every rate too good."""

import pandas as pd

from leadalign.intake.reading import Reading

FEW_WINS = 5
"""From this many wins on, not a single loss is more likely a list that hides them than luck."""


def ask_where_none_lost(reading: Reading, counted: tuple[pd.Series, pd.Series, pd.Series]) -> None:
    """Asks whether the lost are missing, given which rows are won, lost and open; told with the counts."""
    won, lost, open_ = (int((each.astype(bool) & reading.kept).sum()) for each in counted)
    enough = won + open_ if reading.format.hides_lost else won if won >= FEW_WINS else 0
    if enough and not lost and not reading.blocked:
        code = "no_lost_leads" if reading.format.hides_lost else "nothing_lost"
        reading.findings.ask(code, won=won, open=open_, count=won + open_)
