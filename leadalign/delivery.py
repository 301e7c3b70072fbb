"""A file that nobody watches on its way in, and what became of it: for the command line's folders and the inbox."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from leadalign import texts, uploads
from leadalign.intake import Format, Progress
from leadalign.intake.progress import Cancelled
from leadalign.problems import Problem, Refusal
from leadalign.store import Actor, Database


@dataclass(frozen=True)
class Outcome:
    """What became of one file: its report as `import --json` prints it, and why it stayed out where it did."""

    report: dict[str, Any]
    problem: Problem | None = None
    fault: Exception | None = None
    """What nobody foresaw, for the log."""


@dataclass(frozen=True)
class Terms:
    """How files are taken: by whom, as which format, recorded when, whether what whole exports lack is gone."""

    who: Actor
    format: Format | None = None
    at: datetime | None = None
    gone: bool = False
    language: str = "en"


def bring_in(
    db: Database, name: str, read: Callable[[], bytes], terms: Terms, progress: Progress | None = None
) -> Outcome:
    """Understands a file and takes it in; a file that cannot be taken is told and stops nobody else's."""
    report: dict[str, Any] = {"file": name}
    try:
        content = read()
        found = uploads.understand(db, name, content, terms.format, at=terms.at, progress=progress)
        if terms.gone:
            found = uploads.others_are_gone(found)
        report = uploads.report(found)
        batch = uploads.take_in(db, terms.who, found, content, terms.at, progress=progress)
    except Cancelled:
        raise
    except Refusal as refusal:
        return Outcome({**report, "left_out": sentence(refusal.problem, terms.language)}, refusal.problem)
    except Exception as fault:  # noqa: BLE001  what nobody foresaw in one file stops no other
        problem = Problem("file_unforeseen", {"file": name, "reason": f"{type(fault).__name__}: {fault}"[:300]})
        return Outcome({**report, "left_out": sentence(problem, terms.language)}, problem, fault)
    added = {"batch": batch.batch_id, "added": batch.added, "events_added": batch.events_added}
    return Outcome({**report, **added, "leads": batch.leads, "gone": batch.gone})


def shown_name(path: PurePath) -> str:
    """A file's name as it can be shown: without control characters, and whatever bytes the disk has for it."""
    plain = path.name.encode("utf-8", "replace").decode("utf-8")
    return "".join(letter for letter in plain if letter.isprintable()) or "file"


def sentence(problem: Problem, language: str = "en") -> str:
    """A problem in words."""
    return texts.say(f"problems.{problem.code}", language, **problem.details)


def report_lines(report: dict[str, Any], language: str) -> list[str]:
    """A file's report in plain sentences: what it was, what came of it, repairs, questions, each refused row."""
    lines = [texts.say("inbox.file", language, file=report["file"])]
    if "rows" in report:
        lines.append(texts.say("inbox.understood", language, format=report["format"] or "?", rows=report["rows"],
                               in_file=report["rows_in_file"]))  # fmt: skip
    lines.append(_what_came_of_it(report, language))
    lines += _block("repairs", [_repair(each, language) for each in report.get("repairs", [])], language)
    lines += _block("questions", question_lines(report, language), language)
    return lines + _block("refused", [_refused(each, language) for each in report.get("refused", [])], language)


def question_lines(report: dict[str, Any], language: str = "en") -> list[str]:
    """What the file leaves open, with the answers there are; what must be answered first is marked."""
    return [_question(each, language) for each in report.get("questions", [])]


def _what_came_of_it(report: dict[str, Any], language: str) -> str:
    if "left_out" in report:
        return str(report["left_out"])
    key = "inbox.came_in" if report["events_added"] else "inbox.nothing_new"
    return texts.say(key, language, batch=report["batch"], events=report["events_added"], **report["leads"])


def _block(name: str, lines: list[str], language: str) -> list[str]:
    return ["", texts.say(f"inbox.{name}", language, count=len(lines)), *lines] if lines else []


def _repair(repair: dict[str, Any], language: str) -> str:
    words = in_words("repairs", repair["rule"], {}, language)
    return texts.say("inbox.repair", language, words=words, count=repair["count"])


def _refused(row: dict[str, Any], language: str) -> str:
    words = in_words("refused", row["reason"], row["details"], language)
    return texts.say("inbox.line", language, line=row["line"], words=words, text=row["text"])


def _question(question: dict[str, Any], language: str) -> str:
    details = {"column": question["column"] or "", **question["details"]}
    choices = " / ".join(in_words("choices", choice, {}, language) for choice in question["choices"])
    key = "inbox.must_answer" if question["blocks"] else "inbox.may_answer"
    return texts.say(key, language, words=in_words("questions", question["code"], details, language), choices=choices)


def in_words(block: str, code: str, details: dict[str, Any], language: str) -> str:
    """Intake's words for a code; the code itself where there are none."""
    key = f"intake.{block}.{code}"
    return texts.say(key, language, **details) if texts.has(key) else code
