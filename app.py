"""The server around the pages' frame, leadalign/ui/main.py. Start it with `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from leadalign.ui import server

app = st.App(
    Path(__file__).parent.resolve() / "leadalign" / "ui" / "main.py",
    routes=server.ROUTES,
    middleware=server.MIDDLEWARE,
    lifespan=server.lifespan,
    on_script_error=server.on_script_error,
)
