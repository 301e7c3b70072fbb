"""What a person chose about a file before anything in it was known: its letters, sheet, table, format."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leadalign.intake.formats import Format

QUESTIONS = {"encoding": "encoding", "other_sheets": "sheet", "another_table": "table", "which_format": "format"}
"""The questions that these choices answer, with the choice that each one sets."""


@dataclass(frozen=True)
class Choices:
    """How one file is to be opened; None leaves it to what the file itself says."""

    encoding: str | None = None
    sheet: str | None = None
    table: int | None = None
    format: str | None = None
    """The name of a built-in format, where several know the header."""

    @classmethod
    def of(cls, format: "Format | None") -> "Choices":
        """The choices that a format carries."""
        return cls() if format is None else cls(format.encoding, format.sheet, format.table)

    def answered(self, question: str, choice: str) -> "Choices":
        """These choices with a person's answer; an answer to any other question changes nothing."""
        return replace(self, **chosen(question, choice))

    def over(self, other: "Choices") -> "Choices":
        """These choices, and those of `other` where these leave one open."""
        return Choices(
            self.encoding or other.encoding, self.sheet or other.sheet, self.table or other.table,
            self.format or other.format,
        )  # fmt: skip

    def within(self, format: "Format") -> "Format":
        """The format with just these choices, so that the same file read by it again says the same."""
        return format.model_copy(update={"encoding": self.encoding, "sheet": self.sheet, "table": self.table})


def chosen(question: str, choice: str) -> dict[str, Any]:
    """The answer as what it sets, by name; nothing for a question of another kind."""
    name = QUESTIONS.get(question)
    if name is None:
        return {}
    return {name: int(choice) if name == "table" else choice}
