"""A file that no format knows: a person says what its columns mean, and the answer is kept for the next such file."""

from typing import Any

import streamlit as st

from leadalign.intake import Format, TargetField, build_format, kinds, suggest, target_fields
from leadalign.problems import Refusal
from leadalign.store import save_format
from leadalign.texts import has
from leadalign.ui.language import naming, words
from leadalign.ui.memory import database
from leadalign.ui.people import current_person
from leadalign.ui.upload_questions import learn
from leadalign.ui.upload_report import in_words

NOTHING = ""
DATE_ORDERS = ("ymd", "dmy", "mdy")


def map_columns(file: str, found: Any) -> None:
    """The mapping table of one unknown file, with suggestions, a preview and a name to keep it under."""
    st.markdown(words("ui.mapping.unknown"))
    with st.expander(words("ui.mapping.preview"), expanded=True):
        st.dataframe(found.frame.head(5), hide_index=True, placeholder="")
    guessed, _ = suggest(found.header, found.preview, None)
    options = list(kinds())
    kind = st.selectbox(
        words("ui.mapping.kind"), options, index=options.index(guessed) if guessed in options else 0,
        format_func=naming("intake.kinds"), key=f"kind_{file}",
    )  # fmt: skip
    chosen = _table(file, found, kind)
    _keep(file, found, kind, chosen)


def _table(file: str, found: Any, kind: str) -> dict[str, str]:
    """Every field with its meaning and the column that fills it; suggested where the names are alike."""
    suggested = suggest(found.header, found.preview, kind)[1]
    chosen = {}
    with st.grid(2, min_column_width=320, gap="small"):
        for field in target_fields(kind):
            picked = _row(file, found, kind, field, suggested.get(field.name))
            if picked != NOTHING:
                chosen[field.name] = picked
    return chosen


def _row(file: str, found: Any, kind: str, field: Any, suggestion: str | None) -> str:
    """One field: its name and meaning, and the column to take."""
    options, nothing = [NOTHING, *found.header], words("ui.mapping.nothing")
    return st.selectbox(
        _label(field), options, key=f"map_{file}_{kind}_{field.name}",
        index=options.index(suggestion) if suggestion in options else 0,
        format_func=lambda column: column or nothing,
    )  # fmt: skip


def _keep(file: str, found: Any, kind: str, chosen: dict[str, str]) -> None:
    """The order of day and month, the name, and the button that uses the mapping."""
    order = st.segmented_control(
        words("ui.mapping.date_order"), DATE_ORDERS, format_func=naming("ui.date_orders"),
        key=f"order_{file}",
    )  # fmt: skip
    name = st.text_input(words("ui.mapping.name"), value=file.rsplit(".", 1)[0][:80], key=f"name_{file}")
    missing = [field.name for field in target_fields(kind) if field.required and field.name not in chosen]
    if missing:
        st.info(words("ui.mapping.missing", fields=", ".join(in_words("targets", field) for field in missing)))
    elif st.button(words("ui.mapping.use"), key=f"use_{file}", type="primary"):
        _use(file, build_format(name, kind, chosen, date_order=order))


def _use(file: str, mapping: Format) -> None:
    """Keeps the mapping for this file and, where the person may, for everybody's next one."""
    learn(file, mapping)
    who = current_person()
    try:
        if who is not None and who.may("save_format"):
            save_format(database(), who, mapping.name, mapping.to_toml())
    except Refusal:
        pass
    st.rerun()


def _label(field: TargetField) -> str:
    """The field's name, a star where it is needed, and what it holds."""
    name = in_words("targets", field.name) + (" \\*" if field.required else "")
    meaning = f"intake.meanings.{field.name}"
    return f"{name} · {words(meaning)}" if has(meaning) else name
