"""What a file leaves open, asked of the person who brought it; an answer becomes part of the file's format."""

from typing import Any

import streamlit as st

from leadalign.intake import Format, Question, Understanding
from leadalign.ui.language import naming, words
from leadalign.ui.upload_report import in_words

LEARNT = "learnt_formats"
MOST_VALUES = 30


def format_of(file: str) -> Format | None:
    """The format that a person made or completed for this file, if any."""
    return st.session_state.get(LEARNT, {}).get(file)


def learn(file: str, format: Format) -> None:
    """From now on the file is read by this format."""
    st.session_state.setdefault(LEARNT, {})[file] = format


def ask_questions(file: str, found: Understanding) -> None:
    """Each question, with its answers where a choice can settle it."""
    for number, question in enumerate(found.questions):
        st.warning(_sentence(question), icon=":material/help:")
        if question.code == "unknown_value":
            _ask_meanings(file, found, question, number)
        elif question.choices:
            _ask_choice(file, found, question, number)


def _sentence(question: Question) -> str:
    """The question in words."""
    return in_words("questions", question.code, {"column": question.column or "", **question.details})


def _ask_choice(file: str, found: Understanding, question: Question, number: int) -> None:
    """The possible answers side by side."""
    picked = st.segmented_control(
        _sentence(question), question.choices, key=f"answer_{file}_{question.code}_{question.column}_{number}",
        format_func=naming("intake.choices"), label_visibility="collapsed",
    )  # fmt: skip
    if picked and found.format:
        learn(file, found.format.answered(question.code, question.column, picked))
        st.rerun()


def _ask_meanings(file: str, found: Understanding, question: Question, number: int) -> None:
    """Each unknown value with a list of what it may mean."""
    values = list(_values(question))[:MOST_VALUES]
    with st.form(f"meanings_{file}_{question.column}_{number}"):
        meanings = {value: _ask_meaning(file, question, value) for value in values}
        if st.form_submit_button(words("ui.uploads.that_is_it")) and found.format and question.column:
            learnt = {value: meaning for value, meaning in meanings.items() if meaning}
            learn(file, found.format.taught(question.column, learnt))
            st.rerun()


def _ask_meaning(file: str, question: Question, value: str) -> str | None:
    """What one value means."""
    return st.selectbox(
        in_words("values", value), question.choices, index=None, key=f"meaning_{file}_{question.column}_{value}",
        format_func=naming("intake.choices"), placeholder=words("ui.uploads.not_said"),
    )  # fmt: skip


def _values(question: Question) -> dict[str, Any]:
    """The values that nobody knows yet, with how often each comes."""
    found = question.details.get("values") or question.details.get("examples") or {}
    return dict(found) if isinstance(found, dict) else dict.fromkeys(map(str, found), None)
