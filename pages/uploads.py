"""Bringing in the CRM's exports, and taking them out again."""

from leadalign.ui import page, section, show_history, show_uploader

with page("uploads", needs_data=False):
    show_uploader()
    section("pages.uploads.history")
    show_history()
