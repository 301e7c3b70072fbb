"""Bringing in exports: what each file holds is shown first, and nothing is kept before a person agrees."""

from typing import Any

import streamlit as st

from leadalign.intake import Understanding
from leadalign.intake import formats as formats_known
from leadalign.problems import Refusal
from leadalign.store import Actor
from leadalign.texts import formats
from leadalign.ui.company import is_demo
from leadalign.ui.escape import plain
from leadalign.ui.language import language, words
from leadalign.ui.mapping import map_columns
from leadalign.ui.memory import database
from leadalign.ui.people import current_person
from leadalign.ui.upload_questions import ask_questions, format_of
from leadalign.ui.upload_report import SYSTEMS, show_report
from leadalign.uploads import take_in, understand

Ready = tuple[Understanding, bytes]


def show_uploader() -> None:
    """The place to drop files, and beneath it what each of them holds."""
    st.session_state.setdefault("upload_round", 0)
    files = st.file_uploader(
        words("ui.uploads.drop"), accept_multiple_files=True, key=f"files_{st.session_state['upload_round']}",
        help=words("ui.uploads.formats_help", formats=", ".join(_systems())),
    )  # fmt: skip
    if files and is_demo():
        st.info(words("ui.demo.upload_joins"), icon=":material/info:")
    ready = [found for file in files or [] if (found := _show_file(file.name, file.getvalue())) is not None]
    _say_what_came_of_it()
    if ready:
        _confirm(ready)


def _systems() -> list[str]:
    """The CRMs whose exports are recognised."""
    return sorted({SYSTEMS.get(format.name.split("_")[0], format.name) for format in formats_known()})


def _show_file(name: str, content: bytes) -> Ready | None:
    """What one file holds; None while it cannot be taken in."""
    with st.container(border=True):
        st.subheader(plain(name), anchor=False)
        try:
            found = understand(database(), name, content, format_of(name))
        except Refusal as refusal:
            st.error(sentence_of(refusal))
            return None
        if found.kind is None:
            map_columns(name, found)
            return None
        show_report(found)
        ask_questions(name, found)
        return None if found.blocked else (found, content)


def sentence_of(refusal: Refusal) -> str:
    """The refusal as a sentence; what it quotes of a file is shown letter by letter."""
    details = {name: plain(value) for name, value in refusal.problem.details.items()}
    return words(f"problems.{refusal.problem.code}", **details)


def _confirm(ready: list[Ready]) -> None:
    """The button that takes the files in; without a name there is no button."""
    who = current_person()
    if who is None:
        st.info(words("ui.people.first"), icon=":material/person:")
    elif not who.may("import"):
        st.info(words("ui.frame.not_for_you"), icon=":material/lock:")
    elif st.button(_confirm_label(len(ready)), type="primary"):
        _take_in(ready, who)


def _confirm_label(count: int) -> str:
    """What the button does."""
    many = words("ui.uploads.confirm", count=formats.number(count, language()))
    return words("ui.uploads.confirm_one") if count == 1 else many


def _take_in(ready: list[Ready], who: Actor) -> None:
    """Takes in one file after the other, says how far it is, and clears the desk."""
    said, bar = [], st.progress(0.0)
    for number, (found, content) in enumerate(ready):
        bar.progress(number / len(ready), text=words("ui.uploads.taking_in", file=plain(found.file)))
        said.append(_take_in_one(found, content, who))
    st.session_state["uploads_said"] = said
    st.session_state["upload_round"] += 1
    st.rerun()


def _take_in_one(found: Understanding, content: bytes, who: Actor) -> tuple[bool, str]:
    """Whether one file came in, and the sentence about it."""
    try:
        added = take_in(database(), who, found, content).events_added
    except Refusal as refusal:
        return False, sentence_of(refusal)
    key = "ui.uploads.taken_in" if added else "ui.uploads.nothing_new"
    return True, words(key, file=plain(found.file), events=formats.number(added, language()))


def _say_what_came_of_it() -> None:
    """What came of the last files, told once."""
    said: list[Any] = st.session_state.pop("uploads_said", [])
    with st.container(key="came_of_it"):  # there even when empty: what follows keeps its place, and so stays open
        for came_in, sentence in said:
            (st.success if came_in else st.error)(sentence)
