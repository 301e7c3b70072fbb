"""What people type: each write goes through one function that knows the actor and asks whether the role allows it."""

import uuid

from leadalign.problems import Refusal
from leadalign.store.database import Database, now
from leadalign.store.people import Actor, audit, require

RATING_REASONS = (
    "good_fit", "ready_now", "no_budget", "no_timeline", "wrong_person", "too_small", "unfit", "country", "unreachable",
    "not_interested", "duplicate", "unknown_timeline",
)  # fmt: skip
LONGEST_COMMENT = 1000


def rating_reasons() -> tuple[str, ...]:
    """The closed list of reasons that sales chooses from when rating a lead."""
    return RATING_REASONS


def rate_lead(
    db: Database, who: Actor, lead_id: str, rating: int, reasons: tuple[str, ...] = (), comment: str = ""
) -> str:
    """Sales says how good a lead is, 1 to 5, with reasons and a word; a second rating stands beside the first."""
    require(who, "rate_lead")
    _check_rating(db, lead_id, rating, reasons, comment)
    rating_id, at = str(uuid.uuid4()), now()
    with db.writing("ratings") as writer:
        writer.insert(
            "log.ratings",
            rating_id=rating_id,
            lead_id=lead_id,
            rater_id=who.person_id,
            rating=rating,
            reasons="|".join(reasons) or None,
            comment=comment.strip() or None,
            rated_at=at,
            recorded_at=at,
            recorded_by=who.person_id,
        )
        audit(writer, who.person_id, "rate_lead", lead=lead_id, rating=rating, reasons=reasons)
    return rating_id


def _check_rating(db: Database, lead_id: str, rating: int, reasons: tuple[str, ...], comment: str) -> None:
    if isinstance(rating, bool) or not isinstance(rating, int) or not 1 <= rating <= 5:
        raise Refusal("rating_out_of_range", rating=rating)
    for reason in reasons:
        if reason not in RATING_REASONS:
            raise Refusal("unknown_reason", reason=reason, known=", ".join(RATING_REASONS))
    if len(comment) > LONGEST_COMMENT:
        raise Refusal("comment_too_long", length=len(comment), limit=LONGEST_COMMENT)
    if not db.rows("SELECT 1 FROM live.leads WHERE lead_id = ? LIMIT 1", [lead_id]):
        raise Refusal("unknown_lead", lead=lead_id)


def save_format(db: Database, who: Actor, name: str, toml: str) -> None:
    """Keeps a person's mapping of an unknown file, so that the next such file is recognised."""
    require(who, "save_format")
    with db.writing("saved_formats") as writer:
        writer.insert("log.saved_formats", name=name, toml=toml, recorded_at=now(), recorded_by=who.person_id)
        audit(writer, who.person_id, "save_format", name=name)


def saved_formats(db: Database) -> list[tuple[str, str]]:
    """The mappings that people saved: name and contents, the latest of each name, the one saved last at the end."""
    return [
        (name, toml)
        for name, toml in db.rows(
            "SELECT name, arg_max(toml, event_order) FROM log.saved_formats GROUP BY name ORDER BY max(event_order)"
        )
    ]
