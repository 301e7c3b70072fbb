"""What went wrong, as a code and its details; the sentence for a person is in texts/problems.toml."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing a person can mend: a code whose words live in texts/problems.toml, and the details that fill them."""

    code: str
    details: dict[str, Any] = field(default_factory=dict)


class Refusal(Exception):
    """Raised where a request cannot be met; carries the Problem that says what, why and what next."""

    def __init__(self, code: str, **details: Any):
        self.problem = Problem(code, details)
        super().__init__(f"{code} {details}" if details else code)
