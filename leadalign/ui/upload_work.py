"""Long work on the upload page: how far it is, the way to stop it, and what came of it, found again after a reload."""

from collections.abc import Sequence

import streamlit as st

from leadalign.problems import Refusal
from leadalign.texts import formats, has
from leadalign.ui.duplicates import link_to_pairs
from leadalign.ui.escape import plain
from leadalign.ui.jobs import CANCELLED, FAILED, REFUSED, Job
from leadalign.ui.language import forward_icon, language, words
from leadalign.ui.memory import database
from leadalign.ui.navigation import file_of
from leadalign.ui.upload_taking import Outcome, outcomes, writing_jobs

LOOKS_EVERY = 1.0
MOMENT = 0.8
"""Seconds that a page waits for work that may be over at once, before it shows how far it is."""
SAID_AS = {"taken_in": st.success, "undone": st.success, "still_told": st.success, "nothing_new": st.info}
LATEST = 4


def watch(drawn: Sequence[Job], watched: Sequence[Job]) -> None:
    """Shows how far the first are, and draws the page anew as soon as any of them ends."""
    pending = [job for job in (*drawn, *watched) if job.pending]
    if pending:
        st.fragment(run_every=LOOKS_EVERY)(_look)(drawn, pending)


def _look(drawn: Sequence[Job], pending: Sequence[Job]) -> None:
    """One look at the work; the page around stays as it is until something ended."""
    if not all(job.pending for job in pending):
        st.rerun()
    with st.container(key="work"):
        for job in drawn:
            _show_job(job)
        if drawn:
            st.caption(words("ui.uploads.leave"))


def _show_job(job: Job) -> None:
    """One piece of work: a bar, its step, its pace, and the button that stops it."""
    part = min(job.done / job.total, 1.0) if job.total else 0.0
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.progress(part, text=_in_words(job), width="stretch")
        label = words("ui.uploads.cancelling" if job.stopping else "ui.uploads.cancel")
        st.button(label, key=f"cancel_{hash(job.key)}", on_click=job.cancel, disabled=job.stopping)


def _in_words(job: Job) -> str:
    """What is done to which file, how many rows of how many, how quickly, for how long."""
    tongue = language()
    doing = {"in": "taking_in", "out": "taking_out"}.get(_lane(job), "reading")
    name = words(f"ui.uploads.{doing}", file=f"**{plain(_subject(job))}**")
    if job.state == "waiting":
        return f"{name}: {words('ui.uploads.in_line')}"
    steps = [words(f"intake.steps.{job.step}")] if has(f"intake.steps.{job.step}") else []
    if job.done or job.total:
        done, total = formats.number(job.done, tongue), formats.number(job.total or 0, tongue)
        steps.append(words("ui.uploads.how_far" if job.total else "ui.uploads.rows_done",
                           **({"done": done, "total": total} if job.total else {"done": done})))  # fmt: skip
    if job.rows_a_second:
        steps.append(words("ui.uploads.pace", rows=formats.number(job.rows_a_second, tongue)))
    steps.append(words("ui.uploads.elapsed", seconds=formats.number(job.seconds, tongue)))
    return f"{name}  \n" + " · ".join(steps)


def _lane(job: Job) -> str:
    """Whether it reads, takes in or takes out."""
    return job.key[0] if isinstance(job.key, tuple) else ""


def _subject(job: Job) -> str:
    """The file that it is busy with."""
    return job.subject or (job.key[3] if _lane(job) == "read" and isinstance(job.key, tuple) else "")


def forget_outcomes() -> None:
    """What was told so far has been seen: this visitor turns to something new."""
    st.session_state["seen_jobs"] = {job.key for job in writing_jobs(database()) if not job.pending}


def tell_outcomes() -> None:
    """What came of the last files, also for whoever left the page meanwhile."""
    seen = st.session_state.get("seen_jobs", set())
    ended = [job for job in writing_jobs(database()) if not job.pending and job.key not in seen]
    with st.container(key="came_of_it"):  # there even when empty: what follows keeps its place, and so stays open
        for job in ended[-LATEST:]:
            _tell(job)


def _tell(job: Job) -> None:
    """One alert for each way in which files ended, a line a file; what broke down says its id."""
    found = outcomes(job)
    for code in dict.fromkeys(outcome.code for outcome in found):
        lines = [_sentence(outcome) for outcome in found if outcome.code == code]
        SAID_AS.get(code, st.warning if code == "cancelled" else st.error)("\n\n".join(lines))
    if any(outcome.code == "taken_in" for outcome in found):
        st.page_link(file_of("this_week"), label=words("ui.uploads.see_figures"), icon=forward_icon())
        link_to_pairs()
    if job.state == REFUSED and job.refusal:
        st.error(sentence_of(job.refusal))
    if job.state == FAILED:
        st.error(words("ui.error_with_id", id=job.error_id))
    if job.state == CANCELLED and not found:
        st.warning(words("ui.uploads.undo_cancelled", file=plain(_subject(job))))


def _sentence(outcome: Outcome) -> str:
    """What came of one file, in words."""
    if outcome.refusal:
        return sentence_of(outcome.refusal)
    details = {"events": formats.number(outcome.events, language())} if outcome.code == "taken_in" else {}
    said = words(f"ui.uploads.{outcome.code}", file=plain(outcome.file), **details)
    if outcome.code != "taken_in" or not any(outcome.leads.values()):
        return said
    counts = {name: formats.number(count, language()) for name, count in outcome.leads.items()}
    return f"{said} {words('ui.uploads.of_leads', **counts)}"


def sentence_of(refusal: Refusal) -> str:
    """The refusal as a sentence; what it quotes of a file is shown letter by letter."""
    details = {name: plain(value) for name, value in refusal.problem.details.items()}
    return words(f"problems.{refusal.problem.code}", **details)
