"""Where one is: the four steps, and the files that wait with how each of them stands."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

import leadalign.ui.address as address
from leadalign.settings import settings
from leadalign.store import Draft
from leadalign.texts import formats
from leadalign.ui.escape import plain
from leadalign.ui.jobs import Job
from leadalign.ui.language import language, words
from leadalign.ui.people import name_of_person

STEPS = ("drop", "understood", "questions", "confirm")
ICONS = {
    "reading": ":material/hourglass_top:", "stopped": ":material/stop_circle:", "refused": ":material/block:",
    "unknown": ":material/help:", "questions": ":material/help:", "ready": ":material/check_circle:",
    "taking": ":material/downloading:",
}  # fmt: skip
COLOURS = {"ready": "green", "questions": "orange", "unknown": "orange", "refused": "red"}
NAMED = 3
FITS = 6
"""So many files are listed in full; a longer list scrolls."""


def show_steps(current: str) -> None:
    """The four steps in a row, the current one marked; those before it are done."""
    now = STEPS.index(current)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        for number, step in enumerate(STEPS):
            label = f"{number + 1} {words(f'ui.upload_steps.{step}')}"
            icon = ":material/check:" if number < now else ":material/arrow_downward:" if number == now else None
            st.badge(label, icon=icon, color="blue" if number == now else "gray")
        st.caption(words("ui.uploads.step_of", step=formats.number(now + 1, language())), width="content")


def step_heading(step: str) -> None:
    """The heading of a step, numbered as in the row of steps."""
    st.subheader(f"{STEPS.index(step) + 1} · {words(f'ui.upload_steps.{step}')}", anchor=False)


def show_state(state: str) -> None:
    """How a file stands, as a badge."""
    st.badge(words(f"ui.upload_states.{state}"), icon=ICONS[state], color=_colour(state))


def _colour(state: str) -> Any:
    """Colour says how a file stands besides the word, never alone."""
    return COLOURS.get(state, "gray")


def choose_file(
    waiting: Sequence[Draft], states: dict[str, str], jobs: dict[str, Job], focus: str
) -> tuple[Draft, Any]:
    """The file in focus and the place to show it: beside the list where there are several."""
    known = {draft.draft_id: draft for draft in waiting}
    st.markdown(_waiting_says(waiting))
    if len(waiting) == 1:
        return waiting[0], st.container()
    beside, place = st.columns([1, 2.2], gap="medium")
    with beside, st.container(height=420 if len(waiting) > FITS else "content", border=False, key="desk"):
        picked = st.radio(
            words("ui.uploads.which_file"), list(known), format_func=lambda one: _line(known[one], states[one]),
            label_visibility="collapsed", captions=[_caption(draft, jobs.get(draft.draft_id)) for draft in waiting],
            **address.bind("file", focus, None),
        )  # fmt: skip
    return known[picked or focus], place


def _waiting_says(waiting: Sequence[Draft]) -> str:
    """How many files wait, and which."""
    names = names_of(waiting)
    if len(waiting) == 1:
        return words("ui.uploads.waiting_one", files=names)
    return words("ui.uploads.waiting", count=formats.number(len(waiting), language()), files=names)


def names_of(files: Sequence[Draft]) -> str:
    """The names of the first few, each kept from turning the others around."""
    names = ", ".join(formats.apart(plain(draft.file_name)) for draft in files[:NAMED])
    return names if len(files) <= NAMED else f"{names} …"


def _line(draft: Draft, state: str) -> str:
    """One file in the list: its state and its name."""
    return f":{_colour(state)}-badge[{ICONS[state]} {words(f'ui.upload_states.{state}')}] {plain(draft.file_name)}"


def _caption(draft: Draft, job: Job | None) -> str:
    """What is known of a file besides: its rows once read, and who dropped it."""
    parts = [plain(name_of_person(draft.kept_by))]
    if job and not job.pending and job.result is not None and job.result.found.kind:
        found = job.result.found
        rows = words("ui.uploads.rows_done", done=formats.number(found.rows, language()))
        parts = [f"{words(f'intake.kinds.{found.kind}')}, {rows}", *parts]
    return " · ".join(parts)


def dropped_by(draft: Draft) -> str:
    """Who dropped a file, and when."""
    when = formats.moment(draft.kept_at, settings().zone, language())
    return words("ui.uploads.dropped_by", who=plain(name_of_person(draft.kept_by)), when=when)
