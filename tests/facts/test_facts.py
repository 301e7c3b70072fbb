"""Facts answer "one row per what?", keep to the words that DuckDB and Spark share, and metrics have all they need."""

import re

import pytest

from leadalign import facts, measure
from leadalign.facts import derived
from leadalign.figures import Frame, figure, figures
from leadalign.ideal_lead.classes import schedule
from leadalign.ideal_lead.definition import by_crm_status
from leadalign.metrics import metrics
from leadalign.problems import Refusal
from leadalign.store import rate_lead, register_person
from tests.worlds import World, hours

NOT_SHARED = (
    r"\b(asof|qualify|string_agg|strftime|epoch|regexp_like|unnest|exclude|date_diff|arg_max|arg_min|limit)\b"
    r"|\b(list|struct)_\w+|::"
)
RELATIONS = [*facts.names(), *(path.stem for path in (derived.HERE / "known").glob("*.sql"))]


def rich_world() -> World:
    """Everything that could make a join double a row: duplicates, second hand-overs, corrections, two names alike."""
    world = (
        World()
        .person("r1", "sales", name="Dana")
        .person("r2", "sales", name="Dana")
        .person("m1", "marketing", name="Noa")
    )
    world.lead("L1", 0, crm_readiness="ready").lead("L2", 1, crm_readiness="unready").lead("L3", 2, None).lead("L4", 3)
    for at in (2, 50, 90):
        world.step("L1", "handed_off", at).step("L1", "accepted", at + 1).step("L1", "rejected", at + 5)
    world.step("L1", "opportunity", 95).step("L1", "opportunity", 96).step("L1", "won", 99).step("L1", "won", 120)
    world.step("L2", "merged", 30, reason="dup_of:L1").step("L2", "nurture", 5).step("L1", "nurture", 6)
    for at in (1, 3, 3, 60, 100):
        world.activity("L1", at).activity("L2", at, rep="r2").activity(None, at).activity("L3", at, None, rep="Dana")
    return world.rating("L1", 5, 4).rating("L1", 2, 5).rating("L1", 1, 5, "r2").rating("L2", 4, 6)


@pytest.fixture(scope="module")
def db():
    world = rich_world().database()
    yield world
    world.close()


def count(db, name: str) -> int:
    return db.rows(f"SELECT count(*) FROM {facts.table(db, name, facts.Viewpoint(hours(5000)))}")[0][0]


@pytest.mark.parametrize("name", RELATIONS)
def test_the_first_line_says_one_row_per_what(name):
    assert facts.sql(name).startswith("-- One row per ")


@pytest.mark.parametrize("name", RELATIONS)
def test_the_sql_keeps_to_the_words_that_duckdb_and_spark_share(name):
    text = re.sub(r"--[^\n]*", "", facts.sql(name)).lower()
    assert re.findall(NOT_SHARED, text) == []


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("sales_activities", 20),
        ("hand_overs", 3),
        ("created_leads", 3),
        ("milestones", 3 + 1 + 1 + 2),
        ("activities", 20),
        ("leads", 4),
        ("ratings", 4),
        ("rated_leads", 2),
    ],
)
def test_joins_change_no_number_of_rows(db, name, rows):
    assert count(db, name) == rows


def test_a_duplicate_counts_once_and_its_work_with_the_lead_it_was_merged_into(db):
    assert figure(db, "leads_created", Frame(as_of=hours(5000))).value == 3
    by_lead = {
        each.by["lead_id"]: each.value for each in figures(db, "sales_minutes", Frame(as_of=hours(5000)), ("lead_id",))
    }
    assert by_lead["L1"] == 10 * 30


def test_a_rep_named_like_somebody_else_stays_a_name(db):
    reps = {each.by["rep_id"] for each in figures(db, "sales_minutes", Frame(as_of=hours(5000)), ("rep_id",))}
    assert reps == {"r1", "r2", "Dana"}


def test_a_lead_counts_as_ready_from_the_very_minute_it_became_ready():
    world = (
        World().lead("L1", 0).value("L1", "crm_readiness", "ready", 10).activity("L1", 9.99, 30).activity("L1", 10, 70)
    )
    db = world.database()
    found = {
        each.by["readiness"]: each.whole
        for each in figures(db, "unready_time_share", Frame(as_of=hours(99)), ("readiness",))
    }
    assert found == {"undetermined": 30, "ready": 70}


def test_no_unready_minutes_is_zero_and_not_missing():
    db = World().lead("L1", crm_readiness="ready").activity("L1", 1).database()
    assert figure(db, "unready_time_share", Frame(as_of=hours(99))).value == 0


def test_nothing_to_share_is_no_data_and_not_zero():
    db = World().lead("L1").database()
    nothing = figure(db, "unready_time_share", Frame(as_of=hours(99)))
    assert (nothing.value, nothing.note, nothing.low) == (None, "no_data", None)


@pytest.mark.parametrize("name", metrics())
def test_every_metric_can_be_measured_and_has_its_words(db, name):
    each = metrics()[name]
    assert each.over in facts.names()
    assert all(each.label[language].strip() and each.definition[language].strip() for language in ("en", "he"))
    assert figure(db, name, Frame(as_of=hours(5000))).unit == each.unit


def test_a_column_that_is_not_there_is_refused_with_the_nearest_name(db):
    with pytest.raises(Refusal) as refused:
        figures(db, "unready_time_share", Frame(), ("sorce",))
    assert refused.value.problem.details["hint"] == "source?"


@pytest.mark.parametrize("attack", ["source; DROP TABLE log.leads", "1=1", "source--", '"source"'])
def test_names_of_columns_are_checked_and_values_are_bound(db, attack):
    with pytest.raises(Refusal):
        figures(db, "unready_time_share", Frame(), (attack,))
    assert figure(db, "leads_created", Frame(as_of=hours(5000)).at(source="' OR 1=1 --")).note == "no_data"
    with pytest.raises(Refusal):
        measure.rows(db, "created_leads", Frame().at(**{attack: "x"}))


def test_a_rating_makes_no_other_fact_be_derived_again():
    db, view = World().lead("L1").activity("L1", 1).database(), facts.Viewpoint(hours(500))
    dana = register_person(db, "Dana", "sales")
    before = {name: facts.table(db, name, view) for name in ("sales_activities", "rated_leads")}
    rate_lead(db, dana, "L1", 5)
    after = {name: facts.table(db, name, view) for name in before}
    assert after["sales_activities"] == before["sales_activities"]
    assert after["rated_leads"] != before["rated_leads"]


def test_readers_see_what_was_just_written():
    db = World().lead("L1").database()
    assert figure(db, "leads_created", Frame(as_of=hours(9000))).value == 1
    World().lead("L2").into(db)
    assert figure(db, "leads_created", Frame(as_of=hours(9000))).value == 2


def test_a_deal_that_one_export_tells_and_another_ties_to_its_lead_is_that_leads():
    world = World().lead("L1").step("L1", "opportunity", 5, deal_id="D1").step("deal:D1", "won", 9, deal_id="D1")
    world.activity(None, 7, 25)
    world.activities[0]["deal_id"] = "D1"
    db = world.database()
    assert figure(db, "won_share", Frame(as_of=hours(99))).part == 1
    assert figure(db, "sales_minutes", Frame(as_of=hours(99))).value == 25


def test_only_the_first_contact_of_a_cycle_has_an_allowance():
    world = World().lead("L1", crm_readiness="unready").activity("L1", 1, 40).activity("L1", 2, 30)
    world.step("L1", "handed_off", 3).activity("L1", 4, 10).activity("L1", 5, 20)
    db = world.database()
    assert figure(db, "unready_minutes", Frame(as_of=hours(99))).value == 100
    assert figure(db, "unready_time_share_net", Frame(as_of=hours(99))).part == 100 - 15 - 10


def test_work_at_the_very_moment_a_cycle_ends_is_of_sales_own_picking():
    world = World().lead("L1", crm_readiness="unready").step("L1", "handed_off", 1).step("L1", "rejected", 5)
    db = world.activity("L1", 4, 20).activity("L1", 5, 50).database()
    found = {
        each.by["origin"]: each.part for each in figures(db, "unready_minutes", Frame(as_of=hours(99)), ("origin",))
    }
    assert found == {"handed_off": 20, "self_picked": 50}


def test_a_definition_that_is_dated_back_judges_nothing_before_it_was_recorded():
    def version(number: int, at: float):
        signed = {"version": number, "agreed_by": {"marketing": "m1", "sales": "r1"}, "effective_from": hours(at)}
        return by_crm_status().model_copy(update=signed)

    db = World(definitions=[version(1, 0)]).lead("L1").database()
    World(definitions=[version(2, 10)]).into(db, hours(20_000))
    in_force = {at: schedule(db).in_force(hours(at)).version for at in (5, 100, 19_999, 20_000)}
    assert in_force == {5: 1, 100: 1, 19_999: 1, 20_000: 2}
