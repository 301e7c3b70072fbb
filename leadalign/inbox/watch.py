"""Looking into the inbox again and again: what has come to rest is taken in by the running app, and put away."""

import hashlib
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import duckdb
import structlog

from leadalign import texts
from leadalign.delivery import Outcome, Terms, bring_in, report_lines, sentence, shown_name
from leadalign.inbox.folder import DONE, REFUSED, Folder, Lying, Seen, Unfinished
from leadalign.intake.progress import Cancelled
from leadalign.problems import Refusal
from leadalign.settings import Settings
from leadalign.store import Database, is_demo
from leadalign.store.people import INBOX

OURS = {
    "disk_full", "folder_not_writable", "not_allowed",
    "database_in_use", "database_newer", "database_not_ours", "database_unreadable",
}  # fmt: skip
"""Problems that are no file's fault: the file stays where it is until they are mended."""
OUR_FAULTS = (duckdb.IOException, duckdb.FatalException, duckdb.TransactionException, duckdb.ConnectionException)
SECONDS_TO_END = 30
WITHIN = """
SELECT batch_id, events_added, report FROM log.batches
WHERE sha256 = ? AND recorded_by = ? AND recorded_at >= ? ORDER BY event_order DESC LIMIT 1
"""


class Inbox:
    """One inbox and the database that its files go to."""

    def __init__(self, settings: Settings, database: Callable[[], Database]):
        """The inbox that `settings` name; `database` opens the shared one."""
        assert settings.inbox_folder is not None
        self._settings, self._database = settings, database
        self._folder = Folder(settings.inbox_folder)
        self._before: dict[str, Seen] = {}
        self._stuck: dict[str, Seen] = {}
        self._log = structlog.get_logger()
        self.stopping = threading.Event()
        self.state: dict[str, Any] = {"status": "ok", "last_look": None, "last_file": None, "taken": 0, "refused": 0}

    def look(self) -> int:
        """Takes what has not changed since the last look, the oldest first; how many files were put away."""
        self._folder.prepare(self._settings.database)
        lying = self._folder.lying()
        rested = [each for each in lying if self._before.get(each.path.name) == each.seen]
        self._before = {each.path.name: each.seen for each in lying}
        moved = 0
        for each in rested:
            if self._stuck.get(each.path.name) != each.seen:
                moved += self._pick_up(each)
        self.state |= {"status": "ok", "last_look": _instant()}
        return moved

    def _pick_up(self, lying: Lying) -> bool:
        """Whether one thing left the inbox, be it taken in or refused."""
        try:
            outcome = self._outcome(lying)
        except Unfinished:
            return False
        report, lines = self._reports(lying, outcome)
        if lying.is_folder:
            if self._folder.tell_of_folder(lying, report, lines):
                self._tell(lying, outcome)
            return False
        try:
            self._folder.put_away(lying, REFUSED if outcome.problem else DONE, report, lines)
        except OSError as problem:  # taken in and not moved: told once, and left until somebody touches it
            self._stuck[lying.path.name] = lying.seen
            self._log.error("inbox_not_moved", file=shown_name(lying.path), reason=problem.strerror)
            return False
        self._tell(lying, outcome)
        return True

    def _outcome(self, lying: Lying) -> Outcome:
        """What becomes of a file; raises Refusal where it is not the file's fault that it cannot be taken."""
        try:
            content = self._folder.read(lying)
        except Refusal as refusal:
            told = sentence(refusal.problem, self._settings.language)
            return Outcome({"file": shown_name(lying.path), "left_out": told}, refusal.problem)
        db, sha256 = self._database(), hashlib.sha256(content).hexdigest()
        outcome = _known(db, lying, sha256) or self._brought_in(db, lying, content)
        return Outcome({**outcome.report, "sha256": sha256}, outcome.problem, outcome.fault)

    def _brought_in(self, db: Database, lying: Lying, content: bytes) -> Outcome:
        """The file taken in, or told why not."""
        terms = Terms(INBOX, language=self._settings.language)
        outcome = bring_in(db, shown_name(lying.path), lambda: content, terms, self._go_on)
        if isinstance(outcome.fault, OUR_FAULTS):
            raise outcome.fault
        if outcome.problem and outcome.problem.code in OURS:
            raise Refusal(outcome.problem.code, **outcome.problem.details)
        return outcome

    def _go_on(self, step: str, done: int, total: int | None) -> None:
        """Lets a file be given up where the app ends: nothing of it is kept, and the next start takes it."""
        if self.stopping.is_set():
            raise Cancelled

    def _reports(self, lying: Lying, outcome: Outcome) -> tuple[dict[str, Any], list[str]]:
        """The report for programs, and its sentences for people."""
        language, problem = self._settings.language, outcome.problem
        report = outcome.report | ({"problem": {"code": problem.code, "details": problem.details}} if problem else {})
        lines = report_lines(report, language)
        if problem:
            lines += ["", texts.say("inbox.what_next", language)]
        elif is_demo(self._database()):
            lines += ["", texts.say("inbox.demo", language)]
        return report, lines

    def _tell(self, lying: Lying, outcome: Outcome) -> None:
        """What became of a file, in the log and for the health route."""
        file, report = shown_name(lying.path), outcome.report
        self.state |= {"last_file": _instant()}
        self.state["refused" if outcome.problem else "taken"] += 1
        if outcome.fault:
            self._log.error("inbox_refused", file=file, exc_info=outcome.fault)
        elif outcome.problem:
            self._log.warning("inbox_refused", file=file, problem=outcome.problem.code)
        else:
            self._log.info("inbox_taken", file=file, batch=report["batch"], events=report["events_added"])


class Watch:
    """The thread of this process that looks into the inbox, where settings name one."""

    def __init__(self, database: Callable[[], Database], afterwards: Callable[[], Any]):
        """`database` opens the shared one; `afterwards` is called after each look that brought something."""
        self._database, self._afterwards = database, afterwards
        self._inbox: Inbox | None = None
        self._thread: threading.Thread | None = None

    def start(self, settings: Settings) -> None:
        """Begins to look; the app's start does not wait for it."""
        if settings.inbox_folder is not None and self._thread is None:
            self._inbox = Inbox(settings, self._database)
            self._thread = threading.Thread(target=self._run, args=(self._inbox, settings.inbox_seconds), daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Ends it: a file that is being read is given up, one that is being written comes in whole."""
        if self._inbox and self._thread:
            self._inbox.stopping.set()
            self._thread.join(SECONDS_TO_END)
            self._inbox = self._thread = None

    def state(self) -> dict[str, Any] | None:
        """How the inbox is and when it last took something; None where there is none. Names no file."""
        return dict(self._inbox.state) if self._inbox else None

    def _run(self, inbox: Inbox, seconds: float) -> None:
        """Looks until it is stopped, whatever happens."""
        while not inbox.stopping.wait(seconds):
            try:
                if inbox.look():
                    self._afterwards()
            except Cancelled:
                return
            except Refusal as refusal:
                self._wait(inbox, refusal.problem.code, None)
            except Exception as fault:  # noqa: BLE001  the next look may find it mended
                self._wait(inbox, "does_not_answer", fault)

    def _wait(self, inbox: Inbox, status: str, fault: Exception | None) -> None:
        """Says once what is in the way."""
        if inbox.state["status"] != status:
            structlog.get_logger().error("inbox_waits", problem=status, exc_info=fault)
        inbox.state |= {"status": status, "last_look": _instant()}


def _known(db: Database, lying: Lying, sha256: str) -> Outcome | None:
    """What became of a file that the inbox took since it lies here: the app ended before it was put away."""
    found = db.rows(WITHIN, [sha256, INBOX.person_id, lying.put_here_at])
    if not found:
        return None
    batch, events, report = found[0]
    told = {"added": {}, "leads": {"new": 0, "changed": 0, "same": 0}, "gone": 0} | json.loads(report)
    return Outcome({**told, "file": shown_name(lying.path), "batch": batch, "events_added": events})


def _instant() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
