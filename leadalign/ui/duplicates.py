"""Pairs of leads that may be one, one after the other: both side by side, why, and a person's word."""

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

import streamlit as st

from leadalign import identity
from leadalign.identity import Proposal
from leadalign.store import Actor, answer_pair, merge, merge_all, unmerge
from leadalign.texts import formats
from leadalign.ui.company import calendar, name_of_group
from leadalign.ui.deciding import Said, decide, say_what_was_decided, who_decides
from leadalign.ui.escape import plain
from leadalign.ui.language import forward_icon, language, words
from leadalign.ui.memory import database, remembered
from leadalign.ui.navigation import link_to
from leadalign.ui.quarantine import read_aside
from leadalign.ui.tables import heading
from leadalign.ui.upload_report import SYSTEMS

STRENGTHS = ("sure", "likely", "possible")
ALL = "all"
TELLING = ("company", "email", "phone")
Answer = Literal["different", "later", "open"]
ANSWERS: dict[Answer, str] = {"different": ":material/call_split:", "later": ":material/schedule:"}

read_proposals = remembered(lambda db: tuple(identity.proposals(db)))
read_sides = remembered(identity.side_by_side)


def duplicates_sentence() -> str:
    """How many pairs wait for a word, and how many leads count nowhere."""
    counts, aside = _counts(), _aside(sum(not each.counts for each in read_aside()))
    if not sum(counts.values()):
        return " ".join((words("pages.duplicates.nothing"), aside))
    return " ".join((_waiting(counts), aside))


def link_to_pairs() -> None:
    """The way to the pairs that wait, where there are any."""
    count = len(read_proposals())
    if count:
        link_to(
            "duplicates", words("identity.pairs.look", count=formats.number(count, language())), icon=forward_icon()
        )


def _waiting(counts: dict[str, int]) -> str:
    """How many pairs wait, and how sure they are; a strength that no pair has is not named."""
    count = sum(counts.values())
    if count == 1:
        return words("pages.duplicates.waiting_one")
    said = [
        words(f"pages.duplicates.{strength}", count=formats.number(counts[strength], language()))
        for strength in STRENGTHS
        if counts[strength]
    ]
    return words("pages.duplicates.waiting", count=formats.number(count, language()), how=", ".join(said))


def _aside(count: int) -> str:
    """How many leads count nowhere."""
    if count < 2:
        return words("pages.duplicates.aside_one") if count else ""
    return words("pages.duplicates.aside_many", count=formats.number(count, language()))


def _counts() -> dict[str, int]:
    """How many pairs wait, by how sure they are."""
    found = [each.strength for each in read_proposals()]
    return {strength: found.count(strength) for strength in STRENGTHS}


def show_pairs() -> None:
    """The next pair that waits, and the way to decide it."""
    counts = _counts()
    who = who_decides("merge_leads")
    say_what_was_decided(who)
    if not sum(counts.values()):
        return
    chosen = _choose(counts)
    waiting = [each for each in read_proposals() if chosen in (ALL, each.strength)]
    if waiting:
        _show_pair(_at(waiting), waiting, who)
    if who and counts["sure"] > 1:
        _merge_the_sure(who)


def _choose(counts: dict[str, int]) -> str:
    """Which pairs the visitor wants to go through."""
    labels = {ALL: words("identity.pairs.all", count=formats.number(sum(counts.values()), language()))}
    for strength in STRENGTHS:
        if counts[strength]:
            count = formats.number(counts[strength], language())
            labels[strength] = words(f"identity.pairs.only_{strength}", count=count)
    if len(labels) < 3:
        return ALL
    chosen = st.pills(
        words("identity.pairs.which"), list(labels), format_func=labels.__getitem__, default=ALL,
        key="which_pairs", label_visibility="collapsed",
    )  # fmt: skip
    return str(chosen or ALL)


def _at(waiting: list[Proposal]) -> int:
    """The place in the list where the visitor is."""
    return min(int(st.session_state.get("pair_place", 0)), len(waiting) - 1)


def _show_pair(place: int, waiting: list[Proposal], who: Actor | None) -> None:
    """Two leads side by side with what says that they are one."""
    pair = waiting[place]
    sides = read_sides(pair)
    with st.container(border=True, key="quiet_pair"):
        st.caption(_where(place, len(waiting), pair))
        st.markdown(f"**{words(f'identity.pairs.{pair.strength}')}** · {_why(pair)}")
        left, right = st.columns(2, gap="medium")
        with left:
            _show_lead(sides.first, sides.second, "earlier")
        with right:
            _show_lead(sides.second, sides.first, "later_one")
        if who:
            _ask(pair, sides, who)
        st.caption(words("identity.pairs.stays"))
    _turn(place, len(waiting))


def _where(place: int, count: int, pair: Proposal) -> str:
    """Which of the pairs this is, and whether somebody put it off."""
    said = words("identity.pairs.place", place=formats.number(place + 1, language()),
                 count=formats.number(count, language()))  # fmt: skip
    return " · ".join([said] + ([words("identity.pairs.put_off")] if pair.put_off else []))


def _why(pair: Proposal) -> str:
    """The evidence in words."""
    said = [words(f"identity.evidence.{code}") for code in pair.evidence]
    said += [words("identity.pairs.across")] if pair.across_systems else []
    return words("identity.pairs.evidence", evidence=", ".join(said))


def _show_lead(lead: dict[str, Any], other: dict[str, Any], place: str) -> None:
    """One of the two: what is known of it; what both write alike is set in bold."""
    st.caption(words(f"identity.pairs.{place}"))
    st.subheader(plain(lead["name"] or lead["lead_id"]), anchor=False)
    shown, theirs = _facts_of(lead), _facts_of(other)
    lines = []
    for key, value in shown.items():
        text = plain(value) if value else "–"
        lines.append(f"{heading(key)}: {f'**{text}**' if value and value == theirs[key] and key in TELLING else text}")
    st.markdown("  \n".join(lines))


def _facts_of(lead: dict[str, Any]) -> dict[str, str]:
    """What is told of a lead, as text."""
    tongue = language()
    return {
        "company": lead["company"] or "",
        "email": marked_email(lead["email"]),
        "phone": formats.isolate(lead["phone"], tongue) if lead["phone"] else "",
        "created": formats.day(calendar().day_of(lead["created_at"]), tongue),
        "source": name_of_group("source", lead["source"], tongue),
        "campaign": lead["campaign"] or "",
        "system": SYSTEMS.get(lead["system"], lead["system"]),
        "activities": formats.number(lead["activities"], tongue),
        "ratings": formats.number(lead["ratings"], tongue),
        "lead": lead["lead_id"],
    }


def marked_email(email: str | None) -> str:
    """An address with what it is known for."""
    marks = ", ".join(words(f"identity.marks.{code}") for code in identity.address_marks(email))
    return f"{email} ({marks})" if marks else email or ""


def _ask(pair: Proposal, sides: Any, who: Actor) -> None:
    """The three answers."""
    names = {side: plain(lead["name"] or lead["lead_id"])
             for side, lead in (("one", sides.second), ("other", sides.first))}  # fmt: skip
    key = f"{pair.first_id}_{pair.second_id}"
    with st.container(horizontal=True, key="answers"):
        if st.button(words("identity.pairs.same"), type="primary", icon=":material/merge:", key=f"same_{key}"):
            _say_same(pair, names, who)
        for answer, icon in ANSWERS.items():
            if st.button(words(f"identity.pairs.{answer}"), icon=icon, key=f"{answer}_{key}"):
                said = Said(words(f"identity.pairs.said_{answer}", **names), _saying(pair, "open"))
                decide(partial(_saying(pair, answer), who), said)


def _say_same(pair: Proposal, names: dict[str, str], who: Actor) -> None:
    """Merges the pair; whoever spoke for the later one can be parted from it again."""
    said = Said(words("identity.pairs.said_same", **names), lambda by: unmerge(database(), by, pair.second_id))
    decide(lambda: _merged(who, pair), said)


def _merged(who: Actor, pair: Proposal) -> None:
    merge(database(), who, pair.first_id, pair.second_id)


def _saying(pair: Proposal, answer: Answer) -> Callable[[Actor], None]:
    """What writes down a person's answer about the pair."""
    return lambda by: answer_pair(database(), by, pair.first_id, pair.second_id, answer)


def _turn(place: int, count: int) -> None:
    """The way to the pair before and the one after."""
    if count < 2:
        return
    with st.container(horizontal=True, key="turn_pairs"):
        for step, key, end in ((-1, "before", 0), (1, "after", count - 1)):
            if st.button(words(f"identity.pairs.{key}"), type="tertiary", disabled=place == end, key=f"pair_{key}"):
                st.session_state["pair_place"] = place + step
                st.rerun()


def _merge_the_sure(who: Actor) -> None:
    """All sure pairs at once, for a first upload of two CRMs has thousands; each can be taken back."""
    sure = [(each.first_id, each.second_id) for each in read_proposals() if each.strength == "sure"]
    count = formats.number(len(sure), language())
    with st.expander(words("identity.pairs.merge_sure")):
        st.markdown(words("identity.pairs.merge_sure_says", count=count))
        if st.button(words("identity.pairs.merge_sure_do", count=count), key="merge_sure"):
            decide(lambda: _merged_all(who, sure), Said(words("identity.pairs.said_many", count=count)))


def _merged_all(who: Actor, pairs: list[tuple[str, str]]) -> None:
    merge_all(database(), who, pairs)
