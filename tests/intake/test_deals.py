"""Deals as CRMs write them: several pipelines, several contacts, odd closings; each is counted, and none is guessed."""

import pytest

from tests.intake.conftest import rows

HUBSPOT = "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Deal owner,Create Date,Close Date,Associated Contact IDs\n"


def deal(
    number: int, stage="Closed Won", pipeline="Sales", amount="100.0", opened="2024-03-01", closed="2024-03-20", who=""
):
    """One row of HubSpot's deals."""
    return f"{number},D{number},{pipeline},{stage},{amount},Gil Paran,{opened},{closed},{who}\n"


def asked(found) -> dict[str, int]:
    """The questions with their counts."""
    return {one.code: one.details["count"] for one in found.questions}


def test_the_largest_pipeline_counts_and_the_others_are_listed_and_asked(read):
    text = HUBSPOT + deal(1) + deal(2) + deal(3, pipeline="Renewals") + deal(4, pipeline="Partners")
    found = read(text)
    assert found.rows == 2
    assert [(one.line, one.reason, one.details["pipeline"]) for one in found.refused] == [
        (4, "other_pipeline", "Renewals"), (5, "other_pipeline", "Partners"),
    ]  # fmt: skip
    question = found.questions[0]
    assert (question.code, question.details["count"], question.details["main"]) == ("other_pipelines", 2, "Sales")
    assert question.choices == ("Sales", "Renewals", "Partners", "all_pipelines")
    renewals = read(text, format=found.format.answered("other_pipelines", "Pipeline", "Renewals"))
    assert (set(renewals.records["stages"]["deal_id"]), renewals.questions) == ({"3"}, [])
    everything = read(text, format=found.format.answered("other_pipelines", "Pipeline", "all_pipelines"))
    assert (everything.rows, everything.questions) == (4, [])


def test_a_pipeline_behind_the_stage_is_found_there(read):
    header = "Record ID,Deal Name,Deal Stage,Amount,Create Date,Close Date\n"
    row = "{0},D{0},{1},5.0,2024-03-01,2024-03-20\n"
    stages = ("Closed Won (Sales)", "Contract Sent (Sales)", "Closed Lost (Renewals)")
    found = read(header + "".join(row.format(number, stage) for number, stage in enumerate(stages)))
    assert asked(found) == {"other_pipelines": 1}
    assert [event for event in found.records["stages"]["event"] if event != "opportunity"] == ["won"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (deal(7, amount=""), "won_without_amount"),
        (deal(7, closed="TBD"), "closed_without_date"),
        (deal(7, closed="2031-05-01"), "closed_in_future"),
        (deal(7, closed="2024-02-20"), "closed_before_opened"),
        (deal(7, who="51;52"), "several_ids"),
        (deal(7, stage="Signed"), "unknown_value"),
    ],
)
def test_what_is_odd_about_a_closing_is_asked_with_its_count_and_its_line(read, row, code):
    question = next(one for one in read(HUBSPOT + deal(1) + row).questions if one.code == code)
    assert (question.details["count"], question.details["lines"]) == (1, [3])


def test_a_win_without_a_readable_date_is_no_win_yet(read):
    found = read(HUBSPOT + deal(1) + deal(2, closed="TBD"))
    stages = found.records["stages"]
    assert [(one, event) for one, event in rows(stages, "deal_id", "event") if event == "won"] == [("1", "won")]
    assert asked(found) == {"closed_without_date": 1, "unreadable_values": 1}


def test_blanks_and_case_around_a_stage_do_not_matter(read):
    found = read(HUBSPOT + deal(1, stage="closed won ") + deal(2, stage=" CLOSED  LOST"))
    assert [one for one in found.records["stages"]["event"] if one != "opportunity"] == ["won", "lost"]
    assert found.questions == []


def test_a_messy_export_is_asked_for_exactly_what_was_planted(read):
    plants = [deal(n) for n in range(1, 41)]
    plants += [deal(n, pipeline="Renewals") for n in range(100, 125)]
    plants += [deal(n, amount="") for n in range(200, 203)]
    plants += [deal(n, stage="Contract Sent", closed="TBD") for n in range(300, 303)]
    plants += [deal(n, closed="2041-01-01") for n in range(400, 402)]
    plants += [deal(n, stage="closed won ") for n in range(500, 510)] + [deal(600, stage="Closed Lost")]
    found = read(HUBSPOT + "".join(plants) + plants[0] * 6)
    assert asked(found) == {
        "other_pipelines": 25, "won_without_amount": 3, "unreadable_values": 3, "closed_in_future": 2,
    }  # fmt: skip
    assert [(one.rule, one.count) for one in found.repairs if one.away] == [("duplicate_rows", 6)]
    assert (found.rows, len(found.refused), found.rows_away) == (59, 25, 6)


def test_a_deal_that_was_opened_again_is_not_won_any_more(read):
    text = 'Record ID,Deal Name,Deal Stage,Create Date,Close Date,"Date entered ""Closed Won"""\n'
    found = read(
        text + "1,A,Contract Sent,2024-03-01,2024-03-20,2024-03-20\n2,B,Closed Won,2024-03-01,2024-03-20,2024-03-22\n"
    )
    won = found.records["stages"][found.records["stages"]["event"] == "won"]
    assert rows(won, "deal_id", "occurred_at", "recorded_at") == [("2", "2024-03-19 22:00", "2024-03-21 22:00")]


def test_each_stage_of_a_deal_is_kept_with_its_own_date(sample):
    story = sample("hubspot_deals").records["attributes"]
    assert ("51", '"Contract Sent"', "2024-04-20 06:00") in rows(
        story[story["attr"] == "deal_stage"], "lead_id", "value", "observed_at"
    )


def test_a_history_tells_each_step_by_the_crms_own_clock_and_the_end_that_stands(sample):
    found = sample("salesforce_stage_history")
    assert rows(found.records["stages"], "deal_id", "event", "occurred_at")[2:] == [
        ("006A0000006Vm9rIAC", "won", "2024-05-02 06:00")
    ]
    assert [(one.rule, one.lines) for one in found.repairs] == [("edits_without_step", (3,))]
    steps = rows(found.records["attributes"], "value", "observed_at", "recorded_at")
    assert [value for value, *_ in steps] == ['"Negotiation/Review"', '"Closed Won"', '"Closed Lost"', '"Prospecting"']
    assert all(observed == recorded for _, observed, recorded in steps)


def test_a_history_without_the_stage_before_takes_it_from_the_row_before(read):
    text = "Id,OpportunityId,StageName,Amount,CreatedDate\n"
    steps = (("Prospecting", 1), ("Prospecting", 2), ("Closed Won", 3))
    rows_ = [f"008A0000006Vm9{n},006A0000006Vm9r,{stage},{n}000,2024-03-0{n}T08:00:00Z\n" for stage, n in steps]
    found = read(text + "".join(reversed(rows_)))
    assert found.format.name == "salesforce_stage_history"
    assert rows(found.records["stages"], "event", "occurred_at", "amount") == [("won", "2024-03-03 08:00", 3000)]
    assert [one.lines for one in found.repairs if one.rule == "edits_without_step"] == [(3,)]


def test_an_unknown_word_for_an_outcome_or_a_kind_is_asked_and_stays_the_crms_own(read):
    text = "Activity date,Activity assigned to,Activity type,Call outcome,Call duration\n"
    found = read(
        text + "2024-03-01 08:00,Gil,Carrier pigeon,Flew off,60000\n2024-03-02 08:00,Gil,Call,Connected,60000\n"
    )
    assert [(one.column, one.details["values"], one.details["lines"]) for one in found.questions] == [
        ("Activity type", {"Carrier pigeon": 1}, [2]), ("Call outcome", {"Flew off": 1}, [2]),
    ]  # fmt: skip
    assert rows(found.records["activities"], "type", "outcome", "minutes") == [
        ("carrier_pigeon", "Flew off", 1), ("call", "reached", 1),
    ]  # fmt: skip


def test_a_stage_may_say_its_pipeline_too(read):
    text = (
        "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Create Date\n"
        "9,Big,Closed won (Sales Pipeline),2026-02-26 11:30,Dana,12000,Sales Pipeline,2026-01-23 09:00\n"
    )
    assert "won" in list(read(text).records["stages"]["event"])
