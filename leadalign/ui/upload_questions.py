"""What a file leaves open, asked with the rows that raise it; each answer is kept at once and can be changed back."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from leadalign.intake import Question
from leadalign.store import Draft, answer_draft, waiting_drafts
from leadalign.texts import formats, has
from leadalign.ui.escape import plain
from leadalign.ui.language import language, words
from leadalign.ui.memory import database
from leadalign.ui.people import current_person
from leadalign.ui.upload_answers import Answers
from leadalign.ui.upload_list import step_heading
from leadalign.ui.upload_reading import Told, reading_of
from leadalign.ui.upload_report import format_name, in_words, show_rows

MOST_VALUES, SIDE_BY_SIDE = 30, 4
Asked = tuple[Question, pd.DataFrame]


def show_questions(draft: Draft, told: Told) -> None:
    """Step 3: what the file asks, if it asks anything."""
    step_heading("questions")
    if not told.found.questions:
        st.caption(f":material/check: {words('ui.uploads.no_questions')}")
    ask_all(draft, told)


def ask_all(draft: Draft, told: Told) -> None:
    """What must be answered first, then what to look at, then what was answered."""
    asked = _joined(list(zip(told.found.questions, told.behind, strict=True)))
    needed = [pair for pair in asked if pair[0].blocks]
    others = [pair for pair in asked if not pair[0].blocks]
    if needed:
        st.warning(words("ui.uploads.needed"), icon=":material/help:")
    for number, (question, rows) in enumerate(needed):
        _ask(draft, question, rows, f"needed_{number}")
    if others:
        label = words("ui.uploads.to_check", count=formats.number(len(others), language()))
        with st.expander(label, expanded=not needed, key=f"to_check_{draft.draft_id}"):
            for number, (question, rows) in enumerate(others):
                _ask(draft, question, rows, f"check_{number}")
    show_given(draft, [(one.code, one.column) for one, _ in asked if one.code != "unknown_value"])


def _joined(asked: Sequence[Asked]) -> list[Asked]:
    """Questions with one answer between them, such as those about each further table, as one choice."""
    joined: dict[tuple[str, str | None], Asked] = {}
    for number, (question, rows) in enumerate(asked):
        if question.code != "another_table":
            joined[f"{question.code} {number}", question.column] = (question, rows)
            continue
        before = joined.get(("another_table", None))
        choices = (*before[0].choices, *question.choices) if before else question.choices
        details = {"tables": [*(before[0].details["tables"] if before else []), question.details]}
        together = Question(question.code, None, details, choices, question.blocks or bool(before and before[0].blocks))
        joined["another_table", None] = (together, rows)
    return list(joined.values())


def _ask(draft: Draft, question: Question, rows: pd.DataFrame, key: str) -> None:
    """One question: its sentence, the rows that raise it, its possible answers."""
    with st.container(border=question.blocks, key=f"question_{key}_{draft.draft_id}"):
        for sentence in _sentences(question):
            st.markdown(sentence)
        if len(rows):
            st.caption(words("ui.uploads.rows_behind"))
            show_rows(_column_first(rows, question.column), f"{key}_{draft.draft_id}", "behind")
        if question.code == "unknown_value":
            _ask_meanings(draft, question, key)
        elif question.choices:
            _ask_choice(draft, question, key)


def _sentences(question: Question) -> list[str]:
    """The question in words; one about several tables has a line for each."""
    details = question.details.get("tables") or [question.details]
    column = {"column": question.column or ""}
    return [in_words("questions", question.code, column | each | _letters(each)) for each in details]


def _letters(details: dict[str, Any]) -> dict[str, str]:
    """An encoding by the name that the possible answers give it."""
    return {"encoding": choice_name("encoding", details["encoding"])} if "encoding" in details else {}


def _column_first(rows: pd.DataFrame, column: str | None) -> pd.DataFrame:
    """The rows with the column in question before the others."""
    if column not in rows.columns:
        return rows
    return rows[[column, *(name for name in rows.columns if name != column)]]


def _ask_choice(draft: Draft, question: Question, key: str) -> None:
    """The possible answers, the current one marked; a click is kept at once."""
    current = Answers.of(draft.answers).answer_to(question, _as_read(question))
    options = list(dict.fromkeys([*([current] if current else []), *question.choices]))
    options = options if current not in question.choices else list(question.choices)
    where = f"answer_{draft.draft_id}_{key}_{question.code}"
    st.session_state[where] = current
    show = st.segmented_control if len(options) <= SIDE_BY_SIDE else st.selectbox
    show(  # type: ignore[operator]
        words("ui.uploads.this_choice"), options, key=where, on_change=_picked,
        args=(draft.draft_id, question, where), format_func=lambda choice: choice_name(question.code, choice),
    )  # fmt: skip


def _as_read(question: Question) -> str | None:
    """What the file was read as so far, where the question itself says so."""
    if question.code == "another_table":
        return "1"
    name = {"encoding": "encoding", "other_sheets": "sheet"}.get(question.code, "")
    return question.details.get(name)


def choice_name(code: str, choice: str) -> str:
    """A possible answer in words: ours, a format's name, or what the file itself calls it."""
    if code == "another_table":
        return words("ui.uploads.table_number", number=choice)
    if code == "which_format":
        return plain(format_name(choice))
    return words(f"intake.choices.{choice}") if has(f"intake.choices.{choice}") and code != "other_sheets" else plain(
        choice
    )  # fmt: skip


def _picked(draft_id: str, question: Question, where: str) -> None:
    """Keeps the answer just picked; none picked takes it back."""
    _keep(draft_id, question, st.session_state[where])


def _keep(draft_id: str, question: Question, answer: Any) -> None:
    """Writes an answer to the desk, on top of what colleagues answered meanwhile."""
    who, draft = current_person(), next((one for one in waiting_drafts(database()) if one.draft_id == draft_id), None)
    if who is None or draft is None:
        return
    answers = Answers.of(draft.answers)
    if answer is None:
        answers = answers.changed(question.code, question.column, None)
    else:
        read = reading_of(database(), draft).result
        answers = answers.answered(question, answer, read.found.format if read else None)
    answer_draft(database(), who, draft_id, answers.kept())


def _ask_meanings(draft: Draft, question: Question, key: str) -> None:
    """Each unknown value, with how often it comes, and a list of what it may mean."""
    values = dict(question.details.get("values") or {})
    with st.form(f"meanings_{draft.draft_id}_{key}", border=False):
        meanings = {value: _ask_meaning(draft, question, value, count) for value, count in _first(values)}
        if len(values) > MOST_VALUES:
            st.caption(words("ui.uploads.more_values", count=formats.number(len(values) - MOST_VALUES, language())))
        said = st.form_submit_button(words("ui.uploads.that_is_it"))
    learnt = {value: meaning for value, meaning in meanings.items() if meaning}
    if said and learnt:
        _keep(draft.draft_id, question, learnt)
        st.rerun()


def _first(values: dict[str, int]) -> list[tuple[str, int]]:
    """The most frequent values."""
    return sorted(values.items(), key=lambda pair: -pair[1])[:MOST_VALUES]


def _ask_meaning(draft: Draft, question: Question, value: str, count: int) -> str | None:
    """What one value means."""
    label = in_words("values", value) if has(f"intake.values.{value}") else formats.apart(plain(value))
    times = "ui.uploads.times_one" if count == 1 else "ui.uploads.times"
    return st.selectbox(
        words(times, value=label, count=formats.number(count, language())), question.choices, index=None,
        key=f"meaning_{draft.draft_id}_{question.column}_{value}", placeholder=words("ui.uploads.not_said"),
        format_func=lambda choice: choice_name(question.code, choice),
    )  # fmt: skip


def show_given(draft: Draft, asked: Sequence[tuple[str, str | None]]) -> None:
    """What was answered and is not asked any more, each with the way back."""
    given = [one for one in Answers.of(draft.answers).given if (one["code"], one["column"]) not in asked]
    if not given:
        return
    with st.container(border=True, key=f"given_{draft.draft_id}"):
        st.markdown(f"**{words('ui.uploads.your_answers')}**")
        for number, one in enumerate(given):
            _show_answer(draft, one, number)


def _show_answer(draft: Draft, one: dict[str, Any], number: int) -> None:
    """One answer in words, and the button that asks the question again."""
    question = Question(one["code"], one["column"], one["details"], tuple(one["choices"]))
    answer = one["answer"]
    pairs = answer.items() if isinstance(answer, dict) else [("", answer)]
    said = ", ".join(
        (f"{formats.apart(plain(value))} = " if value else "") + choice_name(question.code, choice)
        for value, choice in pairs
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{_sentences(question)[0]}  \n**{said}**", width="stretch")
        if st.button(words("ui.uploads.take_back"), type="tertiary", key=f"back_{draft.draft_id}_{number}"):
            _keep(draft.draft_id, question, None)
            st.rerun()
