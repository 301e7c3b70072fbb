"""The address bar holds every choice: a copied link shows the same page, and the back button undoes a choice.

Streamlit's own `bind` refuses a link that sets what a widget is bound to, so a drill-down could not carry its cut;
here the address is the truth, and a widget only writes to it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

CARRIED = ("lang", "period", "from", "to")
"""What stays chosen when a person goes to another page; everything else belongs to its page."""


def get(name: str) -> str | None:
    """What the address says of `name`, or None."""
    return st.query_params.get(name)


def put(name: str, value: str | None) -> None:
    """Writes a choice to the address; None takes it out, so that a default leaves the address clean."""
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def choice(name: str, options: Sequence[str], default: str) -> str:
    """The option that the address asks for; the default where it asks for nothing, or for something unknown."""
    wanted = get(name) or default
    return wanted if wanted in options else default


def bind(name: str, value: Any, default: Any) -> dict[str, Any]:
    """Arguments that make a widget show `value` and write what a person picks to the address."""
    key = f"address_{name}"
    st.session_state[key] = value
    return {"key": key, "on_change": _written, "args": (name, key, default)}


def _written(name: str, key: str, default: Any) -> None:
    """Takes a widget's new value to the address, before the page runs again."""
    picked = st.session_state[key]
    put(name, None if picked in (None, "", default) else str(picked))


def show(name: str, value: str) -> None:
    """Notes what the page shows of a choice, so that links say it even where it is the page's default."""
    st.session_state.setdefault("shown", {})[name] = value


def carry() -> None:
    """On arrival at another page, brings along the language and the period that were chosen before."""
    arrived = _page()
    if arrived and st.session_state.get("page_before", arrived) != arrived:
        for name, value in st.session_state.get("carried", {}).items():
            if get(name) is None:
                put(name, value)
    st.session_state["shown"] = {}


def remember() -> None:
    """Notes, once the page is known, what to bring along to the next one."""
    st.session_state["page_before"] = _page()
    st.session_state["carried"] = {name: get(name) for name in CARRIED if get(name)}


def _page() -> str:
    """The page that the browser asks for, by the name that Streamlit has for it."""
    run = get_script_run_ctx()
    return run.page_script_hash if run else ""


def onward(cut: Mapping[str, object] = {}) -> dict[str, str]:
    """The parameters of a link to another page: what is carried along, and the cut."""
    kept = st.session_state.get("shown", {}) | {name: value for name in CARRIED if (value := get(name))}
    return kept | {name: str(value) for name, value in cut.items() if value not in (None, "")}
