"""The file in focus: what was understood of it and what it still asks, or why it cannot be read."""

import streamlit as st

from leadalign.store import Actor, Draft, answer_draft, discard_draft
from leadalign.ui.escape import plain
from leadalign.ui.jobs import JOBS, Job
from leadalign.ui.language import words
from leadalign.ui.mapping import map_columns
from leadalign.ui.memory import database
from leadalign.ui.upload_answers import Answers
from leadalign.ui.upload_list import dropped_by, show_state
from leadalign.ui.upload_questions import show_given, show_questions
from leadalign.ui.upload_report import saved_by, show_report
from leadalign.ui.upload_work import sentence_of


def show_file(who: Actor, draft: Draft, state: str, job: Job | None) -> None:
    """One file as far as it has come."""
    with st.container(border=True, key="file_in_focus"):
        _show_head(who, draft, state)
        if job is None:
            return
        if state == "stopped":
            _show_stopped(job)
        elif state == "refused":
            _show_refusal(who, draft, job)
        elif state == "unknown":
            map_columns(who, draft, job.result)
        elif state in ("questions", "ready"):
            mapped = Answers.of(draft.answers).mapped or saved_by(job.result.found) is not None
            show_report(job.result, draft.draft_id)
            if mapped:
                _offer_mapping(who, draft)
            show_questions(draft, job.result)


def _show_head(who: Actor, draft: Draft, state: str) -> None:
    """The file's name and state, who dropped it, and the way to discard it."""
    with st.container(horizontal=True, vertical_alignment="center", key="file_head"):
        st.header(plain(draft.file_name), anchor=False, width="content")
        show_state(state)
        st.caption(dropped_by(draft), width="stretch")
        if state != "taking":
            with st.popover(
                words("ui.uploads.discard"),
                type="tertiary",
                icon=":material/delete:",
                key=f"discarding_{draft.draft_id}",
            ):
                st.markdown(words("ui.uploads.discard_says", file=plain(draft.file_name)))
                if st.button(words("ui.uploads.discard_do"), key=f"discard_{draft.draft_id}"):
                    discard_draft(database(), who, draft.draft_id)
                    st.rerun()


def _show_stopped(job: Job) -> None:
    """A reading that somebody stopped can be begun again."""
    st.warning(words("ui.uploads.reading_stopped"))
    if st.button(words("ui.uploads.read_again"), type="primary"):
        JOBS.forget(job.key)
        st.rerun()


def _show_refusal(who: Actor, draft: Draft, job: Job) -> None:
    """Why the file cannot be read, and the answers that may have led there."""
    st.error(sentence_of(job.refusal) if job.refusal else words("ui.error_with_id", id=job.error_id))
    show_given(draft, ())
    if Answers.of(draft.answers).mapped:
        _offer_mapping(who, draft)


def _offer_mapping(who: Actor, draft: Draft) -> None:
    """Whoever mapped the columns, now or in another month, may say it anew."""
    if st.button(words("ui.mapping.again"), type="tertiary", icon=":material/edit:", key=f"again_{draft.draft_id}"):
        answer_draft(database(), who, draft.draft_id, Answers.of(draft.answers).mapping_anew().kept())
        st.rerun()
