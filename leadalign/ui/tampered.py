"""The warning above every page where the written definition was changed past the program."""

import streamlit as st

from leadalign.ideal_lead.notices import warning
from leadalign.ui.escape import plain
from leadalign.ui.language import language
from leadalign.ui.memory import database


def say_tampered() -> None:
    """Names what is not as it was signed; reading goes on."""
    told = warning(database(), language())
    if told:
        st.error(plain(told))
