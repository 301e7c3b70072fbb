"""The written definition on the command line: shown, compared, exported, imported, and watched by `check`."""

import json
import sys
from dataclasses import dataclass

import pytest

from leadalign.__main__ import main
from leadalign.ideal_lead.definition import Definition
from leadalign.store import open_database
from tests.agreed import Company, rules


@dataclass
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
def file(tmp_path):
    """A company with two signed versions."""
    path = tmp_path / "company.duckdb"
    us = Company.open(open_database(path))
    us.signed(rules(50))
    us.signed(rules(200))
    us.db.close()
    return path


@pytest.fixture
def leadalign(monkeypatch, capsys, file):
    """Runs a command on that company's database."""

    def run(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["leadalign", *map(str, words), "--database", str(file)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Said(int(ended.value.code or 0), said.out, said.err)

    return run


def test_the_version_in_force_is_shown_in_words(leadalign):
    said = leadalign("definition", "show")
    assert "V1  The number of employees is at least 200  (+40 points)" in said.out
    assert "Version 1" in said.out
    assert "מספר עובדים" in leadalign("definition", "show", 1, "--language", "he").out
    told = json.loads(leadalign("definition", "show", 1, "--json").out)
    assert told["version"]["state"] == "superseded"
    assert [each["person"] for each in told["version"]["signatures"]] == ["maya", "ron"]
    assert [each["state"] for each in told["versions"]] == ["superseded", "in_force"]


def test_before_the_first_version_it_says_so(leadalign, file):
    file.unlink()
    assert "No definition was signed yet" in leadalign("definition", "show").out


def test_two_versions_are_compared(leadalign):
    assert "was “The number of employees is at least 50”" in leadalign("definition", "diff", 1, 2).out
    assert json.loads(leadalign("definition", "diff", 1, 2, "--json").out)[0]["kind"] == "criterion_rule"
    said = leadalign("definition", "diff", 1, 9)
    assert (said.code, said.out) == (1, "")
    assert "no version 9" in said.err


def test_a_version_goes_out_as_json_with_its_hash_and_comes_in_as_a_draft(leadalign, tmp_path):
    out = tmp_path / "v2.json"
    assert leadalign("definition", "export", 2, "--out", out).code == 0
    told = json.loads(leadalign("definition", "show", 2, "--json").out)
    assert Definition.from_json(out.read_text(encoding="utf-8")).sha() == told["version"]["sha256"]
    assert leadalign("definition", "import", out).code == 0
    drafts = json.loads(leadalign("definition", "show", "--json").out)["drafts"]
    assert [(each["state"], each["version"]) for each in drafts] == [("draft", None)]


def test_a_version_goes_out_as_a_page_for_paper(leadalign, tmp_path):
    out = tmp_path / "v2.html"
    assert leadalign("definition", "export", 2, "--out", out, "--language", "he").code == 0
    assert 'dir="rtl"' in out.read_text(encoding="utf-8")
    assert "Maya" in out.read_text(encoding="utf-8")
    assert leadalign("definition", "export", 2, "--out", tmp_path / "v2.doc").code == 1
    assert leadalign("definition", "show", "--language", "fr").code == 1


def test_an_exported_version_is_the_same_version_elsewhere(leadalign, tmp_path, monkeypatch, capsys):
    out = tmp_path / "v1.json"
    leadalign("definition", "export", 1, "--out", out)
    elsewhere = tmp_path / "elsewhere.duckdb"
    monkeypatch.setattr(sys, "argv", ["leadalign", "import", str(out), "--database", str(elsewhere)])
    with pytest.raises(SystemExit):
        main()
    capsys.readouterr()
    db = open_database(elsewhere)
    told = json.loads(leadalign("definition", "show", 1, "--json").out)["version"]
    assert db.rows("SELECT version, sha256 FROM live.definition_versions") == [(1, told["sha256"])]
    db.close()


def test_check_names_what_was_tampered_with(leadalign, file):
    said = leadalign("check")
    assert said.code == 0
    assert "as it was signed" in said.out
    db = open_database(file)
    db.engine.run("UPDATE log.definition_versions SET rules = replace(rules, '50', '51') WHERE version = 1")
    db.close()
    said = leadalign("check")
    assert said.code == 1
    assert "The rules of version 1 are not those that were signed." in said.out
    assert "version 1" in json.loads(leadalign("check", "--json").out)["tampered"][0]
    assert leadalign("definition", "show").code == 0
