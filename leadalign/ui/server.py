"""What stands between a browser and the pages: compression, headers, health, a warm start, errors as sentences."""

import gc
import pkgutil
import secrets
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module

import plotly.graph_objects as go
import streamlit as st
import structlog
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

import leadalign
from leadalign.inbox import Watch
from leadalign.problems import Refusal
from leadalign.settings import settings
from leadalign.ui.company import last_day
from leadalign.ui.health import health
from leadalign.ui.language import words
from leadalign.ui.log import write_log_as_fields
from leadalign.ui.memory import close_database, database
from leadalign.ui.security import SecurityHeaders


def healthz(request: Request) -> JSONResponse:
    """How the process, the database and the disk are; 503 when people cannot work."""
    state = health(database, WATCH.state())
    return JSONResponse(
        state, status_code=200 if state["status"] == "ok" else 503, headers={"Cache-Control": "no-store"}
    )


def open_early() -> None:
    """Opens the database (on the first start fills it) and judges every lead, while the first visitor is on the way."""
    with suppress(Refusal):  # the pages and the health route say why
        last_day()


WATCH = Watch(database, afterwards=open_early)
ROUTES = [Route("/healthz", healthz)]

# Streamlit leaves its own files uncompressed: 10 MB at a first visit, 3 MB with this.
MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)]


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Everything is loaded before the first visitor comes, and then left out of garbage collection."""
    write_log_as_fields()
    warm_up()
    gc.collect()
    gc.freeze()
    threading.Thread(target=open_early, daemon=True).start()
    WATCH.start(settings())
    yield
    WATCH.stop()
    close_database()


def warm_up() -> None:
    """Loads what the pages use; Plotly builds itself with the first chart, and statistics load SciPy when asked."""
    for module in pkgutil.walk_packages(leadalign.__path__, "leadalign."):
        if module.name not in ("leadalign.__main__", "leadalign.ui.main"):
            import_module(module.name)
    import_module("scipy.special")
    go.Figure(go.Scatter(x=[0], y=[0])).to_json()


def on_script_error(error: Exception) -> bool:
    """Tells the visitor in a sentence; what nobody foresaw gets an id that is also in the log."""
    if isinstance(error, Refusal):
        st.error(words(f"problems.{error.problem.code}", **error.problem.details))
        return True
    error_id = secrets.token_hex(4)
    structlog.get_logger().error("page_failed", error_id=error_id, exc_info=error)
    st.error(words("ui.error_with_id", id=error_id))
    return True
