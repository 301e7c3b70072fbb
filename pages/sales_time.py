"""How much sales time goes to leads that were not ready, and where they come from."""

from leadalign.ui import (
    page,
    section,
    show_bars,
    show_cards,
    show_headline,
    show_note,
    show_people,
    show_trend,
    time_sentence,
)

with page("sales_time", filters=["period", "source", "rep"]):
    show_headline(time_sentence())
    show_cards("unready_time_share", "unready_time_share_net", "unready_time_share_upper", "unready_cost", weeks=False)
    section("pages.sales_time.week_by_week")
    show_trend("unready_time_share", reference=True)
    section("pages.sales_time.origin")
    show_note("ui.figure.click")
    show_bars("unready_minutes", by="origin")
    section("pages.sales_time.source")
    show_bars("unready_time_share", by="source", reference=True)
    section("pages.sales_time.type")
    show_bars("unready_time_share", by="type", reference=True)
    section("pages.sales_time.rep")
    show_people("unready_time_share")
