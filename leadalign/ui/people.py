"""On one's own machine nobody signs in: a person says who they are, and each write carries that name."""

from collections.abc import Callable

import streamlit as st

from leadalign.problems import Refusal
from leadalign.store import Actor, Database, actor, people, register_person
from leadalign.store.people import COMMAND_LINE, INBOX
from leadalign.ui.device import on_a_phone
from leadalign.ui.language import naming, words
from leadalign.ui.memory import database, remembered

FUNCTIONS = ("marketing", "sales", "management", "other")
ROLES = ("executive", "marketing", "sales", "sales_manager", "analyst", "administrator")
SOMEBODY_NEW = ""


@remembered
def known_people(db: Database) -> tuple[tuple[str, str, str], ...]:
    """Everybody known who has a function: ID, name, function."""
    return tuple(
        (row["person_id"], row["name"] or row["person_id"], row["function"]) for row in people(db) if row["function"]
    )


def name_of_person(person_id: str) -> str:
    """The person's name; leadalign's own where it wrote by itself."""
    if person_id == COMMAND_LINE.person_id:
        return words("ui.people.itself")
    if person_id == INBOX.person_id:
        return words("ui.people.inbox")
    return next((name for known, name, _ in known_people() if known == person_id), person_id)


def current_person() -> Actor | None:
    """Who this visitor said to be, looked up anew each time; None while nobody said."""
    person_id = st.session_state.get("person_id")
    try:
        return actor(database(), person_id) if person_id else None
    except Refusal:
        return None


def say_who_first() -> str:
    """The sentence for somebody whom nobody knows yet: where to choose the name, on a phone too."""
    return words("ui.people.first_on_a_phone" if on_a_phone() else "ui.people.first")


def ask_who() -> None:
    """The choice of the person in the side bar, with a small form for whoever is not on the list."""
    known = {person_id: (name, function) for person_id, name, function in known_people()}
    st.session_state.setdefault("person_id", None)
    if "introduced" in st.session_state:  # the browser would go on saying "somebody else", and that is nobody
        st.session_state["who"] = st.session_state.pop("introduced")
    st.selectbox(
        words("ui.people.who"),
        [*known, SOMEBODY_NEW],
        index=None,
        format_func=_labels(known),
        placeholder=words("ui.people.choose"),
        key="who",
        on_change=_chosen,
    )
    if st.session_state.get("who") == SOMEBODY_NEW:
        _introduce()


def _labels(known: dict[str, tuple[str, str]]) -> Callable[[str], str]:
    """Names each person with the function, and the last choice "somebody else"."""
    labels = {
        person_id: f"{name} · {words('ui.functions.' + function)}" for person_id, (name, function) in known.items()
    }
    labels[SOMEBODY_NEW] = words("ui.people.new")
    return labels.__getitem__


def _chosen() -> None:
    """Remembers whom the visitor chose."""
    st.session_state["person_id"] = st.session_state["who"] or None


def _introduce() -> None:
    """Asks a newcomer's name, function and role."""
    with st.form("introduce", border=False):
        name = st.text_input(words("ui.people.name"), max_chars=200)
        function = st.selectbox(words("ui.people.function"), FUNCTIONS, format_func=naming("ui.functions"))
        role = st.selectbox(words("ui.people.role"), ROLES, format_func=naming("ui.roles"), index=None,
                            placeholder=words("ui.people.usual_role"))  # fmt: skip
        if not st.form_submit_button(words("ui.people.that_is_me"), type="primary"):
            return
    if not name.strip():
        st.warning(words("ui.people.name_missing"))
        return
    person_id = register_person(database(), name, function, role).person_id
    st.session_state["person_id"] = st.session_state["introduced"] = person_id
    st.rerun()
