"""What the pages are made of; with them the only code that knows Streamlit."""

from leadalign.ui.data_health import health_sentence, show_checks, show_how
from leadalign.ui.duplicates import duplicates_sentence, show_pairs
from leadalign.ui.feeds import show_feeds
from leadalign.ui.figure_card import show_cards
from leadalign.ui.goals_view import goals_sentence, show_goals, show_months, show_reading, this_month
from leadalign.ui.headlines import changes, quality_sentence, time_sentence, week_sentence
from leadalign.ui.lead_list import chosen_lead, show_leads
from leadalign.ui.lead_story import show_story
from leadalign.ui.merged import show_merged
from leadalign.ui.page import EVERYBODY, page, show_headline
from leadalign.ui.quarantine import show_aside, show_listed
from leadalign.ui.sections import section, show_bars, show_lines, show_list, show_note, show_people, show_trend
from leadalign.ui.two_lists import show_two_lists
from leadalign.ui.upload_history import show_history
from leadalign.ui.uploads import show_uploader

__all__ = [
    "EVERYBODY",
    "changes",
    "chosen_lead",
    "duplicates_sentence",
    "goals_sentence",
    "health_sentence",
    "page",
    "quality_sentence",
    "section",
    "show_aside",
    "show_bars",
    "show_cards",
    "show_checks",
    "show_feeds",
    "show_goals",
    "show_headline",
    "show_history",
    "show_how",
    "show_leads",
    "show_lines",
    "show_list",
    "show_listed",
    "show_merged",
    "show_months",
    "show_note",
    "show_pairs",
    "show_people",
    "show_reading",
    "show_story",
    "show_trend",
    "show_two_lists",
    "show_uploader",
    "this_month",
    "time_sentence",
    "week_sentence",
]
