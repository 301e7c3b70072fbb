"""Each figure has the interval that suits it, and says so where it cannot have one."""

import pytest

from leadalign.figures import Frame, figure, figures
from tests.worlds import World, hours

LATER = Frame(as_of=hours(5000))


def handed_over(counts: dict[str, tuple[int, int]]) -> World:
    """For each source so many leads handed over, of which so many were ready."""
    world = World()
    for source, (ready, all_of_them) in counts.items():
        for number in range(all_of_them):
            lead = f"{source}{number}"
            world.lead(lead, 0, source, crm_readiness="ready" if number < ready else "unready").step(
                lead, "handed_off", 1 + number
            )
    return world


def by_source(counts: dict[str, tuple[int, int]]) -> dict:
    found = figures(handed_over(counts).database(), "handover_compliance", LATER, ("source",))
    return {each.by["source"]: each for each in found}


def minutes_of(reps: int) -> World:
    world = (
        World()
        .lead("L1", crm_readiness="ready")
        .lead("L2", crm_readiness="unready")
        .lead("L3", crm_readiness="unready")
    )
    for number in range(reps):
        rep = f"r{number}"
        world.activity("L1", 1 + number, 60, rep).activity("L2", 2 + number, 10 + 7 * number, rep).activity(
            "L3", 3, 5, rep
        )
    return world


def test_a_share_of_minutes_has_an_interval_by_rep_where_there_are_four():
    found = figure(minutes_of(4).database(), "unready_time_share", LATER)
    assert (found.method, found.clusters, found.note) == ("ratio_logit_t", 4, None)


def test_with_fewer_reps_the_interval_is_by_lead_and_speaks_of_these_reps_only():
    found = figure(minutes_of(3).database(), "unready_time_share", LATER)
    assert (found.method, found.clusters, found.note) == ("ratio_logit_t", 3, "these_reps_only")


def test_one_rep_and_one_lead_have_a_share_and_no_interval():
    found = figure(
        World().lead("L1", crm_readiness="unready").activity("L1", 1, 30).database(), "unready_time_share", LATER
    )
    assert (found.value, found.low, found.note) == (1, None, "one_cluster")


def test_three_sources_borrow_strength_and_two_do_not():
    assert {each.method for each in by_source({"a": (8, 10), "b": (3, 10), "c": (5, 10)}).values()} == {"full_bayes"}
    assert {each.method for each in by_source({"a": (8, 10), "b": (3, 10)}).values()} == {"wilson"}


def test_a_small_group_is_drawn_towards_the_others_and_keeps_its_counts():
    small = by_source({"a": (10, 30), "b": (12, 30), "c": (5, 5)})["c"]
    assert (small.part, small.whole) == (5, 5)
    assert small.value is not None
    assert small.value < 1


def test_below_five_cases_the_figure_says_so():
    found = by_source({"a": (8, 10), "b": (3, 10), "c": (4, 4)})
    assert {source: each.note for source, each in found.items()} == {"a": None, "b": None, "c": "few_cases"}


def test_a_source_is_best_when_it_surely_is_and_a_handful_is_no_rival():
    clear = by_source({"a": (38, 40), "b": (10, 40), "c": (12, 40), "d": (2, 2)})
    assert [source for source, each in clear.items() if each.best] == ["a"]
    luck = by_source({"a": (12, 24), "b": (11, 24), "c": (13, 24)})
    assert [source for source, each in luck.items() if each.best] == []


def test_a_blank_source_is_never_the_best():
    found = figures(
        handed_over({"": (40, 40), "b": (10, 40), "c": (12, 40)}).database(), "handover_compliance", LATER, ("source",)
    )
    assert [each.by["source"] for each in found if each.best] == []


def test_weeks_speak_for_themselves_so_that_a_signal_is_not_muted():
    world = handed_over({"a": (200, 400)})
    weeks = figures(world.database(), "handover_compliance", LATER, ("week",))
    assert {each.method for each in weeks} == {"wilson"}
    assert all(each.value == pytest.approx(each.part / each.whole) for each in weeks)


def test_a_count_has_the_exact_interval_of_its_rate():
    found = figure(World().lead("L1").step("L1", "won", 5).database(), "deals_won", LATER)
    assert (found.value, found.method) == (1, "garwood")
    assert [found.low, found.high] == pytest.approx([0.0253178, 5.5716434])


def test_no_wins_are_zero_with_an_honest_upper_end():
    found = figure(World().lead("L1").database(), "deals_won", LATER)
    assert (found.value, found.low, found.high) == (0, 0, pytest.approx(3.688879))


def test_the_leads_behind_a_figure_are_as_many_as_it_says():
    from leadalign.figures import leads_behind

    db = minutes_of(4).database()
    found = figure(db, "unready_time_share", LATER)
    assert (found.leads, leads_behind(db, "unready_time_share", LATER)) == (2, ["L2", "L3"])
