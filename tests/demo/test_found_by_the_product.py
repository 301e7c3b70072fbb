"""What was planted in the demo company comes out of the product's own figures, after the same intake as anybody's."""

from datetime import date

import pytest

from leadalign.demo import truth
from leadalign.figures import Frame, figure, figures
from leadalign.store import is_demo, open_database
from leadalign.uploads import load_demo

UNTIL = date(2026, 11, 22)
BEFORE = Frame(start=truth.first_day(UNTIL), end=truth.definition_changes_on(UNTIL))
AFTER = Frame(start=truth.definition_changes_on(UNTIL), end=date(2026, 11, 23))


@pytest.fixture(scope="module")
def db():
    opened = open_database(None)
    load_demo(opened, UNTIL)
    yield opened
    opened.close()


def within(value: float | None, limits: tuple[float, float]) -> bool:
    return value is not None and limits[0] <= value <= limits[1]


def test_it_is_marked_as_demo(db):
    assert is_demo(db)


def test_sales_time_on_unready_leads_fell_when_the_definition_changed(db):
    before, after = (figure(db, "unready_time_share", period) for period in (BEFORE, AFTER))
    assert within(before.value, truth.WASTE_BEFORE)
    assert within(after.value, truth.WASTE_AFTER)
    assert before.value - after.value >= truth.LEAST_FALL
    assert (round(before.value, 3), round(after.value, 3)) == (
        truth.SEED_7["waste before"],
        truth.SEED_7["waste after"],
    )


def test_hand_overs_kept_to_the_definition_more_often_afterwards(db):
    before, after = (figure(db, "handover_compliance", period) for period in (BEFORE, AFTER))
    assert within(before.value, truth.COMPLIANCE_BEFORE)
    assert within(after.value, truth.COMPLIANCE_AFTER)
    assert after.low is not None
    assert before.high is not None
    assert after.low > before.high


@pytest.mark.parametrize("name", ["lead_rating_top2", "won_share"])
def test_the_best_source_is_found_and_named(db, name):
    sources = {each.by["source"]: each for each in figures(db, name, Frame(), ("source",)) if (each.whole or 0) >= 20}
    ranked = sorted(sources, key=lambda source: sources[source].value or 0)
    assert (ranked[-1], ranked[0]) == (truth.BEST_SOURCE, truth.WORST_SOURCE)
    assert [source for source in sources if sources[source].best] == [truth.BEST_SOURCE]


def test_the_rep_who_calls_fresh_unready_leads_stands_out(db):
    picked = {
        each.by["rep_id"]: each.part or 0
        for each in figures(db, "unready_minutes", Frame().at(origin="self_picked"), ("rep_id",))
    }
    assert within(picked[truth.EARLY_CALLER_ID] / sum(picked.values()), truth.EARLY_CALLER_SHARE)


def test_the_rep_who_logs_no_minutes_stands_out(db):
    imputed = {each.by["rep_id"]: each.value for each in figures(db, "imputed_minutes_share", Frame(), ("rep_id",))}
    assert max(imputed, key=lambda rep: imputed[rep] or 0) == truth.LOGS_NO_MINUTES_ID
    assert imputed[truth.LOGS_NO_MINUTES_ID] == 1


def test_each_deal_counts_once_though_two_exports_tell_of_it(db):
    assert figure(db, "deals_won", Frame()).value == truth.SEED_7["won"]
    assert within(figure(db, "won_share", Frame()).value, truth.WON_SHARE)


def test_the_mess_is_counted_and_not_lost(db):
    assert figure(db, "orphans", Frame()).part == truth.MESS["activities of an unknown lead"]
    refused = db.rows("SELECT sum(rows_refused) FROM live.batches")[0][0]
    assert refused == truth.MESS["meetings of 3,000 minutes"]
