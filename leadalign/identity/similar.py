"""Names that are nearly alike: weak evidence, and only between leads at one company."""

from rapidfuzz import fuzz, process

from leadalign.store import Database

NEARLY_ALIKE = 88
"""Of 100, whatever the order of the words: "Dana Levy" and "Levi Dana" are, "Dana Levi" and "Gil Levi" are not."""


def similar_names(db: Database, neighbours: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Pairs of leads in the table `neighbours` whose names are nearly alike, with the codes of the evidence."""
    rows = db.rows(f"SELECT one_id, other_id, one_name, other_name, same_company, same_domain FROM {neighbours}")
    if not rows:
        return []
    scores = process.cpdist([row[2] for row in rows], [row[3] for row in rows], scorer=fuzz.token_sort_ratio)
    return [
        (row[0], row[1], _evidence(row[4], row[5]))
        for row, score in zip(rows, scores, strict=True)
        if score >= NEARLY_ALIKE
    ]


def _evidence(same_company: int, same_domain: int) -> tuple[str, ...]:
    said = (("similar_name_same_domain", same_domain), ("similar_name_same_company", same_company))
    return tuple(code for code, holds in said if holds)
