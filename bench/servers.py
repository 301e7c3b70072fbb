"""The servers that are measured: leadalign as the README starts it, and bare Streamlit pages as its peers."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.machine import peak_megabytes

ROOT = Path(__file__).parents[1]
SECONDS_TO_START = 180
QUIET = {"STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"}
PEER = """
import plotly.graph_objects as go
import streamlit as st

st.write("Hello")
for number in range(int(st.query_params.get("charts", 0))):
    st.plotly_chart(go.Figure(go.Scatter(x=list(range(26)), y=[i * i % 7 for i in range(26)])), key=f"chart_{number}")
"""


@dataclass
class Server:
    """A running server."""

    name: str
    port: int
    pid: int
    seconds_to_start: float = 0.0

    def peak(self) -> float:
        """The most memory that it has held, in megabytes."""
        return peak_megabytes(self.pid)


@contextmanager
def leadalign(database: Path) -> Iterator[Server]:
    """leadalign with that database; a new one is filled with the demo company before anybody comes."""
    with _running("leadalign", ROOT / "app.py", ROOT, {"LEADALIGN_DATABASE": str(database)}, "/healthz") as server:
        yield server


@contextmanager
def peer(folder: Path, collects: bool) -> Iterator[Server]:
    """Bare Streamlit with pages of plain charts; collecting garbage after each run, as Streamlit comes, or not."""
    script = folder / "peer.py"
    script.write_text(PEER, encoding="utf-8")
    collecting = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": str(collects).lower()}
    with _running("peer", script, folder, collecting, "/_stcore/health") as server:
        yield server


@contextmanager
def _running(name: str, script: Path, folder: Path, settings: dict[str, str], health: str) -> Iterator[Server]:
    """A server on a free port of this machine, from when it answers until it is no longer needed."""
    port, start = _free_port(), time.perf_counter()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true", "--server.fileWatcherType", "none"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, env=os.environ | QUIET | settings, stdout=quiet, stderr=quiet)
    try:
        _wait(f"http://127.0.0.1:{port}{health}", process)
        yield Server(name, port, process.pid, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait(timeout=20)


def keep_compiled(folder: Path) -> None:
    """Lets every server find its modules compiled, as they are where leadalign is installed."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    """Returns when the server says that all is well."""
    give_up = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < give_up:
        try:
            urllib.request.urlopen(url, timeout=SECONDS_TO_START)
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"no server answers at {url}")
