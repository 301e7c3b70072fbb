"""The written definition: what it refuses, its identity, and that exactly one version is in force."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from leadalign.ideal_lead.definition import Definition, Schedule, by_crm_status
from leadalign.ideal_lead.judging import READINESS, judge
from leadalign.ideal_lead.known import Known

TICK = timedelta(microseconds=1)


@pytest.fixture
def changed(versions):
    """Version 1 with some of its parts replaced."""

    def make(**parts):
        return Definition.from_json(json.dumps({**versions[1].model_dump(mode="json"), **parts}))

    return make


def test_a_definition_is_identified_by_what_was_signed(versions):
    assert versions[1].sha().startswith("8bf9aacb4216b749")
    assert versions[2].sha().startswith("186c179d9d99e35f")


def test_its_end_is_no_part_of_its_identity_and_anything_else_is(versions, changed):
    assert changed(effective_to=None).sha() == versions[1].sha()
    assert changed(agreed_by={"marketing": "m1", "sales": "r2"}).sha() != versions[1].sha()


def test_the_same_definition_read_back_from_its_own_json_is_the_same(versions):
    again = Definition.from_json(versions[2].model_dump_json())
    assert (again, again.sha()) == (versions[2], versions[2].sha())


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("both_functions_must_sign", {"agreed_by": {"marketing": "m1"}}),
        ("string_too_short", {"agreed_by": {"marketing": "m1", "sales": ""}}),
        ("bands_must_descend_to_zero", {"value_bands": [["A", 50], ["B", 80], ["C", 0]]}),
        ("bands_must_descend_to_zero", {"value_bands": [["A", 50], ["B", 50], ["C", 0]]}),
        ("bands_must_descend_to_zero", {"readiness_bands": [["1", 80], ["2", 50]]}),
        ("route_of_no_cell", {"routes": {"A9": "SRL"}}),
        ("ends_before_it_begins", {"effective_to": "2025-12-31T00:00:00Z"}),
        ("timezone_aware", {"effective_from": "2026-01-01T00:00:00"}),
        ("too_short", {"value_bands": []}),
        ("extra_forbidden", {"comment": "never mind"}),
    ],
)
def test_a_definition_that_cannot_judge_is_refused_with_a_code(changed, code, parts):
    with pytest.raises(ValidationError) as refusal:
        changed(**parts)
    assert code in {error["type"] for error in refusal.value.errors()}


def test_a_criterion_has_points_exactly_when_it_is_of_the_kind_points(changed, versions):
    criterion = versions[1].criteria[0].model_dump(mode="json")
    for wrong in ({**criterion, "points": 5}, {**criterion, "kind": "points"}):
        with pytest.raises(ValidationError, match="points_only_with_kind_points"):
            changed(criteria=[wrong])
    with pytest.raises(ValidationError, match="id_or_band_twice"):
        changed(criteria=[criterion, criterion])


def test_until_a_definition_is_signed_the_crms_own_status_judges():
    unsigned = by_crm_status()
    words = {
        status: READINESS[judge(unsigned, Known({"crm_readiness": status})).route]
        for status in ("ready", "unready", "unfit", None)
    }
    assert words == {"ready": "ready", "unready": "unready", "unfit": "unfit", None: "undetermined"}
    assert (unsigned.version, unsigned.agreed_by) == (0, {})


def test_version_0_judges_until_the_very_moment_the_first_signed_one_begins(schedule):
    begins = datetime(2025, 12, 31, 22, tzinfo=UTC)
    assert schedule.in_force(datetime(1800, 1, 1, tzinfo=UTC)).version == 0
    assert schedule.in_force(begins - TICK).version == 0
    assert schedule.in_force(begins).version == 1
    assert schedule.in_force(begins.astimezone(timezone(timedelta(hours=9)))).version == 1
    assert schedule.boundaries() == (begins, datetime(2026, 1, 31, 22, tzinfo=UTC))


def test_a_version_stays_in_force_until_the_next_one_whatever_end_was_written_in_it(versions):
    alone = Schedule([versions[1]])
    assert alone.in_force(datetime(2030, 1, 1, tzinfo=UTC)).version == 1


def test_of_two_versions_that_begin_together_the_later_one_is_in_force(versions, changed):
    both = Schedule([changed(version=3), versions[1]])
    assert both.in_force(versions[1].effective_from).version == 3
    assert both.version(1) == versions[1]


def test_a_version_that_does_not_exist_is_not_found(schedule):
    assert schedule.version(0).version == 0
    with pytest.raises(KeyError):
        schedule.version(7)
