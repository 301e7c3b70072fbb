"""Bringing in exports: what was understood, repaired, refused and asked, and nothing kept before a person agrees."""

from typing import Any

import pandas as pd
import streamlit as st

from leadalign.intake import Format
from leadalign.intake import formats as formats_known
from leadalign.problems import Refusal
from leadalign.texts import formats, has
from leadalign.ui import tables
from leadalign.ui.downloads import offer_csv
from leadalign.ui.escape import plain
from leadalign.ui.language import language, words
from leadalign.ui.mapping import map_columns
from leadalign.ui.memory import database
from leadalign.ui.people import current_person
from leadalign.uploads import take_in, understand


def show_uploader() -> None:
    """The place to drop files, and beneath it what each of them holds."""
    st.session_state.setdefault("upload_round", 0)
    files = st.file_uploader(
        words("ui.uploads.drop"), accept_multiple_files=True, key=f"files_{st.session_state['upload_round']}",
        help=words("ui.uploads.formats_help", formats=", ".join(format.name for format in formats_known())),
    )  # fmt: skip
    ready = [found for file in files or [] if (found := _show_file(file.name, file.getvalue())) is not None]
    _said_before()
    if ready:
        _confirm(ready)


def _show_file(name: str, content: bytes) -> tuple[Any, bytes] | None:
    """What one file holds; None while it cannot be taken in."""
    with st.container(border=True):
        st.subheader(plain(name), anchor=False)
        try:
            found = understand(database(), name, content, chosen_format(name))
        except Refusal as refusal:
            st.error(sentence_of(refusal))
            return None
        if found.format is None:
            map_columns(name, found)
            return None
        show_understanding(found)
        return found, content


def chosen_format(name: str) -> Format | None:
    """The mapping that a person just made for this file, as a format."""
    return st.session_state.get("mapped_formats", {}).get(name)


def sentence_of(refusal: Refusal) -> str:
    """The refusal as a sentence; what it quotes of a file is shown letter by letter."""
    details = {name: plain(value) for name, value in refusal.problem.details.items()}
    return words(f"problems.{refusal.problem.code}", **details)


def show_understanding(found: Any) -> None:
    """Rows and columns as read, then repairs, refusals and questions."""
    refused, amount = len(found.refused), lambda x: formats.number(x, language())
    st.markdown(
        words("ui.uploads.understood", format=plain(found.format.name), rows=amount(found.rows), kind=words(f"ui.kinds.{found.kind}"))
    )
    _show_repairs(found.repairs)
    if refused:
        st.markdown(words("ui.uploads.refused", count=amount(refused)))
        table = pd.DataFrame([(row.line, _reason(row.reason), row.text) for row in found.refused], columns=["line", "reason", "text"])
        columns = {"line": tables.count("line"), "reason": tables.text("reason"), "text": tables.text("text")}
        with st.expander(words("ui.uploads.see_refused")):
            st.dataframe(table, hide_index=True, column_config=columns, column_order=tables.in_reading_order(list(columns)))
        offer_csv(f"refused-{found.sha256[:8]}", lambda: table, words("ui.uploads.download_refused"))
    for question in found.questions:
        st.warning(_question(question), icon=":material/help:")
    _show_columns(found)


def _show_repairs(repairs: list[Any]) -> None:
    """Each rule by which something was mended, with how often."""
    lines = [f"- {_repair(repair.rule)}: {formats.number(repair.count, language())}" for repair in repairs]
    if lines:
        st.markdown(words("ui.uploads.repaired") + "\n" + "\n".join(lines))


def _show_columns(found: Any) -> None:
    """Which column became what."""
    with st.expander(words("ui.uploads.columns")):
        rows = [(column.name, _target(column.target), column.filled) for column in found.columns]
        table = pd.DataFrame(rows, columns=["column", "becomes", "filled"])
        columns = {"column": tables.text("column"), "becomes": tables.text("becomes"), "filled": tables.count("filled")}
        st.dataframe(table, hide_index=True, column_config=columns, column_order=tables.in_reading_order(list(columns)))


def _confirm(ready: list[tuple[Any, bytes]]) -> None:
    """The button that takes the files in; without a name there is no button."""
    who = current_person()
    if who is None:
        st.info(words("ui.people.first"), icon=":material/person:")
    elif not who.may("import"):
        st.info(words("ui.frame.not_for_you"), icon=":material/lock:")
    elif st.button(words("ui.uploads.confirm", count=formats.number(len(ready), language())), type="primary"):
        _take_in(ready, who)


def _take_in(ready: list[tuple[Any, bytes]], who: Any) -> None:
    """Takes in one file after the other, says how far it is, and clears the desk."""
    said, bar = [], st.progress(0.0)
    for number, (found, content) in enumerate(ready):
        bar.progress(number / len(ready), text=words("ui.uploads.taking_in", file=plain(found.file)))
        try:
            added = take_in(database(), who, found, content).events_added
            said.append(words("ui.uploads.taken_in", file=plain(found.file), events=formats.number(added, language())))
        except Refusal as refusal:
            said.append(sentence_of(refusal))
    st.session_state["uploads_said"] = said
    st.session_state["upload_round"] += 1
    st.rerun()


def _said_before() -> None:
    """What came of the last files, told once."""
    for sentence in st.session_state.pop("uploads_said", []):
        st.success(sentence)


def _words_or_code(block: str, code: str) -> str:
    """The words for a code of intake; the code itself where there are none."""
    return words(f"{block}.{code}") if has(f"{block}.{code}") else plain(code)


def _reason(code: str) -> str:
    return _words_or_code("intake.refused", code)


def _repair(code: str) -> str:
    return _words_or_code("intake.repairs", code)


def _target(name: str | None) -> str:
    return "–" if name is None else _words_or_code("intake.targets", name)


def _question(question: Any) -> str:
    details = {name: plain(value) for name, value in question.details.items()}
    return words(f"intake.questions.{question.code}", column=plain(question.column), **details)
