"""Words that mean the same everywhere: how a deal ended, what somebody did; Hebrew and English, however typed."""

import pandas as pd
import pytest

from leadalign.intake.typing import meant, same_word
from leadalign.intake.usual import usual


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("נסגר - זכייה", "won"), ("נסגר – זכיה", "won"), ("\u200fזכייה", "won"), ("CLOSED  Won", "won"),
        ("נסגר בהצלחה", "won"),
        ("נסגר - הפסד", "lost"), ("סגור אבוד", "lost"), ("פתוחה", "open"),
    ],
)  # fmt: skip
def test_the_end_of_a_deal_is_understood(word, meaning):
    assert meant(pd.Series([word, None]), usual("outcome")).tolist()[0] == meaning


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("שיחה", "call"),
        ("פגישה", "meeting"),
        ("דוא״ל", "email"),
        ('דוא"ל', "email"),
        ("משימה", "task"),
        ("דמו", "demo"),
    ],
)
def test_what_somebody_did_is_understood(word, meaning):
    assert meant(pd.Series([word]), usual("type")).tolist() == [meaning]


def test_what_nobody_knows_stays_unknown():
    assert meant(pd.Series(["נעצר", None]), usual("outcome")).isna().all()


@pytest.mark.parametrize("block", ["outcome", "type"])
def test_no_word_has_two_meanings(block):
    words = [same_word(word) for word in usual(block)]
    assert len(words) == len(set(words))
