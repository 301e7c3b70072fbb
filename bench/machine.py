"""What the machine itself does now: times are read beside a fixed piece of work, for other programs run here too."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

STEPS = 2_000_000


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def floor() -> float:
    """Seconds of a fixed count on one core: where it varies between rounds, so does everything else."""
    return seconds(lambda: sum(number * number for number in range(STEPS)))


def load() -> str:
    """How many programs wanted a core in the last minute, of how many there are."""
    return f"{os.getloadavg()[0]:.1f} of {os.cpu_count()}" if hasattr(os, "getloadavg") else "not known"


def peak_megabytes(pid: int) -> float:
    """The most memory that a process has held so far; not a number where the system does not say (Linux does)."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return float("nan")
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of them do not exceed; the largest of a few."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def milliseconds(values: Sequence[float], share: float | None = None) -> str:
    """The median in milliseconds, or another percentile."""
    if not values:
        return "-"
    return f"{(median(values) if share is None else percentile(values, share)) * 1000:.0f}"


def print_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table in Markdown, for standard output."""
    print(f"\n{title}\n")
    for row in (heads, ["---", *["---:"] * (len(heads) - 1)], *rows):
        print("| " + " | ".join(map(str, row)) + " |")
