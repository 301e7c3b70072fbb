"""Whether the numbers can be trusted today, what would be wrong if not, and where to look."""

from leadalign.ui import (
    health_sentence,
    page,
    section,
    show_checks,
    show_feeds,
    show_headline,
    show_how,
    show_two_lists,
)

with page("data_health", filters=["period"]):
    show_headline(health_sentence())
    section("pages.data_health.checks")
    show_checks()
    section("pages.data_health.feeds")
    show_feeds()
    section("pages.data_health.both")
    show_two_lists()
    show_how()
