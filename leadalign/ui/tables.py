"""Tables of figures and of leads, for reading, sorting and taking away."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import pandas as pd
import streamlit as st

from leadalign.settings import settings
from leadalign.ui.device import on_a_phone
from leadalign.ui.downloads import offer_csv
from leadalign.ui.language import language, words


def in_reading_order(columns: Sequence[str]) -> list[str]:
    """The columns as the reader's eye meets them: the grid itself always runs from the left.

    Not on a phone, where only the left end is in sight, and that must be the names and not the last column.
    """
    return list(reversed(columns)) if language() == "he" and not on_a_phone() else list(columns)


def show_table(
    table: pd.DataFrame, name: str, columns: dict[str, Any], *, pick: bool = False, height: int | None = None,
    alt: str = "",
) -> int | None:  # fmt: skip
    """The table with its CSV file below it; with `pick` the number of the row that was clicked."""
    event = st.dataframe(
        table,
        hide_index=True,
        column_order=in_reading_order(list(columns)),
        column_config=columns,
        key=f"table_{name}",
        height=height or "auto",
        placeholder="",
        on_select="rerun" if pick else "ignore",
        selection_mode="single-row",
        alt=alt or words(f"ui.tables.{name}"),
    )
    offer_csv(name, _taker(table, columns))
    rows = cast(Any, event)["selection"]["rows"] if pick else []
    return rows[0] if rows else None


def _taker(table: pd.DataFrame, columns: dict[str, Any]) -> Callable[[], pd.DataFrame]:
    """What a CSV file takes of the table: the columns that are shown, made when somebody asks."""
    return lambda: table[list(columns)]


def heading(key: str) -> str:
    """The name of a column of that key."""
    return words(f"ui.columns.{key}")


def text(key: str, **more: Any) -> Any:
    """A column of words."""
    return st.column_config.TextColumn(heading(key), **more)


def count(key: str) -> Any:
    """A column of numbers."""
    return st.column_config.NumberColumn(heading(key), format="localized")


def share(key: str) -> Any:
    """A column of shares, shown as percentages."""
    return st.column_config.NumberColumn(heading(key), format="percent")


def day_column(key: str) -> Any:
    """A column of days."""
    return st.column_config.DateColumn(heading(key), format="YYYY-MM-DD")


def moment_column(key: str) -> Any:
    """A column of instants, in the company's zone."""
    return st.column_config.DatetimeColumn(heading(key), format="YYYY-MM-DD HH:mm", timezone=settings().zone)
