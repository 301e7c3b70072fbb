"""Where the demo company's leads come from, how good each source really is, and what it costs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Source:
    """A source of leads: how many, how fitting, how ripe, how often they win, what sales thinks beside that."""

    name: str
    share: float
    fit: float
    intent: float
    wins: float
    liking: float
    campaign: Callable[[date], tuple[str, ...]]
    monthly_cost: int
    busy_months: tuple[int, ...] = ()


def _half(day: date) -> str:
    return f"{'Spring' if day.month < 7 else 'Autumn'} {day.year}"


REFERRAL = Source("Referral", 0.09, 0.87, 0.66, 1.3, 0.6, lambda day: ("",), 0)
BOUGHT_LIST = Source(
    "Bought List", 0.14, 0.38, 0.08, 0.2, -0.7, lambda day: (f"List {day.year}-{day.month:02}",), 4500, (1, 5, 10)
)
SOURCES = (
    REFERRAL,
    Source("Webinar", 0.17, 0.68, 0.47, 1.05, 0.2, lambda day: (f"Webinar {day.year}-{day.month:02}",), 7000),
    Source("Organic Search", 0.2, 0.62, 0.46, 1.0, 0.1, lambda day: ("Blog", "Price page", ""), 3000),
    Source("Trade Show", 0.09, 0.62, 0.39, 0.95, 0.0, lambda day: (f"Cloud fair {_half(day)}",), 9000, (3, 6, 11)),
    Source("Paid Search", 0.18, 0.52, 0.4, 0.85, -0.1, lambda day: ("Brand terms", "Category terms"), 14000),
    Source("Paid Social", 0.13, 0.46, 0.3, 0.85, -0.1, lambda day: ("Decision makers", "Lookalike"), 11000),
    BOUGHT_LIST,
)


def weights(day: date) -> dict[Source, float]:
    """How likely each source is on `day`: fairs and list purchases have their months."""
    return {source: source.share * _season(source, day) for source in SOURCES}


def _season(source: Source, day: date) -> float:
    if not source.busy_months:
        return 1.0
    return 2.2 if day.month in source.busy_months else 0.6
