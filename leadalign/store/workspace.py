"""Whether this database holds the demo company or a company's own data, and the way from one to the other."""

from leadalign.problems import Refusal
from leadalign.store.batches import ALL_TABLES
from leadalign.store.database import Database, now
from leadalign.store.people import Actor, audit, require

DEMO = "demo"
AGREEMENT = ("agreement_events", "definition_chain")
LEFT_BEHIND = (*ALL_TABLES, "pair_answers", "batch_undos", "saved_formats", *AGREEMENT, "audit")


def is_empty(db: Database) -> bool:
    """Whether nothing was ever brought in or typed."""
    return not db.rows("SELECT 1 FROM log.batches UNION ALL SELECT 1 FROM log.people LIMIT 1")


def is_demo(db: Database) -> bool:
    """Whether everything in here is the invented demo company."""
    return bool(db.rows("SELECT 1 FROM log.workspace WHERE name = ?", [DEMO]))


def mark_as_demo(db: Database) -> None:
    """Says of an empty database that what comes in now is the demo company; raises Refusal where there is own data."""
    if not is_empty(db):
        raise Refusal("own_data_present")
    with db.writing("workspace") as writer:
        writer.run("INSERT INTO log.workspace VALUES (?, ?)", [DEMO, now().isoformat()])


def start_with_own_data(db: Database, who: Actor) -> None:
    """Takes the demo company out, whole; who said here who they are stays.

    It is invented, and can be made again at any time.
    """
    require(who, "replace_demo")
    if not is_demo(db):
        raise Refusal("own_data_present")
    with db.writing(*LEFT_BEHIND, "workspace") as writer:
        for table in (*LEFT_BEHIND, "workspace"):
            writer.run(f"DELETE FROM log.{table}{' WHERE batch_id IS NOT NULL' if table == 'people' else ''}")
        audit(writer, who.person_id, "start_with_own_data")
