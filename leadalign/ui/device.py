"""What the reader's browser tells of the machine it runs on."""

import streamlit as st


def on_a_phone() -> bool:
    """Whether the reader's browser calls itself mobile."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
