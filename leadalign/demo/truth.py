"""What was planted in the demo company, written down so that a test can find it again in the product's figures.

Ranges are (low, high), both included. They are of the default 1,500 leads and wide enough for any seed and last day;
SEED_7 has the very numbers of the default seed when the last day is 22 November 2026.
"""

from datetime import date

from leadalign.demo import mess
from leadalign.demo.sources import BOUGHT_LIST, REFERRAL
from leadalign.demo.staff import EARLY_CALLER, LOGS_NO_MINUTES

MONTHS, MONTHS_BEFORE_DEFINITION_2 = 18, 9

WASTE_BEFORE, WASTE_AFTER = (0.32, 0.48), (0.19, 0.32)
"""Share of sales minutes on leads that were not ready, before and from definition 2 on.

Definition 2 asks for more, and the share falls all the same: from then on marketing hands over by the definition, and
sales picks fewer leads by itself. All minutes of known leads are the whole; the 3,000-minute meeting is left out, an
activity without a length has the agreed minutes of its type, and nothing counts from the first opportunity's day on.
"""
LEAST_FALL = 0.05
COMPLIANCE_BEFORE, COMPLIANCE_AFTER = (0.38, 0.54), (0.62, 0.78)
"""Share of hand-overs whose lead was sales-ready at that moment."""

BEST_SOURCE, WORST_SOURCE = REFERRAL.name, BOUGHT_LIST.name
"""First and last by ratings of 4 or 5 and by leads won."""
WON_SHARE = (0.055, 0.1)
"""Share of all leads won by the last day; the youngest have not had the time."""

EARLY_CALLER_ID = EARLY_CALLER.person_id
"""Calls fresh leads that are not ready, on the day on which they come in, before marketing has looked at them."""
EARLY_CALLER_SHARE = (0.6, 0.9)
"""Share of this one rep in all minutes that sales spent on unready leads of its own picking."""
LOGS_NO_MINUTES_ID = LOGS_NO_MINUTES.person_id
"""Logs every activity, and the length of none: its minutes are all by default."""

NEVER_TOUCHED = (0.04, 0.12)
"""Share of the leads handed over with no sales activity at all: not assigned, or assigned and left."""
NURTURED_IN_NAME_ONLY = (0.2, 0.45)
"""Share of the leads put to nurturing after which nothing whatever is known of them."""
READY_NEVER_HANDED_OVER = (15, 70)
"""Leads that were sales-ready when marketing classified them or ripened later, and never reached sales."""

SLOW_MONTH = 8
"""August brings the fewest leads; the feasts of Tishrei are slow too."""
QUARTER_ENDS = (3, 6, 9, 12)
"""Signatures are hurried into the last days of these months."""

SEED_7 = {
    "waste before": 0.358,
    "waste after": 0.253,
    "compliance before": 0.463,
    "compliance after": 0.727,
    "won": 120,
    "early caller's share": 0.736,
    "handed over": 654,
    "never touched": 51,
}
"""To three places; leads, not hand-overs, in the last two."""

MESS = {
    "sources with a trailing space": mess.TRAILING_SPACES,
    "sources in small letters": mess.SMALL_LETTERS,
    "contacts without a source": mess.BLANK_SOURCES,
    "contacts without a company": mess.BLANK_COMPANIES,
    "contacts written twice": mess.DUPLICATED_CONTACTS,
    "contacts who signed before they came in": mess.IMPOSSIBLE_DATES,
    "leads merged into earlier ones": mess.MERGED_DOUBLES,
    "doubles that nobody noticed": mess.UNSEEN_DOUBLES,
    "activities of an unknown lead": mess.ORPHAN_TASKS,
    "activities written twice": mess.DUPLICATED_TASKS,
    "meetings of 3,000 minutes": mess.ENDLESS_MEETINGS,
}


def first_day(until: date) -> date:
    """The day on which the story begins and definition 1 comes into force: 18 calendar months, the last one begun."""
    return _months_on(until, 1 - MONTHS)


def definition_changes_on(until: date) -> date:
    """The day from which definition 2 judges: larger companies only, and nobody without a budget."""
    return _months_on(until, 1 - MONTHS + MONTHS_BEFORE_DEFINITION_2)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
