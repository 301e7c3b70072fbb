"""How fresh the data are, by which definition leads are judged, and how much of the time is logged."""

import streamlit as st

from leadalign.settings import settings
from leadalign.texts import formats
from leadalign.ui.company import changed_at, definition_in_words
from leadalign.ui.figure_words import value_of
from leadalign.ui.language import language, words
from leadalign.ui.reading import one_figure
from leadalign.ui.view import view


def show_freshness() -> None:
    """One line at the foot of the page."""
    at, tongue = changed_at(), language()
    parts = [words("ui.freshness.known", at=formats.moment(at, settings().zone, tongue))] if at else []
    imputed = one_figure("imputed_minutes_share", view().frame)
    if imputed.value is not None:
        parts.append(words("ui.freshness.imputed", share=value_of(imputed, tongue)))
    parts.append(definition_in_words(tongue))
    st.caption(" · ".join(parts))
