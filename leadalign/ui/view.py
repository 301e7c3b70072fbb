"""What a person looks at: which page, in which language, as whom, which stretch of time, which cut."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from leadalign.figures import Frame
from leadalign.store import Actor

SEES_PEOPLE = frozenset({"executive", "sales_manager", "administrator"})
"""Figures of single sales people are for those who lead them, and for each of themselves."""


@dataclass(frozen=True)
class View:
    """One look at one page."""

    page: str
    language: str
    who: Actor | None
    start: date | None
    end: date | None
    where: tuple[tuple[str, str], ...] = ()

    @property
    def frame(self) -> Frame:
        """The question that its figures answer, always as known now."""
        return Frame(as_of=None, mode="known", start=self.start, end=self.end, where=self.where)

    @property
    def right_to_left(self) -> bool:
        """Whether the page reads from the right."""
        return self.language == "he"

    def sees_person(self, person_id: str) -> bool:
        """Whether the figures of that sales person may be shown to whoever looks."""
        return self.who is not None and (self.who.role in SEES_PEOPLE or self.who.person_id == person_id)


_current: ContextVar[View] = ContextVar("view")


def view() -> View:
    """The look that the page now being drawn is for."""
    return _current.get()


@contextmanager
def looking(at: View) -> Iterator[View]:
    """Makes `at` the view of everything drawn inside."""
    token = _current.set(at)
    try:
        yield at
    finally:
        _current.reset(token)
