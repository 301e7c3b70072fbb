"""The files that the inbox could not take, told to whoever looks at the uploads."""

from typing import Any

import streamlit as st

from leadalign.inbox import refused_lately
from leadalign.settings import settings
from leadalign.texts import formats, has
from leadalign.ui.escape import plain
from leadalign.ui.language import language, words


def show_refused_by_inbox() -> None:
    """Each file refused in the last days with its sentence, and what to do; nothing where there is none."""
    refused = [each for each in refused_lately(settings()) if has(f"problems.{each['problem']['code']}")]
    if refused:
        lines = "\n".join(f"- {_line(each)}" for each in refused)
        st.warning(f"{words('inbox.refused_lately')}\n{lines}\n\n{words('inbox.see_folder')}", icon=":material/inbox:")


def _line(refused: dict[str, Any]) -> str:
    """One file: when, and why."""
    details = {name: plain(value) for name, value in refused["problem"]["details"].items()}
    moment = formats.moment(refused["at"], settings().zone, language())
    return f"{moment}: {words('problems.' + refused['problem']['code'], **details)}"
