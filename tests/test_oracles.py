"""Each headline metric computed a second way, row by row in plain Python, on random small worlds."""

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadalign.figures import Frame, figure, figures, leads_behind
from leadalign.metrics import metrics
from leadalign.work_calendar import Calendar
from tests.worlds import World, hours

LEADS = ("L1", "L2")
REPS = ("r1", "r2", "r3", "r4", "r5")
ENDS = ("rejected", "recycled", "won", "lost", "disqualified", "merged")
DEFAULTS = {"call": 10, "meeting": 60}
COSTS = {"r1": 200.0, "r2": 180.0, "r3": 120.0}
"""What an hour costs; nobody entered it for the others."""
NOW = hours(5000)
time = st.one_of(st.integers(0, 12), st.integers(0, 12), st.integers(0, 600))
"""Hours; often close together, for people disagree about what happens at the same moment."""
delay = st.sampled_from([0, 0, 1, 5, 200])


@st.composite
def worlds(draw) -> World:
    """One or two leads with what the CRM said of them, hand-overs, answers, calls and ratings."""
    world = World().person("m1", "marketing")
    for rep, cost in COSTS.items():
        world.person(rep, "sales", hourly_cost=cost)
    for number, lead in enumerate(LEADS[: draw(st.integers(1, 2))]):
        world.lead(lead, draw(st.integers(0, 3)), source=("Webinar", None)[number])
        for _ in range(draw(st.integers(0, 4))):
            at = draw(time)
            world.value(
                lead, "crm_readiness", draw(st.sampled_from(["ready", "unready", "unfit", None])), at, at + draw(delay)
            )
        for _ in range(draw(st.integers(0, 7))):
            at = draw(time)
            event = draw(
                st.sampled_from(
                    ["handed_off", "accepted", "rejected", "opportunity", "won", "lost", "nurture", "recycled"]
                )
            )
            world.step(lead, event, at, at + draw(delay))
        for _ in range(draw(st.integers(0, 2))):
            world.rating(lead, draw(st.integers(1, 5)), draw(time), draw(st.sampled_from(REPS)))
    for _ in range(draw(st.integers(0, 16))):
        world.activity(
            draw(st.sampled_from([*LEADS, *LEADS, None])), draw(time), draw(st.sampled_from([None, 0, 7, 30, 95])),
            draw(st.sampled_from([*REPS, "m1"])), draw(st.sampled_from(["call", "meeting", "internal_meeting"])),
        )  # fmt: skip
    return world


def readiness(world: World, lead: str, at) -> str:
    """What the CRM said of the lead by then; nothing before its creation."""
    (created,) = (each["created_at"] for each in world.leads if each["lead_id"] == lead)
    if at < created:
        return "undetermined"
    known = [v for v in world.values if v["lead_id"] == lead and v["observed_at"] <= at and v["recorded_at"] <= at]
    last = max(known, key=lambda v: (v["observed_at"], v["recorded_at"], v["event_id"]), default={"value": "null"})
    return {'"ready"': "ready", '"unready"': "unready", '"unfit"': "unfit"}.get(last["value"], "undetermined")


def steps(world: World, lead: str, *kinds: str) -> list[dict]:
    found = [s for s in world.steps if s["lead_id"] == lead and (not kinds or s["event"] in kinds)]
    return sorted(found, key=lambda s: (s["occurred_at"], int(s["event_id"][1:])))


def cycles(world: World, lead: str) -> list[dict]:
    """The hand-over cycles of a lead, by walking through its story once."""
    found: list[dict] = []
    for step in steps(world, lead):
        if step["event"] == "handed_off":
            found.append(
                {"lead": lead, "at": step["occurred_at"], "ended": None, "answer": "pending", "no": len(found) + 1}
            )
        elif found:
            if step["event"] in ("accepted", "opportunity", "won") and found[-1]["answer"] == "pending":
                found[-1]["answer"] = "accepted"
            if step["event"] == "rejected" and found[-1]["answer"] == "pending":
                found[-1]["answer"] = "rejected"
            if step["event"] in ENDS and found[-1]["ended"] is None:
                found[-1]["ended"] = step["occurred_at"]
    return found


def sales_rows(world: World) -> list[dict]:
    """Each sales activity with its minutes, its lead's readiness then, its origin and its allowance."""
    known = {each["lead_id"] for each in world.leads}
    met: set = set()
    rows = []
    for a in sorted(world.activities, key=lambda a: (a["started_at"], a["activity_id"])):
        if a["person_id"] == "m1" or a["type"] == "internal_meeting":
            continue
        minutes = DEFAULTS[a["type"]] if a["minutes"] is None else a["minutes"]
        row = {
            "rep": a["person_id"],
            "minutes": minutes,
            "imputed": a["minutes"] is None,
            "lead": a["lead_id"],
            "origin": "self_picked",
        }
        rows.append(
            row | {"readiness": "orphan", "allowance": 0} if a["lead_id"] not in known else _judged(world, a, row, met)
        )
    return rows


def _judged(world: World, a: dict, row: dict, met: set) -> dict:
    lead, at = a["lead_id"], a["started_at"]
    opened = steps(world, lead, "opportunity", "won")
    is_open = bool(opened) and opened[0]["occurred_at"] <= at and opened[0]["recorded_at"] <= at
    then = readiness(world, lead, at)
    begun = [c for c in cycles(world, lead) if c["at"] <= at]
    if begun and (begun[-1]["ended"] is None or begun[-1]["ended"] > at):
        decayed = readiness(world, lead, begun[-1]["at"]) == "ready" and then in ("unready", "unfit")
        row["origin"] = "decayed" if decayed else "handed_off"
    cycle = (lead, len(begun))
    wasted = not is_open and then in ("unready", "unfit")
    row["allowance"] = min(15, row["minutes"]) if wasted and cycle not in met else 0
    met.add(cycle)
    return row | {"readiness": "pipeline" if is_open else then}


def shares(rows: list[dict], wasted=("unready", "unfit")) -> tuple[float, float]:
    known = [row for row in rows if row["readiness"] != "orphan"]
    return sum(r["minutes"] for r in known if r["readiness"] in wasted), sum(r["minutes"] for r in known)


@given(worlds())
def test_sales_time_agrees_with_a_count_by_hand(world):
    db, rows = world.database(), sales_rows(world)
    wasted, whole = shares(rows)
    gross = figure(db, "unready_time_share", Frame(as_of=NOW))
    assert (gross.part or 0, gross.whole or 0) == (wasted, whole)
    assert gross.value == (pytest.approx(wasted / whole) if whole else None)
    upper = figure(db, "unready_time_share_upper", Frame(as_of=NOW))
    assert (upper.part or 0) == shares(rows, ("unready", "unfit", "undetermined"))[0]
    net = figure(db, "unready_time_share_net", Frame(as_of=NOW))
    assert (net.part or 0) == wasted - sum(row["allowance"] for row in rows)
    cost = sum(
        row["minutes"] / 60 * COSTS.get(row["rep"], 0) for row in rows if row["readiness"] in ("unready", "unfit")
    )
    assert (figure(db, "unready_cost", Frame(as_of=NOW)).value or 0) == pytest.approx(cost)
    known = [row for row in rows if row["readiness"] != "orphan"]
    imputed = figure(db, "imputed_minutes_share", Frame(as_of=NOW))
    assert (imputed.part or 0) == sum(row["minutes"] for row in known if row["imputed"])
    assert (figure(db, "sales_minutes", Frame(as_of=NOW)).part or 0) == whole
    orphans = figure(db, "orphans", Frame(as_of=NOW))
    assert (orphans.part or 0, orphans.whole or 0) == (len(rows) - len(known), len(rows))
    assert (figure(db, "orphan_minutes", Frame(as_of=NOW)).part or 0) == sum(
        r["minutes"] for r in rows if r["readiness"] == "orphan"
    )
    db.close()


@given(worlds())
def test_each_cut_of_sales_time_adds_up_and_agrees_with_a_count_by_hand(world):
    db, rows = world.database(), sales_rows(world)
    by_rep: dict = defaultdict(float)
    by_origin: dict = defaultdict(float)
    for row in rows:
        if row["readiness"] in ("unready", "unfit"):
            by_rep[row["rep"]] += row["minutes"]
            by_origin[row["origin"]] += row["minutes"]
    for column, expected in (("rep_id", by_rep), ("origin", by_origin)):
        found = {
            each.by[column]: each.part or 0 for each in figures(db, "unready_minutes", Frame(as_of=NOW), (column,))
        }
        assert {key: part for key, part in found.items() if part} == {
            key: part for key, part in expected.items() if part
        }
    for cut in ("week", "source", "type"):
        sliced = figures(db, "unready_time_share", Frame(as_of=NOW), (cut,))
        assert (sum(each.part or 0 for each in sliced), sum(each.whole or 0 for each in sliced)) == shares(rows)
    behind = leads_behind(db, "unready_minutes", Frame(as_of=NOW))
    assert behind == sorted({row["lead"] for row in rows if row["readiness"] in ("unready", "unfit")})
    db.close()


@given(worlds())
def test_hand_overs_and_goals_agree_with_a_count_by_hand(world):
    db = world.database()
    leads = [each["lead_id"] for each in world.leads]
    handed = [cycle for lead in leads for cycle in cycles(world, lead)]
    answers = [cycle["answer"] for cycle in handed]
    ready = [cycle for cycle in handed if readiness(world, cycle["lead"], cycle["at"]) == "ready"]
    kept = figure(db, "handover_compliance", Frame(as_of=NOW))
    assert (kept.part or 0, kept.whole or 0) == (len(ready), len(handed))
    accepted = figure(db, "acceptance_rate", Frame(as_of=NOW))
    assert (accepted.part or 0, accepted.whole or 0) == (
        answers.count("accepted"),
        answers.count("accepted") + answers.count("rejected"),
    )
    assert (figure(db, "handovers", Frame(as_of=NOW)).part or 0) == len(handed)
    assert (figure(db, "pending_handovers", Frame(as_of=NOW)).part or 0) == answers.count("pending")
    expected = {
        "leads_created": len(leads), "sales_ready_leads": len({cycle["lead"] for cycle in ready}),
        "nurtured_leads": sum(bool(steps(world, lead, "nurture")) for lead in leads),
        "deals_won": sum(len(steps(world, lead, "won")) for lead in leads),
        "deals_won_known": sum(in_its_month(step) for lead in leads for step in steps(world, lead, "won")),
    }  # fmt: skip
    assert {name: figure(db, name, Frame(as_of=NOW)).value for name in expected} == expected
    won = figure(db, "won_share", Frame(as_of=NOW))
    assert (won.part, won.whole) == (sum(bool(steps(world, lead, "won")) for lead in leads), len(leads))
    db.close()


def in_its_month(step: dict) -> bool:
    """Whether a step was recorded before its month, in Jerusalem, was over."""
    happened, recorded = (Calendar().day_of(step[clock]) for clock in ("occurred_at", "recorded_at"))
    return (recorded.year, recorded.month) <= (happened.year, happened.month)


@given(worlds())
def test_ratings_agree_with_a_count_by_hand(world):
    db = world.database()
    rated = {
        lead: found for lead in (each["lead_id"] for each in world.leads) if (found := counted_ratings(world, lead))
    }
    top2 = figure(db, "lead_rating_top2", Frame(as_of=NOW))
    mean = figure(db, "lead_rating_mean", Frame(as_of=NOW))
    worked = {a["lead_id"] for a in world.activities if a["person_id"] != "m1"} & {
        each["lead_id"] for each in world.leads
    }
    coverage = figure(db, "rating_coverage", Frame(as_of=NOW))
    assert (coverage.part or 0, coverage.whole or 0) == (len(worked & set(rated)), len(worked))
    assert (figure(db, "unrated_leads", Frame(as_of=NOW)).value or 0) == len(worked - set(rated))
    assert (top2.whole or 0) == len(rated)
    assert (top2.part or 0) == pytest.approx(sum(sum(r >= 4 for r in found) / len(found) for found in rated.values()))
    assert (mean.part or 0) == pytest.approx(sum(sum(found) / len(found) for found in rated.values()))
    db.close()


def counted_ratings(world: World, lead: str) -> list[int]:
    """Each rater's first rating in a cycle, within ten working days and before the lead was won or lost."""
    company = Calendar()
    touched = [a["started_at"] for a in world.activities if a["lead_id"] == lead]
    decided = [s["occurred_at"] for s in steps(world, lead, "won", "lost")]
    seen, found = set(), []
    for q in sorted((q for q in world.ratings if q["lead_id"] == lead), key=lambda q: (q["rated_at"], q["rating_id"])):
        begun = [c for c in cycles(world, lead) if c["at"] <= q["rated_at"]]
        if (len(begun), q["rater_id"]) in seen:
            continue
        seen.add((len(begun), q["rater_id"]))
        clock = begun[-1]["at"] if begun else min(touched, default=q["rated_at"])
        days = [company.day_of(clock), company.day_of(q["rated_at"])]
        rows = {row.day: row.work_day_no for row in company.rows(min(days), max(days))}
        in_time = rows[days[1]] - rows[days[0]] <= 10
        if in_time and (not decided or q["rated_at"] <= min(decided)):
            found.append(q["rating"])
    return found


@settings(max_examples=12)
@given(worlds(), st.integers(0, 700), st.data())
def test_a_fact_recorded_after_an_instant_changes_no_figure_as_known_then(world, instant, data):
    """The strongest test: last month's report, computed again after this month's uploads, is the same."""
    as_of = Frame(as_of=hours(instant))
    names = (
        "unready_time_share",
        "unready_time_share_net",
        "unready_cost",
        "orphans",
        "handover_compliance",
        "acceptance_rate",
        "lead_rating_top2",
        "rating_coverage",
        "leads_created",
        "sales_ready_leads",
        "nurtured_leads",
        "deals_won",
        "won_share",
    )
    db = world.database()
    before = [figure(db, name, as_of) for name in names]
    late = World()
    for lead in (each["lead_id"] for each in world.leads):
        at = data.draw(time)
        recorded = instant + 1 + data.draw(delay)
        late.value(lead, "crm_readiness", data.draw(st.sampled_from(["ready", "unready", "unfit"])), at, recorded)
        late.step(lead, data.draw(st.sampled_from(["handed_off", "won", "opportunity", "nurture"])), at, recorded)
        late.activity(lead, at, 45, "r2", recorded=recorded)
    for rows, name in ((late.values, "event_id"), (late.steps, "event_id"), (late.activities, "activity_id")):
        for row in rows:
            row[name] = f"late-{row[name]}"
    late.lead("L9", instant + 2)
    assert [figure(late.into(db, hours(instant + 400)), name, as_of) for name in names] == before
    db.close()


def test_every_metric_has_an_oracle():
    """A metric that nobody counted a second way is not shown."""
    here = Path(__file__).parent
    files = (*here.glob("test_*oracles.py"), here / "test_acceptance.py")
    checked = "".join(path.read_text(encoding="utf-8") for path in files)
    assert [name for name in metrics() if f'"{name}"' not in checked] == []
