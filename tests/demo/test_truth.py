"""What was planted in the demo company is found again in its files, by counting with nothing but Python."""

from collections import Counter, defaultdict
from datetime import date, datetime
from itertools import pairwise

from leadalign.demo import truth
from leadalign.demo.definitions import WASTE
from leadalign.demo.workdays import CLOSES, OPENS, ZONE, at, next_quarter_end, rosh_hashanah, work_fraction

UNTIL = date(2026, 11, 22)
TURN = at(truth.definition_changes_on(UNTIL), 0)


def within(bounds, value):
    return bounds[0] <= value <= bounds[1]


def work(company):
    return [(lead, activity) for lead in company.leads.values() for activity in lead.work]


def share(pairs):
    """The weight of what is true in (weight, truth) pairs."""
    pairs = list(pairs)
    return sum(weight for weight, counted in pairs if counted) / sum(weight for weight, _ in pairs)


def waste(company, after):
    return share((a.minutes, company.is_waste(lead, a)) for lead, a in work(company) if (a.started >= TURN) is after)


def compliance(company, after):
    given = [(lead, moment) for lead in company.leads.values() for moment in lead.when("handed_off")]
    return share((1, company.route(lead, moment) == "SRL") for lead, moment in given if (moment >= TURN) is after)


def self_picked_by_rep(company):
    minutes = Counter()
    for lead, activity in work(company):
        given = [moment for moment in lead.when("handed_off") if moment <= activity.started]
        if not given and company.is_waste(lead, activity):
            minutes[activity.rep] += activity.minutes
    return minutes


def by_source(company, count):
    """Each source's share of leads for which `count` is true; None leaves a lead out."""
    answers = defaultdict(list)
    for lead in company.leads.values():
        if lead.source and count(lead) is not None:
            answers[lead.source].append(count(lead))
    return {source: sum(told) / len(told) for source, told in answers.items() if len(told) > 10}


def test_less_sales_time_is_wasted_from_definition_2_on(company):
    before, after = waste(company, after=False), waste(company, after=True)
    assert within(truth.WASTE_BEFORE, before)
    assert within(truth.WASTE_AFTER, after)
    assert before - after >= truth.LEAST_FALL


def test_marketing_hands_over_by_the_definition_from_its_second_version_on(company):
    assert within(truth.COMPLIANCE_BEFORE, compliance(company, after=False))
    assert within(truth.COMPLIANCE_AFTER, compliance(company, after=True))


def test_the_best_and_the_worst_source_are_so_by_ratings_and_by_wins(company):
    liked = by_source(company, lambda lead: lead.ratings[0] >= 4 if lead.ratings else None)
    won = by_source(company, lambda lead: lead.won_on is not None)
    for shares in (liked, won):
        assert max(shares, key=shares.get) == truth.BEST_SOURCE
        assert min(shares, key=shares.get) == truth.WORST_SOURCE


def test_about_a_twelfth_of_the_leads_is_won(company):
    assert within(truth.WON_SHARE, share((1, lead.won_on is not None) for lead in company.leads.values()))


def test_one_rep_does_most_of_the_calling_that_nobody_asked_for(company):
    minutes = self_picked_by_rep(company)
    assert within(truth.EARLY_CALLER_SHARE, minutes[truth.EARLY_CALLER_ID] / minutes.total())


def test_that_rep_calls_on_the_day_the_lead_comes_in(company):
    days = Counter(a.rep for lead, a in work(company) if a.started.date() == lead.created.date())
    assert days[truth.EARLY_CALLER_ID] / days.total() > 0.9


def test_another_rep_logs_no_minutes_and_nobody_else_leaves_calls_empty(company):
    logged = defaultdict(list)
    for _, activity in work(company):
        logged[activity.rep].append(activity.logged)
    assert not any(logged.pop(truth.LOGS_NO_MINUTES_ID))
    assert min(sum(told) / len(told) for told in logged.values()) > 0.6


def test_the_numbers_of_the_default_seed_are_as_written_down(default_company):
    company, minutes = default_company, self_picked_by_rep(default_company)
    given = [lead for lead in company.leads.values() if lead.when("handed_off")]
    found = {
        "waste before": waste(company, after=False),
        "waste after": waste(company, after=True),
        "compliance before": compliance(company, after=False),
        "compliance after": compliance(company, after=True),
        "won": sum(lead.won_on is not None for lead in company.leads.values()),
        "early caller's share": minutes[truth.EARLY_CALLER_ID] / minutes.total(),
        "handed over": len(given),
        "never touched": sum(not lead.work for lead in given),
    }
    assert {name: round(value, 3) for name, value in found.items()} == truth.SEED_7


def test_leads_fall_between_the_functions(company):
    given = [lead for lead in company.leads.values() if lead.when("handed_off")]
    assert within(truth.NEVER_TOUCHED, share((1, not lead.work) for lead in given))
    kept = [lead for lead in company.leads.values() if lead.when("nurture")]
    forgotten = share((1, nothing_since(lead, lead.when("nurture")[0])) for lead in kept)
    assert within(truth.NURTURED_IN_NAME_ONLY, forgotten)
    end = at(UNTIL, 23)
    ready = [lead for lead in company.leads.values() if not lead.when("handed_off") and not lead.when("merged")]
    assert within(truth.READY_NEVER_HANDED_OVER, sum(company.route(lead, end) == "SRL" for lead in ready))


def nothing_since(lead, moment):
    later = [fact[1] for fact in lead.facts] + [activity.started for activity in lead.work]
    return not any(then > moment for then in later) and not lead.when("handed_off")


def test_ratings_follow_readiness(company):
    stars = {True: [], False: []}
    for lead in company.leads.values():
        if lead.ratings:
            stars[company.route(lead, lead.when("handed_off")[0]) in WASTE].append(lead.ratings[0])
    assert sum(stars[False]) / len(stars[False]) - sum(stars[True]) / len(stars[True]) > 1


def test_goals_are_sometimes_met_and_sometimes_missed(company):
    months = {(lead.created.year, lead.created.month) for lead in company.leads.values()} - {(2026, 11)}
    won = Counter((lead.won_on.year, lead.won_on.month) for lead in company.leads.values() if lead.won_on)
    nurtured = Counter(_month(lead.when("nurture")[0]) for lead in company.leads.values() if lead.when("nurture"))
    for count, target in ((won, 10), (nurtured, 40)):
        assert 0 < sum(count[month] >= target for month in months) < len(months)


def _month(moment: datetime) -> tuple[int, int]:
    local = moment.astimezone(ZONE)
    return local.year, local.month


def test_august_is_slow(company):
    days = Counter(lead.created.date() for lead in company.leads.values())
    august = [count for day, count in days.items() if day.month == truth.SLOW_MONTH]
    assert sum(august) / 62 < 0.75 * sum(days.values()) / len(days)


def test_signatures_crowd_at_the_end_of_a_quarter(company):
    won = [lead.won_on.date() for lead in company.leads.values() if lead.won_on]
    assert share((1, (next_quarter_end(day) - day).days < 12) for day in won) > 0.25


def test_sales_works_from_sunday_to_thursday_in_office_hours(company):
    starts = [activity.started for _, activity in work(company)]
    assert all(work_fraction(start.date()) > 0 for start in starts)
    assert all(OPENS <= start.time() < CLOSES for start in starts)


def test_no_rep_is_in_two_talks_at_once(company):
    talks = sorted((a.rep, a.started.timestamp(), a.minutes * 60) for _, a in work(company))
    clashes = [(a, b) for a, b in pairwise(talks) if a[0] == b[0] and a[1] + a[2] > b[1]]
    assert clashes == []


def test_handed_over_leads_are_worked_on_by_some_six_to_ten_activities(company):
    given = [lead for lead in company.leads.values() if lead.when("handed_off") and lead.work]
    assert within((6, 10), sum(len(lead.work) for lead in given) / len(given))


def test_the_new_year_of_the_hebrew_calendar_falls_where_calendars_print_it():
    printed = ["2023-09-16", "2024-10-03", "2025-09-23", "2026-09-12", "2027-10-02", "2028-09-21"]
    assert [rosh_hashanah(year).isoformat() for year in range(2023, 2029)] == printed
