"""Long work beside the pages: how far each piece is, how it ended, and the way to stop it. Knows no page."""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

import structlog

from leadalign.intake import Cancelled
from leadalign.problems import Refusal

WAITING, RUNNING, DONE, REFUSED, CANCELLED, FAILED = "waiting", "running", "done", "refused", "cancelled", "failed"
KEPT = 200
"""So many ended jobs are remembered; the oldest are forgotten first."""


@dataclass
class Job:
    """One piece of work: its state, its step with the rows done, and what came of it."""

    key: Hashable
    who: str = ""
    state: str = WAITING
    subject: str = ""
    step: str = ""
    done: int = 0
    total: int | None = None
    started: float = field(default_factory=time.monotonic)
    step_started: float = field(default_factory=time.monotonic)
    ended: float | None = None
    result: Any = None
    so_far: list[Any] = field(default_factory=list)
    refusal: Refusal | None = None
    error_id: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def pending(self) -> bool:
        """Whether it has not ended yet."""
        return not self._over.is_set()

    @property
    def stopping(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    @property
    def seconds(self) -> float:
        """How long it has run, or ran."""
        return (self.ended or time.monotonic()) - self.started

    @property
    def rows_a_second(self) -> float | None:
        """The pace of the step it is in; None while that says nothing."""
        spent = time.monotonic() - self.step_started
        return self.done / spent if self.done and spent > 0.2 else None

    def tell(self, step: str, done: int, total: int | None) -> None:
        """Notes how far it is; raises Cancelled where somebody asked it to stop."""
        if self._stop.is_set():
            raise Cancelled
        if step != self.step or done < self.done:
            self.step_started = time.monotonic()
        self.step, self.done, self.total = step, done, total

    def about(self, subject: str) -> None:
        """Notes what it is busy with now; raises Cancelled where somebody asked it to stop."""
        self.subject = subject
        self.tell("", 0, None)

    def cancel(self) -> None:
        """Asks it to stop; it does at its next step, and keeps nothing of what it was at."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Waits until it has ended, at most so long; whether it has."""
        return self._over.wait(seconds)


class Jobs:
    """All jobs of this process; each lane lets only so many run at once."""

    def __init__(self, **lanes: int):
        """Lanes by name, each with how many of its jobs may run at the same time."""
        self._lanes = {name: threading.Semaphore(room) for name, room in lanes.items()}
        self._jobs: OrderedDict[Hashable, Job] = OrderedDict()
        self._lock = threading.Lock()

    def start(self, lane: str, key: Hashable, work: Callable[[Job], Any], who: str = "") -> Job:
        """The job of that key: the one there is, or a new one that begins as soon as its lane has room."""
        with self._lock:
            if key in self._jobs:
                self._jobs.move_to_end(key)
                return self._jobs[key]
            job = self._jobs[key] = Job(key, who)
            self._forget_old()
        threading.Thread(target=self._run, args=(lane, job, work), daemon=True, name=f"job-{lane}").start()
        return job

    def find(self, key: Hashable) -> Job | None:
        """The job of that key, if there is one."""
        with self._lock:
            return self._jobs.get(key)

    def forget(self, key: Hashable) -> None:
        """Lets a job go, so that the next to ask starts it anew."""
        with self._lock:
            self._jobs.pop(key, None)

    def all(self) -> list[Job]:
        """Every job, the oldest first."""
        with self._lock:
            return list(self._jobs.values())

    def _run(self, lane: str, job: Job, work: Callable[[Job], Any]) -> None:
        """The job from its lane's room to its end, whatever that is."""
        with self._lanes[lane]:
            job.started = job.step_started = time.monotonic()
            try:
                job.tell("", 0, None)
                job.state = RUNNING
                job.result = work(job)
                job.state = DONE
            except Cancelled:
                job.state = CANCELLED
            except Refusal as refusal:
                job.refusal, job.state = refusal, REFUSED
            except Exception as error:  # noqa: BLE001 - whatever it is, the page says so with an id, and the log has the rest
                job.error_id, job.state = secrets.token_hex(4), FAILED
                structlog.get_logger().error("job_failed", error_id=job.error_id, exc_info=error)
            finally:
                job.ended = time.monotonic()
                job._over.set()

    def _forget_old(self) -> None:
        """Keeps the memory of ended jobs within bounds."""
        ended = [key for key, job in self._jobs.items() if not job.pending]
        for key in ended[: max(0, len(self._jobs) - KEPT)]:
            del self._jobs[key]


JOBS = Jobs(reading=2, writing=1)
"""The jobs of this process: two files may be read at once, one at a time is written."""
