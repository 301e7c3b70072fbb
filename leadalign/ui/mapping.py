"""A file that no format knows: a person says what its columns mean, and the answer is kept for the next such file."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from leadalign.intake import TargetField, build_format, kinds, suggest, target_fields
from leadalign.intake.mapping import ONE_OF
from leadalign.problems import Refusal
from leadalign.store import Actor, Draft, answer_draft, save_format
from leadalign.texts import formats, has
from leadalign.ui.escape import plain
from leadalign.ui.language import language, naming, words
from leadalign.ui.memory import database
from leadalign.ui.upload_answers import Answers
from leadalign.ui.upload_list import step_heading
from leadalign.ui.upload_questions import ask_all
from leadalign.ui.upload_reading import Told
from leadalign.ui.upload_report import in_words, samples_of, show_rows
from leadalign.ui.upload_work import sentence_of

NOTHING = ""
DATE_ORDERS = ("ymd", "dmy", "mdy")
LONGEST_SAMPLE = 40


def map_columns(who: Actor, draft: Draft, told: Told) -> None:
    """The mapping of one unknown file: what kind it is, each of our columns with the column that fills it, a name."""
    step_heading("understood")
    st.markdown(words("ui.mapping.unknown"))
    with st.expander(words("ui.mapping.preview"), expanded=True):
        show_rows(told.first, f"unknown_{draft.draft_id}", "first_rows")
    step_heading("questions")
    ask_all(draft, told)
    kind = _choose_kind(draft, told)
    st.caption(words("ui.mapping.suggested"))
    chosen = _choose_columns(draft, told, kind)
    _finish(who, draft, kind, chosen)


def _begun(draft: Draft) -> dict[str, Any]:
    """The mapping as far as somebody made it before."""
    return Answers.of(draft.answers).mapping


def _choose_kind(draft: Draft, told: Told) -> str:
    """What kind of table it is; the likeliest where nobody said."""
    options = list(kinds())
    guessed = _begun(draft).get("kind") or suggest(told.found.header, told.found.preview, None)[0]
    return st.selectbox(
        words("ui.mapping.kind"), options, index=options.index(guessed) if guessed in options else 0,
        format_func=naming("intake.kinds"), key=f"kind_{draft.draft_id}",
    )  # fmt: skip


def _choose_columns(draft: Draft, told: Told, kind: str) -> dict[str, str]:
    """The needed and the likely columns first; the others behind a fold."""
    suggested = suggest(told.found.header, told.found.preview, kind)[1]
    begun = _begun(draft)
    likely = begun["columns"] if begun.get("kind") == kind else suggested
    fields = target_fields(kind)
    needed = {name for names in _needed(kind) for name in names}
    first = [field for field in fields if field.name in needed or field.name in likely or field.name in suggested]
    chosen = _rows(draft, told, kind, first or list(fields), likely)
    others = [field for field in fields if field not in first] if first else []
    if others:
        with st.expander(words("ui.mapping.more", count=formats.number(len(others), language()))):
            chosen |= _rows(draft, told, kind, others, likely)
    return chosen


def _rows(draft: Draft, told: Told, kind: str, fields: Sequence[TargetField], likely: dict[str, str]) -> dict[str, str]:
    """Each field with the column that fills it, and beside it what that column's cells hold."""
    chosen = {}
    for field in fields:
        with st.container(
            horizontal=True, vertical_alignment="bottom", key=f"row_{draft.draft_id}_{kind}_{field.name}"
        ):
            picked = _choose_column(draft, told, kind, field, likely.get(field.name))
            st.caption(_cells(picked, told), width=280)
        if picked != NOTHING:
            chosen[field.name] = picked
    return chosen


def _choose_column(draft: Draft, told: Told, kind: str, field: TargetField, likely: str | None) -> str:
    """One field: its name and meaning, and the column to take."""
    options, nothing = [NOTHING, *told.found.header], words("ui.mapping.nothing")
    return st.selectbox(
        _label(kind, field), options, key=f"map_{draft.draft_id}_{kind}_{field.name}",
        index=options.index(likely) if likely in options else 0, format_func=lambda column: column or nothing,
        width="stretch",
    )  # fmt: skip


def _cells(column: str, told: Told) -> str:
    """Some cells of the chosen column."""
    if column == NOTHING:
        return "\u2007"
    found = [formats.apart(plain(cell[:LONGEST_SAMPLE])) for cell in samples_of(column, told.first)]
    return words("ui.mapping.cells", cells=" · ".join(found)) if found else words("ui.mapping.blank")


def _needed(kind: str) -> list[set[str]]:
    """What a table of this kind cannot do without: of each set one column."""
    return [{field.name} for field in target_fields(kind) if field.required] + ONE_OF.get(kind, [])


def _label(kind: str, field: TargetField) -> str:
    """The field's name, whether it or one of several is needed, and what it holds."""
    name = in_words("targets", field.name)
    if field.required:
        name += f" ({words('ui.mapping.needed')})"
    elif any(field.name in names for names in _needed(kind)):
        name += f" ({words('ui.mapping.one_needed')})"
    meaning = f"intake.meanings.{field.name}"
    return f"{name} · {words(meaning)}" if has(meaning) else name


def _finish(who: Actor, draft: Draft, kind: str, chosen: dict[str, str]) -> None:
    """The order of day and month, the name, and the button that uses the mapping; what was said so far is kept."""
    begun = _begun(draft)
    order = st.segmented_control(
        words("ui.mapping.date_order"), DATE_ORDERS, format_func=naming("ui.date_orders"),
        key=f"order_{draft.draft_id}", default=begun.get("order"), help=words("ui.mapping.date_order_open"),
    )  # fmt: skip
    name = st.text_input(
        words("ui.mapping.name"), key=f"name_{draft.draft_id}", max_chars=80,
        value=begun.get("name") or draft.file_name.rsplit(".", 1)[0][:80],
    )  # fmt: skip
    _keep(who, draft, {**begun, "kind": kind, "columns": chosen, "order": order, "name": name})
    missing = [_either(kind, names) for names in _needed(kind) if not names & set(chosen)]
    if missing:
        st.info(words("ui.mapping.missing", fields="; ".join(missing)))
    if st.button(words("ui.mapping.use"), key=f"use_{draft.draft_id}", type="primary", disabled=bool(missing)):
        _use(who, draft, name.strip() or draft.file_name, kind, chosen, order)


def _either(kind: str, names: set[str]) -> str:
    """Columns of which one is needed, in words."""
    of_kind = [field.name for field in target_fields(kind) if field.name in names]
    return f" {words('ui.mapping.or')} ".join(in_words("targets", name) for name in of_kind)


def _keep(who: Actor, draft: Draft, mapping: dict[str, Any]) -> None:
    """Keeps a mapping that is being made, so that anybody can go on with it."""
    if mapping != _begun(draft):
        answers = Answers.of({**draft.answers, "mapping": mapping})
        answer_draft(database(), who, draft.draft_id, answers.kept())
        draft.answers.update(answers.kept())


def _use(who: Actor, draft: Draft, name: str, kind: str, chosen: dict[str, str], order: str | None) -> None:
    """Reads the file by the mapping and keeps it for everybody's next one; says so where that is refused."""
    try:
        mapping = build_format(name, kind, chosen, date_order=order)
        if who.may("save_format"):
            save_format(database(), who, mapping.name, mapping.to_toml())
    except Refusal as refusal:
        st.error(sentence_of(refusal))
        return
    answers = Answers.of(draft.answers).mapped_as(mapping)
    answer_draft(database(), who, draft.draft_id, answers.kept())
    st.rerun()
