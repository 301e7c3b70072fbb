"""The screen of the weekly meeting: goals, sales time, lead quality, and what has really changed."""

from leadalign.ui import changes, page, show_cards, show_goals, show_headline, show_list, this_month, week_sentence

with page("this_week", filters=["period"]):
    show_headline(week_sentence())
    show_goals(this_month(), ways_on=False)
    show_cards("unready_time_share", "lead_rating_top2", "handover_compliance", reference="unready_time_share")
    show_list("pages.this_week.changes", changes())
