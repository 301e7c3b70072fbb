"""What prediction found, in a sentence or two before any statistics; what went together, never what caused what."""

from leadalign.figures import Figure
from leadalign.texts import say

NO_VERDICT = ("no_data", "too_few", "no_variation", "leaks_outcome")


def score_sentence(figure: Figure, language: str) -> str:
    """What `definition_auc` means: does the score tell winners from others, and if nobody can say, why."""
    extra = figure.extra
    details = {
        "closed": extra["closed"],
        "won": extra["won"],
        "not_won": extra["not_won"],
        "days": extra["horizon_days"],
    }
    if figure.value is None:
        return say(f"prediction.score.{figure.note}", language, **details)
    low, high = (_of_100(end) for end in (figure.low, figure.high))
    found = say(f"prediction.score.{extra['verdict']}", language, times=_of_100(figure.value), **details)
    return found if low is None else f"{found} {say('prediction.score.between', language, low=low, high=high)}"


def criterion_sentence(figure: Figure, name: str, language: str) -> str:
    """What one criterion's `criterion_log_odds` means; `name` is the criterion in people's own words."""
    extra = figure.extra
    counts = {key: extra[key] for key in ("met", "met_won", "unmet", "unmet_won")}
    if figure.note in NO_VERDICT:
        parts = [say(f"prediction.criterion.{figure.note}", language, name=name, **counts)]
    else:
        more = extra["met_won"] * extra["unmet"] - extra["unmet_won"] * extra["met"]
        key = "more_often" if more > 0 else "less_often" if more < 0 else "as_often"
        told = say(f"prediction.criterion.{key}", language, name=name, **counts)
        parts = [told, say(f"prediction.criterion.{figure.note}", language, tested=extra["tested"])]
    if extra["unknown"]:
        unknown = {"unknown": extra["unknown"], "unknown_won": extra["unknown_won"]}
        parts.append(say("prediction.criterion.unknown", language, **unknown))
    return " ".join(parts)


def direction_sentence(figure: Figure, language: str) -> str:
    """What `class_rating_kappa` means: how often both judged alike, and which side grades higher."""
    extra = figure.extra
    if not extra["rated"]:
        return say("prediction.rating.no_data", language)
    higher, lower = extra["class_higher"], extra["class_lower"]
    parts = [say("prediction.rating.alike", language, agreed=extra["agreed"], rated=extra["rated"])]
    if higher + lower:
        parts.append(say("prediction.rating.direction", language, higher=higher, lower=lower))
        surely = extra["p"] is not None and extra["p"] < 0.05
        parts.append(say(f"prediction.rating.{'one_sided' if surely else 'could_be_chance'}", language))
    return " ".join(parts)


def _of_100(share: float | None) -> int | None:
    return None if share is None else round(100 * share)
