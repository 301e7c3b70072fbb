"""Finding a lead, or the leads behind a number, and reading one lead's whole story."""

from leadalign.ui import chosen_lead, page, show_leads, show_story

with page("leads"):
    if lead := chosen_lead():
        show_story(lead)
    else:
        show_leads()
