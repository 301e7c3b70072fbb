"""Tests of a form are set aside with the rule that fits, asked about where they are many, and never deleted."""

import pytest

from leadalign import settings as company_settings
from leadalign import uploads
from leadalign.facts import table
from leadalign.figures import Frame, figure
from leadalign.identity import address_marks
from leadalign.measure import viewpoint
from leadalign.problems import Refusal
from leadalign.store import Database, open_database, register_person, release, set_aside
from leadalign.store.people import COMMAND_LINE
from tests.worlds import World, hours

HEADER = "lead_id,created_at,source,account_id,name,email,company\n"


def file_of(*leads: str, padding: int = 20) -> bytes:
    """Leads as rows `name,email,company`, among so many that nobody doubts."""
    honest = [f"Dana {chr(97 + n)}evi,dana.{n}@firm{n}.co.il,Firm {n}" for n in range(padding)]
    rows = [f"L{n},2026-01-0{1 + n % 9}T10:00:00Z,Web,A{n},{lead}" for n, lead in enumerate([*leads, *honest])]
    return (HEADER + "\n".join(rows) + "\n").encode()


def taken_in(content: bytes, db: Database | None = None, name: str = "leads.csv"):
    db = db or open_database(None)
    found = uploads.understand(db, name, content)
    return db, found, uploads.take_in(db, COMMAND_LINE, found, content)


def aside(db: Database) -> dict:
    return dict(db.rows(f"SELECT lead_id, reason FROM {table(db, 'set_aside', viewpoint(db, Frame()))}"))


@pytest.mark.parametrize(
    ("lead", "reason"),
    [
        ("Test Test,dana@firm.com,Firm", "test_name"),
        ("test user 3,,", "test_name"),
        ("בדיקה,x@firm.co.il,", "test_name"),
        ("Noa,noa@firm.co.il,טסט", "test_name"),
        ("Noa,asdf@firm.co.il,", "test_address"),
        ("Noa,Test2@Firm.co.il,", "test_address"),
        ("Noa,qa+signup@firm.co.il,", "test_address"),
        ("Noa,noa+test@firm.co.il,", "test_address"),
        ("Noa,noa@example.com,", "reserved_domain"),
        ("Noa,noa@mail.example.org,", "reserved_domain"),
        ("Noa,noa@shop.test,", "reserved_domain"),
    ],
)
def test_a_lead_that_tries_the_form_is_set_aside_with_the_rule_and_its_line(lead, reason):
    db, found, _ = taken_in(file_of(lead))
    assert aside(db) == {"L0": reason}
    assert [(one.rule, one.lines) for one in found.repairs] == [("test_leads_set_aside", (2,))]
    assert figure(db, "leads_created", Frame()).value == 20
    assert db.rows("SELECT count(*) FROM live.leads") == [(21,)]


@pytest.mark.parametrize(
    "lead",
    [
        "Tester,b.tester@firm.de,Tester GmbH", "Testa Rossa,t.rossa@testa.it,Testa", "Noa,contest@firm.com,Contest Ltd",
        "Noa,noa@examples.com,Example Analytics", "Attest Ltd,latest@firm.com,Protest", "Noa,qa@firm.co.il,QA Systems",
        "John Test,john@firm.com,Test Equity", "Noa,noa+news@firm.co.il,", ",,",
    ],
)  # fmt: skip
def test_people_whose_names_only_sound_like_tests_count(lead):
    db, found, _ = taken_in(file_of(lead))
    assert (aside(db), found.repairs, found.questions) == ({}, [], [])


def test_whoever_writes_from_our_own_domain_is_no_lead(monkeypatch):
    monkeypatch.setenv("LEADALIGN_OWN_DOMAINS", '["ourselves.co.il"]')
    company_settings.settings.cache_clear()
    db, _, _ = taken_in(
        file_of("Noa,noa@ourselves.co.il,", "Avi,avi@mail.ourselves.co.il,", "Gil,gil@notourselves.co.il,")
    )
    monkeypatch.undo()
    company_settings.settings.cache_clear()
    assert aside(db) == {"L0": "own_domain", "L1": "own_domain"}


def test_an_address_of_a_function_is_listed_and_counts():
    db, found, _ = taken_in(file_of("Noa,info@firm.co.il,", "Gil,Office@firm.co.il,"))
    assert aside(db) == {}
    assert [(one.rule, one.count) for one in found.repairs] == [("role_addresses_listed", 2)]
    assert figure(db, "leads_created", Frame()).value == 22
    assert db.rows("SELECT lead_id, event, reason FROM live.aside_events ORDER BY ALL") == [
        ("L0", "listed", "role_address"), ("L1", "listed", "role_address"),
    ]  # fmt: skip


def test_a_file_of_anonymised_addresses_is_asked_about_and_counts():
    many = [f"Person {n},p{n}@example.com,Firm" for n in range(8)]
    for honest, code, listed in ((4, "mostly_test_leads", 0), (12, "many_test_leads", 8)):
        db, found, _ = taken_in(file_of(*many, padding=honest))
        assert [(one.code, one.details["count"], one.blocks) for one in found.questions] == [(code, 8, False)]
        assert aside(db) == {}
        assert db.rows("SELECT count(*) FROM live.aside_events WHERE event = 'listed'") == [(listed,)]
        assert figure(db, "leads_created", Frame()).value == 8 + honest


def test_in_a_file_of_three_leads_a_test_is_listed_and_counts():
    db, found, _ = taken_in(file_of("Test,,", padding=2))
    assert (aside(db), [one.rule for one in found.repairs], found.questions) == ({}, ["test_leads_listed"], [])


def test_each_rule_is_weighed_by_itself():
    many = [f"Person {n},p{n}@example.com,Firm" for n in range(8)]
    db, _, _ = taken_in(file_of("Test,,", *many, padding=4))
    assert aside(db) == {"L0": "test_name"}


def test_the_undo_of_the_upload_takes_the_setting_aside_along_and_a_release_stays():
    content = file_of("Test,,", "Test Test,,")
    db, _, batch = taken_in(content)
    release(db, COMMAND_LINE, ["L0"])
    assert aside(db) == {"L1": "test_name"}
    uploads.take_out(db, COMMAND_LINE, batch.batch_id)
    assert aside(db) == {}
    taken_in(content, db)
    assert aside(db) == {"L1": "test_name"}


def test_the_same_file_again_sets_nobody_aside_anew():
    content = file_of("Test,,")
    db, _, _ = taken_in(content)
    _, _, again = taken_in(content, db)
    assert again.events_added == 0


def world() -> World:
    """Two leads who were worked, rated, handed over and won alike."""
    made = World().person("r1", "sales")
    for lead in ("L1", "L2"):
        made.lead(lead, 0, crm_readiness="ready").activity(lead, 3, 60).rating(lead, 5, 4)
        made.step(lead, "handed_off", 2).step(lead, "accepted", 5).step(lead, "nurture", 1).step(
            lead, "won", 9, amount=10
        )
    return made


COUNTED = (
    "sales_minutes", "leads_created", "handovers", "acceptance_rate", "sales_ready_leads", "nurtured_leads",
    "deals_won", "won_share", "lead_rating_top2", "rating_coverage",
)  # fmt: skip


def counted(db: Database, as_of=None) -> dict:
    found = {name: figure(db, name, Frame(as_of=as_of)) for name in COUNTED}
    return {name: (each.part, each.whole) for name, each in found.items()}


def test_a_lead_set_aside_counts_in_no_figure_and_its_work_is_no_orphan():
    db = world().database()
    before = counted(db)
    set_aside(db, COMMAND_LINE, ["L2"])
    without = counted(db)
    one = world()
    for rows in (one.leads, one.steps, one.values, one.activities, one.ratings):
        rows[:] = [row for row in rows if row["lead_id"] == "L1"]
    assert without == counted(one.database())
    assert figure(db, "orphans", Frame()).part in (0, None)
    assert db.rows(f"SELECT lead_id, reason FROM {table(db, 'leads_set_aside', viewpoint(db, Frame()))}") == [
        ("L2", "by_hand")
    ]
    assert counted(db, hours(5000)) == before
    release(db, COMMAND_LINE, ["L2"])
    assert counted(db) == before


def test_whoever_was_merged_into_a_lead_that_is_set_aside_is_set_aside_with_it():
    db = world().step("L2", "merged", 10, reason="dup_of:L1").database()
    set_aside(db, COMMAND_LINE, ["L1"])
    assert {part or 0 for part, _ in counted(db).values()} == {0}
    assert figure(db, "orphans", Frame()).whole in (0, None)


def test_who_may_not_set_aside_is_refused():
    db = world().database()
    with pytest.raises(Refusal, match="not_allowed"):
        set_aside(db, register_person(db, "Dana", "sales"), ["L1"])
    with pytest.raises(Refusal, match="unknown_lead"):
        release(db, COMMAND_LINE, ["L9"])


def test_free_mail_and_competitors_are_marked_and_count(monkeypatch):
    monkeypatch.setenv("LEADALIGN_COMPETITOR_DOMAINS", '["Rival.com"]')
    company_settings.settings.cache_clear()
    db, found, _ = taken_in(file_of("Noa,noa@gmail.com,", "Gil,gil@rival.com,"))
    marks = [
        address_marks(email) for email in ("noa@Gmail.com", "gil@rival.com", "info@walla.co.il", "x@y.com", None, "x")
    ]
    keys = table(db, "lead_keys", viewpoint(db, Frame()))
    told = db.rows(f"SELECT is_free_mail, is_competitor FROM {keys} WHERE lead_id IN ('L0', 'L1') ORDER BY lead_id")
    monkeypatch.undo()
    company_settings.settings.cache_clear()
    assert marks == [("free_mail",), ("competitor",), ("role_address", "free_mail"), (), (), ()]
    assert (aside(db), found.repairs, told) == ({}, [], [(True, False), (False, True)])
