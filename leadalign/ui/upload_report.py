"""What intake made of one file, told to whoever brought it: rows, columns, repairs, refusals, and that it adds up."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

import leadalign.ui.tables as tables
from leadalign.intake import Column, RefusedRow, Repair, Understanding
from leadalign.settings import settings
from leadalign.store import savers
from leadalign.texts import formats, has
from leadalign.ui.downloads import offer_csv
from leadalign.ui.escape import plain
from leadalign.ui.language import language, words
from leadalign.ui.memory import database
from leadalign.ui.people import name_of_person
from leadalign.ui.upload_list import step_heading
from leadalign.ui.upload_reading import Told

SYSTEMS = {
    "hubspot": "HubSpot", "salesforce": "Salesforce", "zoho": "Zoho", "pipedrive": "Pipedrive", "native": "leadalign",
    "dynamics": "Dynamics 365", "odoo": "Odoo", "mautic": "Mautic", "espocrm": "EspoCRM", "suitecrm": "SuiteCRM",
}  # fmt: skip
MOST_REFUSED, MOST_LINES, LONGEST_CELL = 500, 12, 200


def show_report(told: Told, key: str) -> None:
    """Step 2: a sentence, the rows as they add up, the first of them, and what became of columns and rows."""
    found = told.found
    step_heading("understood")
    if found.kind:
        st.markdown(_recognised(told))
    if said := _by_mapping(found):
        st.caption(said)
    say_accounting(found.rows_in_file, found.rows, len(found.refused), found.rows_away)
    show_rows(told.first, f"first_{key}", "first_rows")
    show_columns(found.columns, told.first)
    show_repairs(found.repairs)
    show_refused(found.refused, key)


def _recognised(told: Told) -> str:
    """What the file is, how many rows it has, and of which time it tells."""
    found = told.found
    name = format_name(found.format.name if found.format else str(found.kind))
    rows = formats.number(found.rows, language())
    said = words("ui.uploads.understood", format=plain(name), rows=rows, kind=words(f"intake.kinds.{found.kind}"))
    if not told.period:
        return said
    start, end = (formats.day(day, language()) for day in told.period)
    more = words("ui.uploads.period_day", start=start) if start == end else words("ui.uploads.period", start=start,
                                                                                  end=end)  # fmt: skip
    return f"{said} {more}"


def saved_by(found: Understanding) -> dict[str, Any] | None:
    """Who saved the mapping that recognised the file, and when; None where it was one of leadalign's own formats."""
    return savers(database()).get(found.format.name) if found.format else None


def _by_mapping(found: Understanding) -> str:
    """That a person's mapping recognised the file."""
    saved = saved_by(found)
    if saved is None or found.format is None:
        return ""
    when = formats.moment(saved["saved_at"], settings().zone, language())
    name, who = plain(format_name(found.format.name)), plain(name_of_person(saved["saved_by"]))
    return words("ui.uploads.by_mapping", name=name, who=who, when=when)


def format_name(name: str) -> str:
    """A format as people call it: "Zoho leads"."""
    system, _, rest = name.partition("_")
    return f"{SYSTEMS[system]} {rest.replace('_', ' ')}" if system in SYSTEMS else name


def say_accounting(all_rows: int, read: int, refused: int, away: int) -> None:
    """That no row was lost: those in the file are those read, refused and put aside."""
    counts = {"all": all_rows, "read": read, "refused": refused, "away": away}
    st.caption(words("ui.uploads.adds_up", **{name: formats.number(n, language()) for name, n in counts.items()}))


def show_rows(rows: pd.DataFrame, key: str, alt: str) -> None:
    """Rows as the file has them, each with its line; in the file's own order, for the first columns say most."""
    if not len(rows):
        return
    shown = rows.astype("object").where(rows.notna(), "").map(lambda cell: str(cell)[:LONGEST_CELL])
    shown.insert(0, tables.heading("line"), [int(line) for line in rows.index])
    st.dataframe(
        shown, hide_index=True, key=f"rows_{key}", alt=words(f"ui.tables.{alt}"), placeholder="",
        column_config={tables.heading("line"): st.column_config.NumberColumn(width="small", pinned=True)},
    )  # fmt: skip


def show_repairs(repairs: Sequence[Repair]) -> None:
    """Each rule by which something was mended, with how often and where."""
    if not repairs:
        return
    count = formats.number(sum(repair.count for repair in repairs), language())
    with st.expander(words("ui.uploads.repaired", count=count)):
        st.markdown("\n".join(f"- {_repair_line(repair)}" for repair in repairs))


def _repair_line(repair: Repair) -> str:
    """One repair: the rule, its column, its count, its lines."""
    said = f"{in_words('repairs', repair.rule)} ({formats.number(repair.count, language())})"
    column = f"“{formats.apart(plain(repair.column))}”: " if repair.column else ""
    return f"{column}{said}{_lines(repair.lines)}"


def _lines(lines: Sequence[int]) -> str:
    """The lines of the file where it happened, the first dozen."""
    if not lines:
        return ""
    shown = ", ".join(formats.number(line, language()) for line in lines[:MOST_LINES])
    more = len(lines) - MOST_LINES
    if more > 0:
        shown += " " + words("ui.uploads.and_more", count=formats.number(more, language()))
    return " · " + words("ui.uploads.at_lines", lines=shown)


def show_refused(refused: Sequence[RefusedRow], key: str) -> None:
    """The refused rows with the reason for each, and their file."""
    if not refused:
        return
    count = formats.number(len(refused), language())
    said = words("ui.uploads.refused_one") if len(refused) == 1 else words("ui.uploads.refused", count=count)
    with st.expander(f":orange[{said}] {words('ui.uploads.see_refused')}", icon=":material/block:"):
        if len(refused) > MOST_REFUSED:
            st.caption(words("ui.uploads.most_shown", count=formats.number(MOST_REFUSED, language())))
        columns = {"line": tables.count("line"), "reason": tables.text("reason"), "text": tables.text("text")}
        _grid(_refused_table(refused[:MOST_REFUSED]), columns, "refused")
        offer_csv(f"refused-{key}", lambda: _refused_table(refused), words("ui.uploads.download_refused"))


def _refused_table(refused: Sequence[RefusedRow]) -> pd.DataFrame:
    """Line, reason in words and text of each."""
    rows = [(row.line, in_words("refused", row.reason, row.details, raw=True), row.text) for row in refused]
    return pd.DataFrame(rows, columns=["line", "reason", "text"])


def show_columns(found: Sequence[Column], first: pd.DataFrame) -> None:
    """Which column became what, with a cell for example."""
    if not found:
        return
    used = sum(1 for column in found if column.target)
    counts = {"used": formats.number(used, language()), "all": formats.number(len(found), language())}
    with st.expander(words("ui.uploads.columns_of", **counts)):
        rows = [(column.name, _target(column.target), _example(column.name, first), column.filled) for column in found]
        columns = {"column": tables.text("column"), "becomes": tables.text("becomes"),
                   "example": tables.text("example"), "filled": tables.count("filled")}  # fmt: skip
        _grid(pd.DataFrame(rows, columns=list(columns)), columns, "columns")


def _example(column: str, first: pd.DataFrame) -> str:
    """A cell of the column, from the first rows."""
    return next((str(cell)[:LONGEST_CELL] for cell in samples_of(column, first)), "")


def samples_of(column: str, first: pd.DataFrame, most: int = 3) -> list[str]:
    """Some different cells of a column, from the first rows."""
    return [str(cell) for cell in first[column].dropna().unique()[:most]] if column in first.columns else []


def _grid(table: pd.DataFrame, columns: dict[str, Any], alt: str) -> None:
    """A plain table in the reader's order."""
    st.dataframe(table, hide_index=True, column_config=columns, alt=words(f"ui.tables.{alt}"),
                 column_order=tables.in_reading_order(list(columns)))  # fmt: skip


def _target(target: str | None) -> str:
    """What a column fills, in words; an attribute keeps its own name."""
    if target is None:
        return words("ui.uploads.unread_column")
    if target.startswith("attributes."):
        return target.removeprefix("attributes.")
    return in_words("targets", target, raw=True)


def in_words(block: str, code: str, details: dict[str, Any] | None = None, *, raw: bool = False) -> str:
    """Intake's words for a code with its details; what they quote of the file is made plain unless `raw`."""
    if not has(f"intake.{block}.{code}"):
        return code if raw else plain(code)
    quoted = {name: value if raw else plain(value) for name, value in (details or {}).items()}
    one = quoted.get("count") in (1, "1") and has(f"intake.{block}.{code}_one")
    return words(f"intake.{block}.{code}_one" if one else f"intake.{block}.{code}", **quoted)
