"""Whatever somebody changes about the definition past the program is detected and named; reading goes on."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadalign.ideal_lead.classes import schedule
from leadalign.ideal_lead.notices import tampering_in_words, warning
from leadalign.ideal_lead.versions import versions
from leadalign.problems import Refusal
from leadalign.store import (
    check_definitions,
    definition_drafts,
    dissent,
    open_database,
    sign,
)
from leadalign.store.definition_seals import ROW
from tests.agreed import Company, rules

FAR = datetime(9999, 1, 1, tzinfo=UTC)
TABLES = ("agreement_events", "definition_versions", "definition_chain")
V2 = "WHERE version = 2"
OTHER = "translate(left({0}, 1), '0123456789abcdef', '123456789abcdef0') || substr({0}, 2)"
"""The same hash with another first letter."""

CHANGES = {
    "a number in the rules": (
        f"UPDATE log.definition_versions SET rules = replace(rules, '200', '201') {V2}", "rules", 2,
    ),
    "a blank in the rules": (f"UPDATE log.definition_versions SET rules = rules || ' ' {V2}", "rules", 2),
    "rules that are no JSON": (f"UPDATE log.definition_versions SET rules = substr(rules, 2) {V2}", "rules", 2),
    "the hash": (f"UPDATE log.definition_versions SET sha256 = {OTHER.format('sha256')} {V2}", "hash", 2),
    "the date": (
        f"UPDATE log.definition_versions SET effective_from = effective_from + INTERVAL 1 MICROSECOND {V2}", "row", 2,
    ),
    "who signed": (f"UPDATE log.definition_versions SET signed_sales = 'rom' {V2}", "row", 2),
    "when it was recorded": (
        f"UPDATE log.definition_versions SET recorded_at = recorded_at - INTERVAL 1 DAY {V2}", "row", 2,
    ),
    "a version taken out": (f"DELETE FROM log.definition_versions {V2}", "version_missing", 2),
    "the last version taken out": (
        "DELETE FROM log.definition_versions WHERE version = 3; DELETE FROM log.definition_chain WHERE version = 3",
        "cut_off", 3,
    ),
    "a version put in": (
        "INSERT INTO log.definition_versions "
        "SELECT * REPLACE (4 AS version, nextval('log.event_order') AS event_order) "
        "FROM log.definition_versions WHERE version = 3", "version_added", 4,
    ),
    "a link's hash": (f"UPDATE log.definition_chain SET chain = {OTHER.format('chain')} {V2}", "link", 2),
    "a link's rules": (
        f"UPDATE log.definition_chain SET rules_sha256 = {OTHER.format('rules_sha256')} {V2}", "link", 2,
    ),
    "a link taken out of the middle": (f"DELETE FROM log.definition_chain {V2}", "link_missing", 3),
    "a version and its link taken out": (
        f"DELETE FROM log.definition_chain {V2}; DELETE FROM log.definition_versions {V2}", "link_missing", 3,
    ),
    "a signature's person": (
        f"UPDATE log.agreement_events SET recorded_by = 'noa' {V2} AND function = 'marketing'", "act", 2,
    ),
    "a signature's function": (
        f"UPDATE log.agreement_events SET function = 'sponsor' {V2} AND function = 'marketing'", "act", 2,
    ),
    "a signature's time": (
        f"UPDATE log.agreement_events SET recorded_at = recorded_at + INTERVAL 1 SECOND {V2} AND function = 'sales'",
        "act", 2,
    ),
    "a signature's text": (
        f"UPDATE log.agreement_events SET sha256 = {OTHER.format('sha256')} {V2} AND function = 'sales'", "act", 2,
    ),
    "a signature's seal": (
        f"UPDATE log.agreement_events SET seal = 'f' || substr(seal, 2) {V2} AND function = 'sales'", "act", 2,
    ),
    "a signature taken out": (
        f"DELETE FROM log.agreement_events {V2} AND function = 'sales'", "not_signed_by_sales", 2,
    ),
    "a signature replayed on another version": (
        "UPDATE log.agreement_events SET sha256 = (SELECT sha256 FROM log.agreement_events WHERE version = 1 "
        f"AND function = 'sales' AND act = 'signed') {V2} AND function = 'sales'", "not_signed_by_sales", 2,
    ),
    "the words of a dissent": ("UPDATE log.agreement_events SET words = 'Fine' WHERE act = 'dissented'", "act", 3),
    "the last word taken out": ("DELETE FROM log.agreement_events WHERE act = 'dissented'", "cut_off", 3),
}  # fmt: skip


@pytest.fixture(scope="module")
def three():
    """Three signed versions, and a dissent at the end."""
    us = Company.open()
    for employees in (50, 200, 300):
        us.signed(rules(employees))
    dissent(us.db, us.ron, "300 is too many", version=3)
    for table in TABLES:
        us.db.engine.run(f"CREATE TABLE derived.main.{table} AS FROM log.{table}")
    yield us
    us.db.close()


@pytest.fixture
def us(three):
    """The same, whatever the test before did to it."""
    for table in TABLES:
        three.db.engine.run(f"DELETE FROM log.{table}; INSERT INTO log.{table} BY NAME FROM derived.main.{table}")
    assert check_definitions(three.db) == ()
    return three


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_named_with_its_version(us, name):
    sql, code, number = CHANGES[name]
    for statement in sql.split("; "):
        us.db.engine.run(statement)
    assert (code, number) in {(each.code, each.version) for each in check_definitions(us.db)}
    for language in ("en", "he"):
        told = [tampering_in_words(each, language) for each in us.db.tampered if each.version == number]
        assert all(str(number) in each for each in told)
        assert warning(us.db, language)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_keeps_nobody_from_reading(us, name):
    for statement in CHANGES[name][0].split("; "):
        us.db.engine.run(statement)
    assert schedule(us.db).in_force(datetime.now(UTC)).version in (2, 3, 4)
    versions(us.db)
    definition_drafts(us.db)


def test_a_change_of_one_version_accuses_no_other(us):
    us.db.engine.run(CHANGES["a number in the rules"][0])
    assert {each.version for each in check_definitions(us.db)} == {2}
    us.db.engine.run("UPDATE log.agreement_events SET words = 'Fine' WHERE act = 'dissented'")
    assert {each.version for each in check_definitions(us.db)} == {2, 3}


@pytest.mark.parametrize("column", ROW)
def test_every_column_of_a_version_is_covered(us, column):
    kind = us.db.rows(f"SELECT typeof({column}) FROM log.definition_versions LIMIT 1")[0][0]
    value = "'1999-01-01'::TIMESTAMPTZ" if kind.startswith("TIMESTAMP") else "'x'"
    us.db.engine.run(f"UPDATE log.definition_versions SET {column} = {value} {V2}")
    assert "row" in {each.code for each in check_definitions(us.db)}


@given(place=st.integers(0, 10_000), letter=st.sampled_from("0aZ {}\"'א"))
def test_any_letter_of_the_rules_that_changes_is_named(three, place, letter):
    for table in TABLES:
        three.db.engine.run(f"DELETE FROM log.{table}; INSERT INTO log.{table} BY NAME FROM derived.main.{table}")
    text = three.db.rows("SELECT rules FROM log.definition_versions WHERE version = 2")[0][0]
    place %= len(text)
    changed = text[:place] + letter + text[place + 1 :]
    three.db.engine.run("UPDATE log.definition_versions SET rules = $rules WHERE version = 2", {"rules": changed})
    found = {(each.code, each.version) for each in check_definitions(three.db)}
    assert (("rules", 2) in found) is (changed != text)


def test_it_is_found_when_the_file_is_opened(tmp_path):
    path = tmp_path / "leadalign.duckdb"
    us = Company.open(open_database(path))
    us.signed()
    us.db.close()
    db = open_database(path)
    assert db.tampered == ()
    db.engine.run("UPDATE log.definition_versions SET rules = replace(rules, '50', '51')")
    db.close()
    db = open_database(path)
    assert db.tampered[0].code == "rules"
    assert "version 1" in warning(db, "en")
    db.close()


def test_versions_of_before_the_chain_join_it_when_the_file_is_first_opened(tmp_path):
    path = tmp_path / "older.duckdb"
    us = Company.open(open_database(path))
    us.signed()
    for statement in (
        "DROP VIEW live.agreement_events", "DROP TABLE log.agreement_events", "DROP TABLE log.definition_chain",
        "DELETE FROM log.audit WHERE action = 'definition'", "DELETE FROM main.schema_migrations WHERE version > 2",
    ):  # fmt: skip
        us.db.engine.run(statement)
    us.db.close()
    db = open_database(path)
    assert db.tampered == ()
    assert db.rows("SELECT place, version FROM log.definition_chain") == [(1, 1)]
    db.close()


@settings(max_examples=10)
@given(
    days=st.lists(st.integers(-400, 400), min_size=1, max_size=5),
    asked=st.lists(st.integers(-500, 500), min_size=1, max_size=5),
)
def test_at_any_instant_exactly_one_version_is_in_force(days, asked):
    us, today = Company.open(), datetime.now(UTC)
    for number, day in enumerate(days):
        with suppress(Refusal):  # one that would begin before the one before it
            us.signed(rules(number + 1, today + timedelta(days=day)))
    found = versions(us.db)
    assert [each.ends for each in found[:-1]] == [each.begins for each in found[1:]]
    assert [each.number for each in found] == sorted(each.number for each in found)
    for instant in [today + timedelta(days=day) for day in asked] + [each.begins for each in found]:
        holding = [each.number for each in found if each.begins <= instant < (each.ends or FAR)]
        assert (holding or [0]) == [schedule(us.db).in_force(instant).version]
        assert sum(each.state == "in_force" for each in versions(us.db, instant)) == len(holding)
    us.db.close()


def test_signing_goes_on_beside_what_was_tampered_with(us):
    us.db.engine.run(CHANGES["the hash"][0])
    draft = us.discussed(rules(400))
    sign(us.db, us.maya, draft.draft_id, draft.sha256)
    sign(us.db, us.ron, draft.draft_id, draft.sha256)
    assert {each.version for each in check_definitions(us.db)} == {2}
