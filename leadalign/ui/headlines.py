"""The one sentence at the head of each page, computed from the data."""

import math
from datetime import date

from leadalign.figures import Figure
from leadalign.settings import settings
from leadalign.stats.control import Limits
from leadalign.texts import formats
from leadalign.ui.company import name_of_group
from leadalign.ui.escape import plain
from leadalign.ui.figure_words import against, movement_of, name_of, value_of
from leadalign.ui.filters import period_in_short
from leadalign.ui.goals_view import progress_of, this_month
from leadalign.ui.language import language, words
from leadalign.ui.reading import cut_figures, one_figure, weekly
from leadalign.ui.view import view

CHANGING = ("unready_time_share", "handover_compliance", "acceptance_rate", "lead_rating_top2", "leads_created",
            "sales_ready_leads")  # fmt: skip
"""The numbers whose weeks are watched for news: none that a young week must show differently."""


def week_sentence() -> str:
    """How far the goals are, and where sales time goes."""
    return " ".join(part for part in (_goals_so_far(this_month()), time_sentence()) if part)


def _goals_so_far(month: date) -> str:
    """Leads and deals of the month against their goals, and the working days left."""
    tongue, found = language(), {each.goal.metric: each for each in progress_of(month)}
    if not {"leads_created", "deals_won"} <= found.keys():
        return ""
    leads, deals = found["leads_created"], found["deals_won"]
    left = leads.days - leads.days_gone
    numbers = {
        "leads": leads.done.value or 0, "leads_goal": leads.goal.target,
        "deals": deals.done.value or 0, "deals_goal": deals.goal.target,
    }  # fmt: skip
    spoken = {name: formats.number(value, tongue) for name, value in numbers.items()}
    key = "pages.this_week.goals" if left >= 0.5 else "pages.this_week.goals_last_day"
    return words(key, month=formats.month(month, tongue), days=formats.number(round(left), tongue), **spoken)


def time_sentence() -> str:
    """The share of sales time on leads that were not ready, against the benchmark."""
    figure = one_figure("unready_time_share", view().frame)
    if figure.value is None:
        return words("pages.this_week.time_unknown")
    benchmark = settings().benchmark_share
    key = f"pages.this_week.time_{against(figure, benchmark)}"
    period = period_in_short(view().start, view().end)
    return words(
        key, period=period, share=value_of(figure, language()), benchmark=formats.percent(benchmark, language())
    )


def quality_sentence() -> str:
    """What sales thinks of the leads and what is won of them; a best source only when that is sure."""
    rated, won = (one_figure(metric, view().frame) for metric in ("lead_rating_top2", "won_share"))
    sentences = [_best_sentence(rated, _best("lead_rating_top2"), "")] if rated.value is not None else []
    best = _best("won_share") if won.value is not None else None
    if won.value is not None and (best or not sentences):
        sentences.append(_best_sentence(won, best, "_won"))
    return " ".join(sentences) or words("pages.lead_quality.no_ratings")


def _best(metric: str) -> Figure | None:
    """The source that is best beyond reasonable doubt, if there is one."""
    return next((figure for figure in cut_figures(metric, view().frame, ("source",)) if figure.best), None)


def _best_sentence(whole: Figure, best: Figure | None, ending: str) -> str:
    """Names the best source, or says that none can be named."""
    if best is None:
        return words(f"pages.lead_quality.no_best{ending}", share=value_of(whole, language()))
    source = plain(name_of_group("source", best.by["source"], language()))
    return words(f"pages.lead_quality.best{ending}", source=source, share=value_of(best, language()))


def changes() -> list[str]:
    """A line for each watched number whose last finished week is no luck; what to say when there is none."""
    found = [line for metric in CHANGING if (line := _change(metric))]
    if found:
        return found
    early = all(movement_of(*weekly(metric, view().frame))[0] == "too_early" for metric in CHANGING)
    return [words("pages.this_week.too_early" if early else "pages.this_week.no_changes")]


def _change(metric: str) -> str | None:
    """The number's last finished week in words, where it is a signal."""
    weeks, limits = weekly(metric, view().frame)
    state, side = movement_of(weeks, limits)
    if state != "signal" or limits is None:
        return None
    tongue, last = language(), [week for week in weeks if week.value is not None][-1]
    return words(
        "pages.this_week.change", name=name_of(metric, tongue), value=value_of(last, tongue),
        week=formats.day(last.by["week"], tongue, year=False), side=words(f"pages.this_week.{side}"),
        **_usual_range(limits, last.unit, tongue),
    )  # fmt: skip


def _usual_range(limits: Limits, unit: str, tongue: str) -> dict[str, str]:
    """From where to where the number moves by itself; a count in whole numbers: 4 is not above 0 to 4.0."""
    low, high = max(0.0, limits.low), limits.high
    if unit == "count":
        low, high = math.ceil(low), math.floor(high)
    return {"low": formats.in_unit(low, unit, tongue), "high": formats.in_unit(high, unit, tongue)}
