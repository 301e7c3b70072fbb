"""Bringing in exports, step by step: dropped files wait on a desk, are understood, asked about, and confirmed."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

import leadalign.ui.address as address
from leadalign.intake import formats as formats_known
from leadalign.intake.samples import sample, sample_kinds
from leadalign.problems import Refusal
from leadalign.store import Actor, Draft, keep_draft, waiting_drafts
from leadalign.texts import formats
from leadalign.ui.company import is_demo
from leadalign.ui.escape import plain
from leadalign.ui.jobs import Job
from leadalign.ui.language import language, words
from leadalign.ui.memory import database
from leadalign.ui.people import current_person, say_who_first
from leadalign.ui.upload_answers import Answers
from leadalign.ui.upload_file import show_file
from leadalign.ui.upload_list import choose_file, names_of, show_steps, step_heading
from leadalign.ui.upload_reading import reading_of, state_of
from leadalign.ui.upload_report import SYSTEMS
from leadalign.ui.upload_taking import being_taken, take_in_files, writing_jobs
from leadalign.ui.upload_work import MOMENT, forget_outcomes, sentence_of, tell_outcomes, watch


def show_uploader() -> None:
    """The wizard: the place to drop files, the work under way, the files that wait with the one in focus, confirm."""
    who = current_person()
    if who is None or not who.may("import"):
        show_steps("drop")
        st.info(say_who_first() if who is None else words("ui.frame.not_for_you"), icon=":material/person:")
        st.caption(words("ui.uploads.formats_help", formats=", ".join(_systems())))
        tell_outcomes()
        _offer_samples()
        return
    waiting = waiting_drafts(database())
    steps = st.container(key="steps")
    _show_dropzone(who)
    tell_outcomes()
    if not waiting:
        with steps:
            show_steps("drop")
        watch(writing_jobs(database()), ())
        _offer_samples()
        return
    _show_desk(who, waiting, steps)


def _show_dropzone(who: Actor) -> None:
    """The place to drop files; what is dropped waits on the desk at once."""
    number = st.session_state.setdefault("upload_round", 0)
    files = st.file_uploader(
        words("ui.uploads.drop"), accept_multiple_files=True, key=f"files_{number}",
        help=words("ui.uploads.formats_help", formats=", ".join(_systems())),
    )  # fmt: skip
    for sentence in st.session_state.pop("not_kept", []):
        st.error(sentence)
    if files:
        forget_outcomes()
        st.session_state["not_kept"] = _keep(who, [(file.name, file.getvalue()) for file in files])
        st.session_state["upload_round"] = number + 1
        st.rerun()


def _keep(who: Actor, files: Sequence[tuple[str, bytes]]) -> list[str]:
    """Puts the files on the desk, the first of them into focus; the sentences about those that found no room."""
    refused, kept = [], []
    for name, content in files:
        try:
            kept.append(keep_draft(database(), who, name, content))
        except Refusal as refusal:
            refused.append(sentence_of(refusal))
    if kept:
        address.put("file", kept[0])
    return refused


def _systems() -> list[str]:
    """The CRMs whose exports are recognised."""
    return sorted({SYSTEMS.get(format.name.split("_")[0], format.name) for format in formats_known()})


def _offer_samples() -> None:
    """A small file of each kind in our own layout, made when somebody asks for it."""
    with st.expander(words("ui.uploads.samples")):
        st.caption(words("ui.uploads.samples_say"))
        with st.container(horizontal=True):
            for kind in sample_kinds():
                st.download_button(
                    words(f"intake.kinds.{kind}"), data=partial(sample, kind), mime="text/csv",
                    file_name=f"leadalign-sample-{kind}.csv", key=f"sample_{kind}", on_click="ignore",
                    icon=":material/download:", type="tertiary",
                )  # fmt: skip


def _show_desk(who: Actor, waiting: Sequence[Draft], steps: st.delta_generator.DeltaGenerator) -> None:
    """The files that wait: a list where there are several, the one in focus, and the confirmation."""
    if is_demo():
        st.info(words("ui.demo.upload_joins"), icon=":material/info:")
    focus = address.choice("file", [draft.draft_id for draft in waiting], waiting[0].draft_id)
    waiting = sorted(waiting, key=lambda draft: draft.draft_id != focus)  # the one in focus is read first
    taken = being_taken(database())
    jobs = {draft.draft_id: reading_of(database(), draft) for draft in waiting if draft.draft_id not in taken}
    if focus in jobs:
        jobs[focus].wait(MOMENT)
    states = _states(waiting, jobs)
    watch([*_under_way(), *(job for one, job in jobs.items() if one == focus and job.pending)], list(jobs.values()))
    waiting = sorted(waiting, key=lambda draft: (draft.kept_at, draft.draft_id))
    draft, place = choose_file(waiting, states, jobs, focus)
    with steps:
        show_steps({"questions": "questions", "ready": "confirm", "taking": "confirm"}.get(states[focus], "understood"))
    with place:
        show_file(who, draft, states[draft.draft_id], jobs.get(draft.draft_id))
        _confirm(who, waiting, states)


def _under_way() -> list[Job]:
    """The takings in and out that are under way."""
    return [job for job in writing_jobs(database()) if job.pending]


def _states(waiting: Sequence[Draft], jobs: dict[str, Job]) -> dict[str, str]:
    """How each file stands; one that nobody reads is being taken in."""
    return {
        draft.draft_id: state_of(jobs[draft.draft_id], Answers.of(draft.answers))
        if draft.draft_id in jobs
        else "taking"
        for draft in waiting
    }


def _confirm(who: Actor, waiting: Sequence[Draft], states: dict[str, str]) -> None:
    """The last step: which files are ready, what is remembered, and the one button that takes them in."""
    ready = [draft for draft in waiting if states[draft.draft_id] == "ready"]
    if not ready and not any(states[draft.draft_id] == "questions" for draft in waiting):
        return
    with st.container(border=True, key="confirm", horizontal=True, vertical_alignment="center"):
        with st.container(gap="xxsmall"):
            step_heading("confirm")
            _say_who_is_ready(waiting, states)
            lasting = [draft for draft in ready if Answers.of(draft.answers).lasting]
            remember = bool(lasting) and st.checkbox(words("ui.uploads.remember"), value=True, key="remember_answers")
        if st.button(_confirm_label(ready, len(waiting)), type="primary", disabled=not ready, key="take_in"):
            forget_outcomes()
            take_in_files(database(), who, ready, remember).wait(MOMENT)
            st.rerun()


def _say_who_is_ready(waiting: Sequence[Draft], states: dict[str, str]) -> None:
    """With several files, which of them come in now and which go on waiting."""
    ready = [draft for draft in waiting if states[draft.draft_id] == "ready"]
    refused = [draft for draft in waiting if states[draft.draft_id] == "refused"]
    others = [draft for draft in waiting if states[draft.draft_id] not in ("ready", "taking", "refused")]
    said = [] if ready else [words("ui.uploads.nothing_ready")]
    if ready and len(waiting) > 1:
        said = [words("ui.uploads.ready_says", files=names_of(ready))]
        said += [words("ui.uploads.not_ready", files=names_of(others))] if others else []
        said += [words("ui.uploads.not_readable", files=names_of(refused))] if refused else []
    st.caption("  \n".join([*said, words("ui.uploads.nothing_kept")]))


def _confirm_label(ready: Sequence[Draft], waiting: int) -> str:
    """What the button does."""
    if len(ready) > 1:
        return words("ui.uploads.confirm", count=formats.number(len(ready), language()))
    if ready and waiting > 1:
        return words("ui.uploads.confirm_other", file=plain(ready[0].file_name))
    return words("ui.uploads.confirm_one")
