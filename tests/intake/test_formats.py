"""Formats: each recognises its sample and no other, whatever the order, case and extra columns."""

import random
import re
from pathlib import Path

import pytest

from leadalign import texts
from leadalign.intake import Format, formats, kinds, recognise, target_fields
from leadalign.intake.decode import SIGNATURES
from leadalign.intake.targets import FIELDS
from leadalign.problems import Refusal
from tests.intake.conftest import SAMPLES

INTAKE = Path(SAMPLES).parents[2] / "leadalign/intake"
NAMES = [one.name for one in formats()]


@pytest.mark.parametrize("name", NAMES)
def test_a_format_recognises_its_sample_and_fills_what_its_records_need(sample, name):
    found = sample(name)
    assert found.format is not None
    assert found.format.name == name
    needed = {field.name for field in FIELDS[found.format.kind] if field.required} - set(found.format.constants)
    assert needed <= set(found.format.places(found.header))
    assert found.records
    assert not found.questions


@pytest.mark.parametrize("name", NAMES)
def test_no_two_formats_claim_one_file(sample, name):
    header = sample(name).header
    assert [one.name for one in formats() if one.claims(header)] == [name]


@pytest.mark.parametrize("name", NAMES)
def test_order_case_and_extra_columns_do_not_matter(sample, name):
    header = [f" {cell.upper()} " for cell in sample(name).header] + ["Something else"]
    random.Random(1).shuffle(header)
    found = recognise(header)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("name", NAMES)
def test_a_format_is_the_same_after_it_was_written_and_read(name):
    one = next(one for one in formats() if one.name == name)
    assert Format.from_toml(one.to_toml()) == one


def test_every_format_says_first_how_a_person_makes_the_file():
    for path in (INTAKE / "formats").glob("*.toml"):
        assert path.read_text(encoding="utf-8").startswith("# ")


def test_a_wrong_key_in_a_format_is_told():
    with pytest.raises(Refusal):
        Format.from_toml('name = "x"\nkind = "leads"\nsystem = "x"\nrecognised_by = ["a"]\ncolour = "red"\n')
    with pytest.raises(Refusal):
        Format.from_toml('name = "x"\nkind = "leads"\nsystem = "x"\nrecognised_by = ["a"]\n[columns]\nlead = "a"\n')


def test_every_kind_column_and_code_has_words_in_both_languages():
    names = {field.name for fields in FIELDS.values() for field in fields}
    mapped = {field.name for kind in kinds() for field in target_fields(kind)}
    keys = [f"intake.kinds.{kind}" for kind in FIELDS] + [f"intake.targets.{name}" for name in names]
    keys += [f"intake.meanings.{name}" for name in mapped]
    keys += [f"intake.targets.stages.{event}" for one in formats() for event in one.events]
    missing = [key for key in keys if not texts.has(key)]
    assert missing == []


def test_every_code_that_intake_can_give_has_words_in_both_languages():
    code = "".join(path.read_text(encoding="utf-8") for path in INTAKE.glob("*.py"))
    said = {
        "repairs": set(re.findall(r'repair(?:_once)?\(\s*"(\w+)"', code))
        | {"excel_dates", "epoch_seconds", "clock_change"},
        "refused": set(re.findall(r'refuse\([^"]*?"(\w+)"', code)) | {"unclosed_quote", "cell_too_long"},
        "questions": set(re.findall(r'ask\(\s*"(\w+)"', code)) | {"date_order", "date_orders_mixed"},
    }
    assert min(len(codes) for codes in said.values()) > 5
    unsaid = [f"intake.{block}.{one}" for block, codes in said.items() for one in codes]
    unsaid += [f"problems.{one}" for one in re.findall(r'Refusal\(\s*"(\w+)"', code)]
    assert [key for key in unsaid if not texts.has(key)] == []
    assert not [one for signature, one in SIGNATURES.items() if not texts.has(f"problems.{one}")]
