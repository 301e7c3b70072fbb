"""Sales says how good a lead is, in one tap and an optional word; marketing reads it at once."""

from typing import Any

import streamlit as st

from leadalign import lead_book
from leadalign.settings import settings
from leadalign.store import rate_lead, rating_reasons
from leadalign.texts import formats, has
from leadalign.ui.escape import plain
from leadalign.ui.language import language, naming, words
from leadalign.ui.memory import database, remembered
from leadalign.ui.people import current_person, say_who_first

read_ratings = remembered(lead_book.ratings_of)


def show_ratings(lead_id: str) -> None:
    """What sales said of the lead, and for sales the way to say it."""
    st.subheader(words("ui.story.ratings"), anchor=False)
    _say_thanks(lead_id)
    found = read_ratings(lead_id)
    for each in found:
        _show(each)
    if not found:
        st.caption(words("ui.story.no_ratings"))
    _ask(lead_id)


def _show(rating: dict[str, Any]) -> None:
    """One rating: stars, who, when, why, and the word."""
    stars = "★" * rating["rating"] + "☆" * (5 - rating["rating"])
    at = formats.moment(rating["rated_at"], settings().zone, language())
    st.markdown(words("ui.story.rated", stars=stars, who=plain(rating["rater"]), at=at))
    reasons = [words(f"ui.reasons.{code}") if has(f"ui.reasons.{code}") else plain(code)
               for code in (rating["reasons"] or "").split("|") if code]  # fmt: skip
    said = [" · ".join(reasons)] + ([f"“{plain(rating['comment'])}”"] if rating["comment"] else [])
    if any(said):
        st.caption(" — ".join(part for part in said if part))


def _ask(lead_id: str) -> None:
    """The form for sales; others are told who rates."""
    who = current_person()
    if who is None:
        st.caption(say_who_first())
    elif not who.may("rate_lead"):
        st.caption(words("ui.rating.only_sales"))
    else:
        _form(lead_id)


def _form(lead_id: str) -> None:
    """Five stars, reason chips, a word."""
    with st.form(f"rate_{lead_id}", clear_on_submit=True):
        st.markdown(words("ui.rating.stars"))
        stars = st.feedback("stars", key=f"stars_{lead_id}")
        reasons = st.pills(
            words("ui.rating.reasons"), rating_reasons(), selection_mode="multi",
            format_func=naming("ui.reasons"), key=f"reasons_{lead_id}",
        )  # fmt: skip
        comment = st.text_area(words("ui.rating.comment"), max_chars=1000, height=68, key=f"comment_{lead_id}")
        if st.form_submit_button(words("ui.rating.send"), type="primary"):
            _send(lead_id, stars, tuple(reasons), comment)


def _send(lead_id: str, stars: int | None, reasons: tuple[str, ...], comment: str) -> None:
    """Writes the rating; the store asks once more whether the person may."""
    who = current_person()
    if stars is None or who is None:
        st.warning(words("ui.rating.choose_stars"))
        return
    rate_lead(database(), who, lead_id, stars + 1, reasons, comment)
    st.session_state["rated"] = lead_id
    st.rerun()


def _say_thanks(lead_id: str) -> None:
    """Thanks once, after the page has been drawn anew with the rating on it."""
    if st.session_state.get("rated") == lead_id:
        del st.session_state["rated"]
        st.success(words("ui.rating.thanks"), icon=":material/check:")
