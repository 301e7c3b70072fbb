"""The inbox on disk: what lies there, read without following anything, and put away beside its report."""

import json
import os
import stat
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from leadalign.delivery import shown_name
from leadalign.problems import Refusal
from leadalign.settings import Settings

DONE, REFUSED = "done", "refused"
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart", ".partial", ".download")
LARGEST = 1024**3
"""Bytes; more than any CRM's export that was seen, and less than hurts."""
LONGEST_NAME = 180
LATELY = timedelta(days=7)
MOST_TOLD = 20
NOT_FOLLOWED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
Seen = tuple[int, int, int, int]
"""What tells one state of a file from another: kind, number, size, time of the last change."""


class Unfinished(Exception):
    """The file was written to while it was read."""


@dataclass(frozen=True)
class Lying:
    """Something in the inbox, as one look saw it."""

    path: Path
    seen: Seen
    put_here_at: datetime

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder; these stay where they are."""
        return stat.S_ISDIR(self.seen[0])


class Folder:
    """The inbox and its two shelves; nothing is read or written outside of them."""

    def __init__(self, root: Path):
        """The inbox at `root`."""
        self.root = root

    def prepare(self, database: Path) -> None:
        """Makes the folders that are missing; raises Refusal where they cannot be what they must be."""
        if self.root.resolve() == database.parent.resolve():
            raise Refusal("inbox_holds_database", path=str(self.root))
        try:
            for folder in (self.root, self.root / DONE, self.root / REFUSED):
                folder.mkdir(parents=folder == self.root, exist_ok=True)
                if folder != self.root and folder.is_symlink():
                    raise Refusal("inbox_leads_elsewhere", path=str(folder))
        except OSError as problem:
            raise Refusal("inbox_not_usable", path=str(self.root), reason=problem.strerror or "?") from problem

    def lying(self) -> list[Lying]:
        """What lies in the inbox and is not hidden or still being copied, the oldest first."""
        found = []
        with os.scandir(self.root) as entries:
            for entry in entries:
                if entry.name not in (DONE, REFUSED) and not _is_unfinished(entry.name):
                    found.append(_as_seen(Path(entry.path)))
        return sorted((each for each in found if each), key=lambda each: (each.seen[3], each.path.name))

    def read(self, lying: Lying) -> bytes:
        """The file's bytes; raises Refusal for what is no plain file or too big, Unfinished if it changed."""
        name = shown_name(lying.path)
        if not stat.S_ISREG(lying.seen[0]):
            raise Refusal("not_a_plain_file", file=name)
        if lying.seen[2] > LARGEST:
            raise Refusal("file_too_big", file=name, megabytes=lying.seen[2] // 1024**2, most=LARGEST // 1024**2)
        try:
            with open(os.open(lying.path, os.O_RDONLY | NOT_FOLLOWED), "rb") as file:
                content = file.read(LARGEST + 1)
                if _seen(os.fstat(file.fileno())) != lying.seen:
                    raise Unfinished
                return content
        except OSError as problem:
            raise Refusal("file_not_readable", path=name, reason=problem.strerror or "?") from problem

    def put_away(self, lying: Lying, shelf: str, report: dict[str, Any], lines: list[str]) -> Path:
        """Moves the file to a shelf under a name that is free there, after its report: cut short, it is done again."""
        target = self._free_place(self.root / shelf, shown_name(lying.path), report.get("sha256"))
        self._write_report(target, report, lines)
        os.rename(lying.path, target)
        return target

    def tell_of_folder(self, lying: Lying, report: dict[str, Any], lines: list[str]) -> bool:
        """Writes once, where refused files lie, that a folder was left alone; False where that was told before."""
        target = self.root / REFUSED / _short(shown_name(lying.path))
        if _report(target, "txt").exists():
            return False
        self._write_report(target, report, lines)
        return True

    def _free_place(self, shelf: Path, name: str, sha256: str | None) -> Path:
        """`name`, or `name (2)` and so on; only a report of these very bytes without its file is written anew."""
        wanted = Path(_short(name))
        number, place = 1, shelf / wanted
        while os.path.lexists(place) or _is_of_others(place, sha256):
            number += 1
            place = shelf / f"{wanted.stem} ({number}){wanted.suffix}"
        return place

    def _write_report(self, target: Path, report: dict[str, Any], lines: list[str]) -> None:
        """The report for programs and the one for people, each whole or not at all."""
        for kind, text in (("json", json.dumps(report, ensure_ascii=False, default=str, indent=1)),
                           ("txt", "\n".join([*lines, ""]))):  # fmt: skip
            whole = _report(target, kind)
            half = whole.with_name(f".{whole.name}.part")
            half.write_text(text, encoding="utf-8", errors="replace")
            half.replace(whole)


def refused_lately(settings: Settings) -> list[dict[str, Any]]:
    """The files that the inbox refused in the last days, the latest first: file, instant, problem with its details."""
    folder = settings.inbox_folder
    if folder is None or not (folder / REFUSED).is_dir():
        return []
    since = (datetime.now(UTC) - LATELY).timestamp()
    reports = [(path.stat().st_mtime, path) for path in (folder / REFUSED).glob("*.report.json")]
    latest = sorted((each for each in reports if each[0] > since), reverse=True)[:MOST_TOLD]
    return [found for at, path in latest if (found := _refused(path, at))]


@lru_cache(maxsize=256)
def _refused(path: Path, at: float) -> dict[str, Any] | None:
    """What a report says of why its file was refused; None for a report that is no longer ours."""
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        return {"file": report["file"], "at": datetime.fromtimestamp(at, UTC), "problem": report["problem"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _as_seen(path: Path) -> Lying | None:
    """How a thing looks now, without following it; None if it is gone already."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return Lying(path, _seen(found), datetime.fromtimestamp(found.st_ctime, UTC))


def _seen(found: os.stat_result) -> Seen:
    return found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns


def _is_unfinished(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower().endswith(UNFINISHED)


def _is_of_others(place: Path, sha256: str | None) -> bool:
    """Whether a report lies there already that is not about these very bytes."""
    try:
        return json.loads(_report(place, "json").read_text(encoding="utf-8")).get("sha256", "") != sha256
    except FileNotFoundError:
        return os.path.lexists(_report(place, "txt"))
    except (OSError, ValueError, AttributeError):
        return True


def _report(place: Path, kind: str) -> Path:
    return place.with_name(f"{place.name}.report.{kind}")


def _short(name: str) -> str:
    """A name that leaves room for what is added to it."""
    if len(name.encode()) <= LONGEST_NAME:
        return name
    suffix = Path(name).suffix if len(Path(name).suffix) < 10 else ""
    return name.encode()[: LONGEST_NAME - len(suffix.encode())].decode(errors="ignore") + suffix
