"""A written definition to test with, and the people who write, discuss and sign it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadalign.ideal_lead.versions import discuss
from leadalign.store import (
    Actor,
    Database,
    DefinitionDraft,
    definition_draft,
    open_database,
    register_person,
    save_definition,
    sign,
)


def rules(employees: float = 50, begins: datetime | None = None, **more: Any) -> dict[str, Any]:
    """A draft: large enough, and a budget."""
    return {
        "value_bands": [["A", 40], ["B", 0]],
        "readiness_bands": [["1", 30], ["2", 0]],
        "routes": {"A1": "SRL", "A2": "NURTURE", "*": "LOW"},
        "criteria": [
            {
                "id": "V1", "dimension": "value", "kind": "points", "points": 40,
                "expr": {"op": "cmp", "attr": "employees", "cmp": ">=", "value": employees},
            },
            {
                "id": "R1", "dimension": "readiness", "kind": "points", "points": 30,
                "expr": {"op": "cmp", "attr": "budget", "cmp": "==", "value": True},
            },
        ],
        **({"effective_from": begins.isoformat()} if begins else {}),
        **more,
    }  # fmt: skip


@dataclass
class Company:
    """A database with one person of each function."""

    db: Database
    maya: Actor
    ron: Actor
    eli: Actor

    @classmethod
    def open(cls, db: Database | None = None) -> "Company":
        """The company, in memory where no database is given."""
        db = db or open_database(None)
        return cls(
            db,
            register_person(db, "Maya", "marketing"),
            register_person(db, "Ron", "sales"),
            register_person(db, "Eli", "management"),
        )

    def discussed(self, text: dict[str, Any] | None = None) -> DefinitionDraft:
        """A text under discussion."""
        draft = save_definition(self.db, self.maya, text or rules())
        discuss(self.db, self.maya, draft, definition_draft(self.db, draft).sha256)
        return definition_draft(self.db, draft)

    def signed(self, text: dict[str, Any] | None = None) -> DefinitionDraft:
        """A text that both functions signed."""
        draft = self.discussed(text)
        sign(self.db, self.maya, draft.draft_id, draft.sha256)
        return sign(self.db, self.ron, draft.draft_id, draft.sha256)
