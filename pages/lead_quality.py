"""What sales thinks of the leads, and what becomes of them, by source and campaign."""

from leadalign.ui import page, quality_sentence, section, show_bars, show_cards, show_headline, show_note

with page("lead_quality", filters=["period", "source"]):
    show_headline(quality_sentence())
    show_cards("lead_rating_top2", "acceptance_rate", "won_share", "rating_coverage")
    section("pages.lead_quality.ratings")
    show_note("pages.lead_quality.shrunken")
    show_note("ui.figure.click")
    show_bars("lead_rating_top2", by="source")
    section("pages.lead_quality.outcomes")
    show_bars("won_share", by="source")
    section("pages.lead_quality.campaigns")
    show_bars("lead_rating_top2", by="campaign")
