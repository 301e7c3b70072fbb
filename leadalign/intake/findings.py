"""What intake tells of a file besides its rows: repairs made, rows refused, questions for a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Repair:
    """A rule applied to some lines; `away` where whole rows left the table (a title, a total, a blank row)."""

    rule: str
    count: int
    lines: tuple[int, ...] = ()
    away: bool = False
    column: str | None = None


@dataclass(frozen=True)
class RefusedRow:
    """A row that is in the file and not in the records, with the reason's code and the row as it was written."""

    line: int
    reason: str
    text: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What the file leaves open; nothing of `column` is taken before it is answered where `blocks` is true."""

    code: str
    column: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    blocks: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the file: its header, where it goes, what its cells are, how many are filled."""

    name: str
    target: str | None
    type: str
    filled: int


@dataclass
class Findings:
    """Collects repairs, refused rows and questions while a file is read."""

    repairs: list[Repair] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def repair(
        self,
        rule: str,
        lines: Iterable[int],
        *,
        away: bool = False,
        column: str | None = None,
        count: int | None = None,
    ) -> None:
        """Notes a repair of these lines, unless there are none (a repair of the whole file gives its count)."""
        touched = tuple(int(line) for line in lines)
        if count or touched:
            self.repairs.append(Repair(rule, len(touched) if count is None else count, touched, away, column))

    def refuse(self, line: int, reason: str, cells: Sequence[str | None] | str, **details: Any) -> None:
        """Notes a refused row."""
        text = cells if isinstance(cells, str) else ",".join(cell or "" for cell in cells)
        self.refused.append(RefusedRow(int(line), reason, text[:500], details))

    def ask(
        self, code: str, column: str | None = None, *, choices: Sequence[str] = (), blocks: bool = False, **details: Any
    ) -> None:
        """Notes a question."""
        self.questions.append(Question(code, column, details, tuple(choices), blocks))

    def rows_away(self) -> int:
        """How many rows were taken out by repairs."""
        return sum(repair.count for repair in self.repairs if repair.away)
