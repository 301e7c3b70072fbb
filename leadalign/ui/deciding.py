"""What somebody just decided about leads: said once, with the way to take it back; and who may decide."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from leadalign.problems import Refusal
from leadalign.store import Actor
from leadalign.ui.escape import plain
from leadalign.ui.language import words
from leadalign.ui.people import current_person, say_who_first

SAID = "identity_said"


@dataclass(frozen=True)
class Said:
    """A sentence about what was done, and how to undo it."""

    sentence: str
    undo: Callable[[Actor], None] | None = None
    refused: bool = False


def who_decides(action: str) -> Actor | None:
    """Whoever looks, if they may decide; the others are told who may."""
    who = current_person()
    if who is None:
        st.info(say_who_first(), icon=":material/person:")
    elif not who.may(action):
        st.caption(words("identity.pairs.only_who"))
    return who if who is not None and who.may(action) else None


def decide(do: Callable[[], None], said: Said) -> None:
    """Does what was decided, and shows the page anew with a word about it."""
    try:
        do()
        st.session_state[SAID] = said
    except Refusal as refusal:
        details = {name: plain(value) for name, value in refusal.problem.details.items()}
        st.session_state[SAID] = Said(words(f"problems.{refusal.problem.code}", **details), refused=True)
    st.rerun()


def say_what_was_decided(who: Actor | None) -> None:
    """The last decision, until the next one, with its undo."""
    with st.container(key="decided", horizontal=True, vertical_alignment="center"):
        said: Said | None = st.session_state.get(SAID)
        if said is None:
            return
        (st.warning if said.refused else st.success)(said.sentence, width="stretch")
        undo = said.undo
        if undo and who and st.button(words("identity.pairs.undo"), icon=":material/undo:", key="undo_decision"):
            decide(lambda: undo(who), Said(words("identity.pairs.said_undone")))
