"""What people said about one waiting file, kept with it; together it decides how the file is read. Knows no page."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from leadalign.intake import Choices, Format, Question, Understanding
from leadalign.intake.choices import QUESTIONS as OPENING
from leadalign.intake.progress import Progress
from leadalign.store import Database
from leadalign.uploads import understand

LASTING = ("date_order", "date_orders_mixed", "decimal_mark", "unknown_value", "no_lost_leads", "other_pipelines")
"""Answers that hold for the next such file too; a sheet, an encoding or leads that are gone are of this file only."""


@dataclass(frozen=True)
class Answers:
    """The format as found or mapped, the mapping being made, and each question with the answer that it got."""

    format: str | None = None
    mapped: bool = False
    mapping: dict[str, Any] = field(default_factory=dict)
    given: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """The answers as the desk keeps them."""
        return cls(**{**kept, "given": tuple(kept.get("given", ()))})

    def kept(self) -> dict[str, Any]:
        """The answers for the desk."""
        return asdict(self)

    def decisive(self) -> list[Any]:
        """What of these answers changes how the file is read."""
        return [self.format, *((one["code"], one["column"], one["answer"]) for one in self.given)]

    def answered(self, question: Question, answer: Any, read_by: Format | None) -> Self:
        """These answers with one more, or with another one to the same question."""
        same = (question.code, question.column)
        given = [one for one in self.given if (one["code"], one["column"]) != same]
        if question.code == "unknown_value":
            answer = {**self.answer_to(question, {}), **answer}
        asked = {"code": question.code, "column": question.column, "details": question.details,
                 "choices": list(question.choices), "answer": answer}  # fmt: skip
        if question.code in OPENING and not self.mapped:
            return replace(self, format=None, given=(*given, asked))
        base = self.format or (read_by.to_toml() if read_by else None)
        return replace(self, format=base, given=(*given, asked))

    def answer_to(self, question: Question, otherwise: Any = None) -> Any:
        """What was answered to this question so far."""
        same = (question.code, question.column)
        return next((one["answer"] for one in self.given if (one["code"], one["column"]) == same), otherwise)

    def changed(self, code: str, column: str | None, answer: Any) -> Self:
        """These answers with another answer to a question that was answered before; None takes it back."""
        given = tuple(
            {**one, "answer": answer} if (one["code"], one["column"]) == (code, column) else one for one in self.given
        )
        format = None if code in OPENING and not self.mapped else self.format
        return replace(self, format=format, given=tuple(one for one in given if one["answer"] is not None))

    def mapped_as(self, mapping: Format) -> Self:
        """These answers with a mapping by a person."""
        return replace(self, format=mapping.to_toml(), mapped=True, mapping={**self.mapping, "open": False})

    def mapping_anew(self) -> Self:
        """These answers without what was read by a format: somebody wants to say the columns anew."""
        given = tuple(one for one in self.given if one["code"] in OPENING)
        return replace(self, format=None, mapped=False, mapping={**self.mapping, "open": True}, given=given)

    @property
    def to_map(self) -> bool:
        """Whether somebody wants to say the columns anew."""
        return bool(self.mapping.get("open"))

    @property
    def lasting(self) -> bool:
        """Whether anything was answered that holds for the next such file too."""
        return any(one["code"] in LASTING for one in self.given)

    def opening(self) -> Choices:
        """How the file is to be opened: its letters, its sheet, its table."""
        choices = Choices()
        for one in self.given:
            choices = choices.answered(one["code"], one["answer"])
        return choices

    def applied(self, base: Format, codes: tuple[str, ...] | None = None) -> Format:
        """The format with what was answered about columns and values; only these questions where they are named."""
        for one in self.given:
            if one["code"] in OPENING or (codes and one["code"] not in codes):
                continue
            if one["code"] == "unknown_value":
                base = base.taught(one["column"], one["answer"])
            else:
                base = base.answered(one["code"], one["column"], one["answer"])
        return base


def read_with(
    db: Database, name: str, content: bytes, answers: Answers, progress: Progress | None = None
) -> Understanding:
    """What a file holds by the answers so far."""
    base, choices = Format.from_toml(answers.format) if answers.format else None, answers.opening()
    if base is None:
        found = understand(db, name, content, choices=choices, progress=progress)
        base = found.format
        if base is None or answers.applied(base) == base:
            return found
    return understand(db, name, content, answers.applied(base).choosing(choices), progress=progress)


def to_remember(found: Understanding, answers: Answers) -> Format | None:
    """The format to keep for the next such file: with the lasting answers, without what is of this file only."""
    if not answers.lasting or found.format is None:
        return None
    base = Format.from_toml(answers.format) if answers.format else found.format
    return answers.applied(base.choosing(Choices()), LASTING)
