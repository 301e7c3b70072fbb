"""The command line as analysts and schedules meet it: exit codes, one sentence for a person, JSON and nothing else."""

import json
import struct
import subprocess
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from leadalign.__main__ import main
from leadalign.intake import build_format
from leadalign.store import open_database
from tests.intake.workbook import table, workbook

ROOT = Path(__file__).parents[1]
HEADER = "lead_id,created_at,source,account_id"
LEADS = f"{HEADER}\nL1,2026-01-04T07:00:00Z,Webinar,AC1\nL2,2026-01-05T07:00:00Z,,\n"


@dataclass
class Said:
    """How a command ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def leadalign(monkeypatch, capsys):
    """Runs the command line in this process, as `python -m leadalign` does."""

    def run(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["leadalign", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Said(int(ended.value.code or 0), said.out, said.err)

    return run


def picture() -> bytes:
    """A real PNG of one grey pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def one_sentence(result: Said) -> str:
    """What was said on standard error: a line or two for a person, and no traceback."""
    assert result.returncode == 1, result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    return result.stderr.strip()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "company.duckdb"


BAD_FILES = {
    "empty": b"",
    "picture": picture(),
    "five_thousand_columns": (",".join(f"c{n}" for n in range(5000)) + "\n" + ",".join("1" * 5000) + "\n").encode(),
    "header_without_rows": b"lead_id,created_at,source\n",
    "nobody_knows_it": b"a,b,c\n1,2,3\n",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_used_gets_one_sentence_and_nothing_is_written(leadalign, tmp_path, database, name):
    bad = tmp_path / f"{name}.csv"
    bad.write_bytes(BAD_FILES[name])
    assert f"{name}.csv" in one_sentence(leadalign("import", bad, "--database", database))
    db = open_database(database)
    assert db.rows("SELECT count(*) FROM log.batches") == [(0,)]
    db.close()


def test_a_spreadsheet_is_read_and_comes_in_as_a_csv_does(leadalign, tmp_path, database):
    rows = [line.split(",") for line in LEADS.splitlines()]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "leads.xlsx").write_bytes(workbook({"Leads": table(rows)}))
    assert leadalign("read", tmp_path / "in" / "leads.xlsx").returncode == 0
    assert leadalign("import", tmp_path / "in", "--database", database).returncode == 0
    db = open_database(database)
    assert db.rows("SELECT count(*) FROM live.leads") == [(len(rows) - 1,)]
    db.close()


def test_one_bad_file_among_good_ones_leaves_nothing_half_written(leadalign, tmp_path, database):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "leads.csv").write_text(LEADS)
    (tmp_path / "in" / "picture.csv").write_bytes(picture())
    one_sentence(leadalign("import", tmp_path / "in", "--database", database))
    db = open_database(database)
    assert db.rows("SELECT count(*) FROM log.leads") == [(0,)]
    db.close()


def test_an_import_prints_json_and_nothing_else(leadalign, tmp_path, database):
    (tmp_path / "leads.csv").write_text(LEADS)
    result = leadalign("import", tmp_path / "leads.csv", "--database", database, "--at", "2026-02-01T00:00Z", "--json")
    (report,) = json.loads(result.stdout)
    assert (result.returncode, report["format"], report["rows"], report["added"]["leads"]) == (0, "native_leads", 2, 2)
    assert report["rows"] + len(report["refused"]) + report["rows_away"] == report["rows_in_file"]


def test_what_was_recorded_later_was_not_known_before(leadalign, tmp_path, database):
    late = f"{HEADER}\nL3,2026-01-01T07:00:00Z,Ads,\n"
    (tmp_path / "leads.csv").write_text(LEADS)
    (tmp_path / "more.csv").write_text(late)
    leadalign("import", tmp_path / "leads.csv", "--database", database, "--at", "2026-02-01T00:00Z")
    leadalign("import", tmp_path / "more.csv", "--database", database, "--at", "2026-03-01T00:00Z")

    def leads(as_of: str) -> float:
        found = leadalign("figures", "leads_created", "--as-of", as_of, "--database", database, "--json")
        return json.loads(found.stdout)[0]["value"]

    assert (leads("2026-02-15T00:00Z"), leads("2026-03-02T00:00Z")) == (2, 3)


def test_an_unknown_file_comes_in_by_a_mapping_and_is_read_by_a_named_format(leadalign, tmp_path, database):
    (tmp_path / "deals.csv").write_text("who;signed\nL1;17/02/2026\nL2;03/04/2026\n")
    mapping = build_format("our deals", "deals", {"lead_id": "who", "won_at": "signed"}).to_toml()
    (tmp_path / "deals.toml").write_text(mapping)
    (tmp_path / "leads.csv").write_text(LEADS)
    leadalign("import", tmp_path / "leads.csv", "--format", "native_leads", "--database", database)
    result = leadalign("import", tmp_path / "deals.csv", "--mapping", tmp_path / "deals.toml", "--database", database)
    assert result.returncode == 0, result.stderr
    found = leadalign("figures", "deals_won", "--by", "month", "--database", database, "--json")
    assert {each["by"]["month"]: each["value"] for each in json.loads(found.stdout)}["2026-02-01"] == 1
    assert "no_such_format" not in one_sentence(
        leadalign("import", tmp_path / "leads.csv", "--format", "nobodys", "--database", database)
    )


def test_an_upload_is_undone_by_its_batch(leadalign, tmp_path, database):
    (tmp_path / "leads.csv").write_text(LEADS)
    (report,) = json.loads(leadalign("import", tmp_path / "leads.csv", "--database", database, "--json").stdout)
    assert leadalign("undo", report["batch"], "--database", database).returncode == 0
    counts = json.loads(leadalign("check", "--database", database, "--json").stdout)["rows"]
    assert counts["leads"] == 0
    assert report["batch"] in one_sentence(leadalign("undo", report["batch"], "--database", database))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("figures", "unready_tiem_share"), "unready_time_share"),
        (("figures", "unready_time_share", "--by", "sorce"), "source"),
        (("figures", "leads_created", "--mode", "what-if:9"), "what-if:9"),
        (("figures", "leads_created", "--as-of", "yesterday"), "yesterday"),
        (("figures", "leads_created", "--from", "1.2.2026"), "1.2.2026"),
        (("judge", "L404"), "L404"),
        (("undo", "nothing"), "nothing"),
        (("import", "nowhere.csv"), "nowhere.csv"),
        (("import", "nowhere.csv", "--actor", "ghost"), "ghost"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(leadalign, database, words, named):
    assert named in one_sentence(leadalign(*words, "--database", database))


def test_wrong_usage_exits_with_2(leadalign):
    assert leadalign("figures", "--as-off", "x").returncode == 2


def test_read_says_what_a_file_holds_and_writes_it_clean(leadalign, tmp_path):
    (tmp_path / "messy.csv").write_bytes(
        "\ufefflead_id;created_at;source;account_id\r\n007;2026-01-04T07:00:00Z;=1+1;\r\n".encode()
    )
    result = leadalign("read", tmp_path / "messy.csv", "--out", tmp_path / "clean", "--json")
    report = json.loads(result.stdout)
    assert (report["delimiter"], report["rows"], report["format"]) == (";", 1, "native_leads")
    clean = (tmp_path / "clean" / "messy.csv").read_bytes().decode()
    assert clean == "lead_id,created_at,source,account_id\r\n007,2026-01-04T07:00:00Z,=1+1,\r\n"


def test_the_demo_company_is_written_where_asked(leadalign, tmp_path):
    result = leadalign("demo", "--out", tmp_path / "demo", "--leads", 40, "--until", "2026-10-31")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "demo" / "hubspot_contacts.csv").exists()


def test_the_module_runs_as_a_program():
    command = [sys.executable, "-m", "leadalign", "judge", "--help"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)
    assert result.returncode == 0, result.stderr
