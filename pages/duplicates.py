"""Leads that may be one, decided pair by pair, and leads that count nowhere until somebody releases them."""

from leadalign.ui import (
    duplicates_sentence,
    page,
    section,
    show_aside,
    show_headline,
    show_listed,
    show_merged,
    show_pairs,
)

with page("duplicates"):
    show_headline(duplicates_sentence())
    section("pages.duplicates.pairs")
    show_pairs()
    section("pages.duplicates.listed")
    show_listed()
    section("pages.duplicates.aside")
    show_aside()
    section("pages.duplicates.merged")
    show_merged()
