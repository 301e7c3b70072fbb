"""What a person chose about a file before anything in it was known: its letters, sheet, table, format."""

from dataclasses import dataclass, replace
from typing import Any

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

    def answered(self, question: str, choice: str) -> "Choices":
        """These choices with a person's answer; an answer to any other question changes nothing."""
        return replace(self, **chosen(question, choice))

    def over(self, other: "Choices") -> "Choices":
        """These choices, and those of `other` where these leave one open."""
        return Choices(
            self.encoding or other.encoding, self.sheet or other.sheet, self.table or other.table,
            self.format or other.format,
        )  # fmt: skip


def chosen(question: str, choice: str) -> dict[str, Any]:
    """The answer as what it sets, by name; nothing for a question of another kind."""
    name = QUESTIONS.get(question)
    if name is None:
        return {}
    return {name: int(choice) if name == "table" else choice}
