"""Whether marketing and sales reach what they agreed on, this month and month by month."""

from leadalign.ui import (
    goals_sentence,
    page,
    section,
    show_goals,
    show_headline,
    show_months,
    show_note,
    show_reading,
    this_month,
)

with page("goals"):
    show_headline(goals_sentence(this_month()))
    section("pages.goals.this_month")
    show_goals(this_month())
    show_note("pages.goals.how")
    show_reading(this_month())
    section("pages.goals.by_month")
    show_months()
