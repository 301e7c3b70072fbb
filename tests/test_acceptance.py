"""The fixture's known answers (methods.md, section 11), asked through the command line as an outsider would."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from leadalign.__main__ import app

AS_OF = "2026-03-01T00:00+02:00"


@pytest.fixture(scope="module")
def database(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The fixture, imported as it lies."""
    path = str(tmp_path_factory.mktemp("fixture") / "fixture.duckdb")
    run("import", str(shared / "fixture"), "--database", path)
    return path


def run(*words: str):
    """What a command prints as JSON."""
    result = CliRunner().invoke(app, [*words, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def figures(database: str, *words: str, as_of: str = AS_OF) -> list[dict]:
    return run("figures", *words, "--as-of", as_of, "--database", database)


def figure(database: str, *words: str, as_of: str = AS_OF) -> dict:
    (found,) = figures(database, *words, as_of=as_of)
    return found


def judge(database: str, lead: str, at: str, *words: str) -> dict:
    (found,) = run("judge", lead, "--at", at, "--database", database, *words)
    return found


def parts(found: list[dict], column: str) -> dict:
    return {each["by"][column]: each["part"] for each in found}


def test_a01_each_lead_has_its_route_at_creation(database, shared):
    rows = [line.split(",")[:2] for line in (shared / "fixture" / "leads.csv").read_text().splitlines()[1:]]
    routes = {lead: judge(database, lead, created)["route"] for lead, created in rows}
    assert routes == {
        "L01": "SRL", "L02": "SRL", "L03": "LOW", "L04": "NURTURE", "L05": "SRL", "L06": "SRL", "L07": "UNFIT",
        "L08": "UNDETERMINED", "L09": "SRL", "L10": "LOW", "L11": "NURTURE", "L12": "SRL",
    }  # fmt: skip


def test_a02_what_is_unknown_widens_the_answer_and_decides_nothing(database):
    known_enough = judge(database, "L02", "2026-01-05T08:00Z")
    assert (known_enough["readiness"], known_enough["cells"], known_enough["route"]) == ([60, 100], ["B1", "B2"], "SRL")
    assert judge(database, "L08", "2026-01-18T07:00Z")["cells"] == ["A2", "A3", "B2", "B3"]


@pytest.mark.parametrize(
    ("at", "route"),
    [
        ("2026-01-14T10:00Z", "NURTURE"),
        ("2026-01-25T09:04Z", "NURTURE"),
        ("2026-01-25T09:05Z", "SRL"),
        ("2026-01-27T09:00Z", "SRL"),
    ],
)
def test_a03_a_lead_is_judged_by_what_was_recorded_by_then(database, at, route):
    assert judge(database, "L04", at)["route"] == route


def test_a04_hindsight_sees_what_was_true_but_not_yet_recorded(database):
    assert judge(database, "L11", "2026-02-03T09:00Z")["route"] == "NURTURE"
    assert judge(database, "L11", "2026-02-03T09:00Z", "--mode", "hindsight")["route"] == "SRL"


def test_a05_a_new_definition_judges_from_its_very_first_moment(database):
    assert judge(database, "L05", "2026-01-31T21:59:59Z")["route"] == "SRL"
    assert judge(database, "L05", "2026-01-31T22:00:00Z")["route"] == "LOW"
    assert judge(database, "L05", "2026-01-31T22:00:00Z", "--mode", "what-if:1")["route"] == "SRL"


def test_a06_gross_waste_and_its_upper_bound(database):
    gross, upper = figure(database, "unready_time_share"), figure(database, "unready_time_share_upper")
    assert (gross["part"], gross["whole"]) == (215, 615)
    assert gross["value"] == pytest.approx(0.3495935, abs=5e-8)
    assert upper["value"] == pytest.approx(0.3658537, abs=5e-8)


@pytest.mark.parametrize(("mode", "minutes"), [("hindsight", 145), ("what-if:1", 200), ("what-if:2", 295)])
def test_a07_waste_by_hindsight_and_under_each_version(database, mode, minutes):
    assert figure(database, "unready_minutes", "--mode", mode)["value"] == minutes


def test_a08_net_waste_after_the_allowance(database):
    net = figure(database, "unready_time_share_net")
    assert (net["part"], net["value"]) == (140, pytest.approx(0.2276423, abs=5e-8))


def test_a09_waste_by_rep_and_its_cost(database):
    by_rep = {
        each["by"]["rep_id"]: (each["part"], each["whole"])
        for each in figures(database, "unready_time_share", "--by", "rep_id")
    }
    assert by_rep == {"r1": (130, 410), "r2": (85, 205)}
    assert figure(database, "unready_cost")["value"] == pytest.approx(688.3333, abs=5e-5)


def test_a10_waste_by_where_it_came_from(database):
    assert parts(figures(database, "unready_minutes", "--by", "origin"), "origin") == {
        "handed_off": 60,
        "self_picked": 155,
    }


def test_a12_activities_without_a_lead_and_minutes_nobody_logged(database):
    orphans, imputed = figure(database, "orphans"), figure(database, "imputed_minutes_share")
    assert (orphans["part"], orphans["whole"], figure(database, "orphan_minutes")["value"]) == (1, 16, 20)
    assert (imputed["part"], imputed["whole"]) == (20, 615)


def test_a14_hand_overs_that_kept_to_the_definition(database):
    kept = figure(database, "handover_compliance")
    assert (kept["part"], kept["whole"]) == (6, 8)
    assert [kept["low"], kept["high"]] == pytest.approx([0.40927, 0.92852], abs=1e-5)


def test_a18_a_deal_recorded_late_is_in_the_restated_month_and_not_in_the_one_known(database):
    january = ("--from", "2026-01-01", "--to", "2026-02-01")
    assert figure(database, "deals_won", *january)["value"] == 1
    assert figure(database, "deals_won_known", *january)["value"] == 0
    assert figure(database, "deals_won", *january, as_of="2026-02-01T00:00+02:00")["value"] == 0


def test_a29_work_days_of_the_israeli_calendar_and_the_pace(database):
    year = figures(database, "work_days", "--by", "month", "--from", "2026-01-01", "--to", "2027-01-01")
    days = parts(year, "month")
    assert [days[f"2026-{month}-01"] for month in ("01", "02", "04", "09", "10")] == [21, 20, 19, 20, 21]
    pace = figures(database, "goal_pace", as_of="2026-01-15T00:00+02:00")[0]
    assert (pace["extra"]["work_days_gone"], pace["extra"]["work_days"]) == (10, 21)


def test_a29_late_on_the_last_evening_in_utc_is_the_next_month_in_jerusalem():
    from leadalign.facts.given import calendar

    assert calendar().day_of(datetime.fromisoformat("2026-01-31T22:30Z")).month == 2


def test_a41_what_was_known_of_leads_and_who_came_twice(database):
    known, handed = figure(database, "completeness"), figure(database, "handover_completeness")
    assert (known["whole"] - known["part"], known["whole"], known["value"]) == (105, 2400, pytest.approx(0.95625))
    assert (handed["part"], handed["whole"]) == (1600 - 40, 1600)  # the budget of L02
    twice = figure(database, "duplicates")
    assert (twice["part"], twice["whole"]) == (1, 12)


def test_m10_one_impossible_sequence_and_it_says_which(database):
    assert figure(database, "sequence_errors")["value"] == 1
    by_lead = figures(database, "sequence_errors", "--by", "kind,lead_id")
    assert [each["by"] for each in by_lead if each["value"]] == [{"kind": "worked_unassigned", "lead_id": "L05"}]


def test_m10_how_late_things_are_recorded(database):
    late = {
        each["by"]["lead_id"]: each["value"]
        for each in figures(database, "longest_recording_delay_days", "--by", "lead_id")
    }
    assert {lead: days for lead, days in late.items() if days > 0.5} == {
        "L11": 3,
        "L06": pytest.approx(2.8333, abs=1e-4),
    }
    assert figure(database, "recording_delay_days")["value"] == 0


def test_m10_logged_and_rated_shares(database):
    logged, rated = figure(database, "logging_coverage"), figure(database, "rating_coverage")
    assert (logged["part"], logged["whole"], round(logged["value"], 3)) == (615, 39_360, 0.016)
    assert (logged["low"], logged["note"]) == (None, "lower_bound")
    assert (rated["part"], rated["whole"]) == (9, 10)


def test_the_same_files_again_add_nothing(database, shared):
    again = run("import", str(shared / "fixture"), "--database", database)
    assert {each["file"]: each["events_added"] for each in again if each["events_added"]} == {}


def test_the_same_instant_in_another_offset_gives_the_same_figures(database):
    elsewhere = (datetime.fromisoformat(AS_OF) - timedelta(0)).astimezone().isoformat()
    drop = ("as_of",)
    one, other = figures(database), figures(database, as_of=elsewhere)
    assert [{k: v for k, v in each.items() if k not in drop} for each in one] == [
        {k: v for k, v in each.items() if k not in drop} for each in other
    ]


def test_no_data_is_null_with_a_note_and_never_zero(database):
    nothing = figure(database, "unready_time_share", "--from", "2030-01-01", "--to", "2030-02-01")
    assert (nothing["value"], nothing["note"]) == (None, "no_data")


def test_a36_how_far_marketing_and_sales_mean_the_same(database):
    names = ("agreement_alpha", "agreement_alpha_marketing", "agreement_alpha_sales", "agreement_alpha_cross")
    assert [figure(database, name)["value"] for name in names] == pytest.approx(
        [0.586087, 0.817391, 0.847826, 0.421739], abs=5e-7
    )
    whole, gap = figure(database, "agreement_alpha"), figure(database, "agreement_gap")
    assert (whole["by"], whole["method"], whole["note"]) == ({"round": "1"}, "jackknife_t", "indicative")
    reach = 2.5705818 * 0.301929  # t with 5 degrees of freedom
    assert (whole["low"], whole["high"]) == (pytest.approx(0.704152 - reach, abs=2e-6), 1)
    assert (gap["value"], gap["extra"]["p"]) == (pytest.approx(1.5), pytest.approx(2 / 20))
    assert [each["item"] for each in gap["extra"]["discuss_first"][:3]] == ["V2", "V5", "V6"]


def test_a37_how_alike_the_chosen_criteria_are(database):
    assert figure(database, "criteria_jaccard")["value"] == pytest.approx(0.1492063, abs=5e-8)
    by_pairs = figures(database, "criteria_jaccard", "--by", "pairs")
    assert {each["by"]["pairs"]: each["value"] for each in by_pairs} == {
        "across": pytest.approx(0.1492063, abs=5e-8),
        "marketing": pytest.approx(0.5833333, abs=5e-8),
        "sales": pytest.approx(0.55),
    }


def test_a22_to_a26_the_measures_of_prediction_are_as_worked():
    from leadalign.stats import calibration, criteria, discrimination, drift, judgements

    scores, won = [100, 90, 90, 80, 70, 70, 60, 50, 40, 30], [bool(x) for x in (1, 1, 0, 0, 1, 0, 0, 1, 0, 0)]
    area = discrimination.auc(scores, won)
    assert (area.auc, area.se) == (pytest.approx(17 / 24), pytest.approx(0.1866493, abs=5e-8))
    assert (area.interval.low, area.interval.high) == pytest.approx((0.2925, 0.9345), abs=5e-5)
    precision = [discrimination.precision_at(scores, won, k) for k in (2, 3, 4, 5)]
    assert precision == pytest.approx([0.75, 0.667, 0.5, 0.5], abs=5e-4)
    came_true = [True] * 4 + [False] + ([True] * 2 + [False] * 8) * 2
    brier = calibration.calibration([0.6] * 5 + [0.3] * 10 + [0.1] * 10, came_true)
    assert (brier.score, brier.reliability, brier.resolution, brier.uncertainty) == pytest.approx(
        (0.176, 0.016, 0.0576, 0.2176)
    )
    met = criteria.met_against_unmet(8, 20, 2, 20)
    assert (met.log_odds.beta, met.log_odds.se, met.p) == pytest.approx((1.615818, 0.8272159, 0.0648332), abs=5e-7)
    assert criteria.met_against_unmet(8, 20, 0, 20).log_odds.beta == pytest.approx(3.327910, abs=5e-7)
    table = [[20, 8, 4], [3, 10, 6], [1, 2, 16]]
    kappa = judgements.weighted_kappa(table)
    assert (kappa.kappa, kappa.se) == pytest.approx((0.553454, 0.079997), abs=5e-7)
    assert judgements.bowker(table).statistic == pytest.approx(6.0727273, abs=5e-8)
    assert judgements.direction(table).p == pytest.approx(0.0226558, abs=5e-8)
    moved = drift.drift([100, 60, 40], [40, 30, 30])
    assert (moved.index, moved.p) == (pytest.approx(0.0628609, abs=5e-8), pytest.approx(0.1230, abs=5e-5))


def test_m24_seven_hand_overs_are_counted_and_no_verdict_is_given(database):
    found = figure(database, "definition_auc", "--horizon", "10")
    assert (found["value"], found["low"], found["note"]) == (None, None, "too_few")
    assert (found["extra"]["closed"], found["extra"]["won"], found["extra"]["too_young"]) == (8, 0, 0)
    longer = figure(database, "definition_auc", "--horizon", "40")["extra"]
    assert (longer["closed"], longer["won"], longer["too_young"]) == (6, 2, 2)


def test_m26_the_class_at_hand_over_against_what_sales_said(database):
    found = figure(database, "class_rating_kappa")
    assert (found["extra"]["table"], found["extra"]["unrated"]) == ([[4, 0, 2], [0, 0, 0], [0, 0, 1]], 1)
    assert (found["n"], found["note"]) == (7, "indicative")
