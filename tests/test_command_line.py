"""The command line as analysts and schedules meet it: exit codes, one sentence for a person, JSON and nothing else."""

import json
import struct
import subprocess
import sys
import zlib
from dataclasses import dataclass
from itertools import permutations
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


def test_one_bad_file_among_good_ones_is_told_and_stops_none_of_them(leadalign, tmp_path, database):
    folder = tmp_path / "in"
    (folder / "archive").mkdir(parents=True)
    (folder / "leads.csv").write_text(LEADS)
    (folder / "notes.docx").write_bytes(b"")
    (folder / "~$leads.xlsx").write_bytes(b"")
    (folder / "empty.csv").write_bytes(b"")
    (folder / "picture.csv").write_bytes(picture())
    result = leadalign("import", folder, "--database", database)
    assert result.returncode == 1
    assert "leads.csv: native_leads, rows 2; leads: 2 new, 0 changed, 0 the same" in result.stdout
    said = result.stderr.strip().splitlines()
    assert [name for line in said for name in ("archive", "notes.docx", "~$leads", "empty.csv", "picture.csv")
            if name in line] == ["archive", "notes.docx", "~$leads", "empty.csv", "picture.csv"]  # fmt: skip
    db = open_database(database)
    assert db.rows("SELECT (SELECT count(*) FROM log.leads), (SELECT count(*) FROM log.batches)") == [(2, 1)]
    db.close()


def test_a_file_in_no_known_format_is_left_alone_in_a_folder_and_a_failure_where_it_was_named(
    leadalign, tmp_path, database
):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "leads.csv").write_text(LEADS)
    (tmp_path / "in" / "other.csv").write_text("a,b\n1,2\n")
    result = leadalign("import", tmp_path / "in", "--database", database)
    assert (result.returncode, "other.csv" in result.stderr) == (0, True)
    result = leadalign("import", tmp_path / "in" / "leads.csv", tmp_path / "in" / "other.csv", "--database", database)
    assert (result.returncode, "other.csv" in result.stderr) == (1, True)


def test_new_changed_and_same_leads_are_counted(leadalign, tmp_path, database):
    def counted(text: str) -> dict[str, int]:
        (tmp_path / "leads.csv").write_text(text)
        (report,) = json.loads(leadalign("import", tmp_path / "leads.csv", "--database", database, "--json").stdout)
        return report["leads"]

    first = "lead_id,created_at,source,account_id,grade\nL1,2026-01-04T07:00:00Z,Ads,,A\nL2,2026-01-05T07:00:00Z,,,B\n"
    assert counted(first) == {"new": 2, "changed": 0, "same": 0}
    assert counted(first) == {"new": 0, "changed": 0, "same": 2}
    second = first.replace(",B\n", ",C\n") + "L3,2026-01-06T07:00:00Z,,,\n"
    assert counted(second) == {"new": 1, "changed": 1, "same": 1}


def test_leads_that_a_whole_export_lacks_are_asked_for_and_with_gone_they_are_gone(leadalign, tmp_path, database):
    path = tmp_path / "leads.csv"

    def bring(numbers: range, *words: str) -> Said:
        path.write_text("\n".join([HEADER, *(f"L{n},2026-01-04T07:00:00Z,Ads," for n in numbers), ""]))
        return leadalign("import", path, "--database", database, *words)

    bring(range(10))
    assert "1 of the 10 leads" in bring(range(9)).stdout
    (report,) = json.loads(bring(range(9), "--gone", "--json").stdout)
    assert (report["gone"], report["questions"], report["added"]["stages"]) == (1, [], 1)


def test_the_files_of_a_delivery_come_in_in_any_order(leadalign, tmp_path):
    (tmp_path / "leads.csv").write_text(LEADS)
    deals = "event_id,lead_id,event,occurred_at,recorded_at\ne1,L1,won,2026-01-20T07:00:00Z,2026-01-20T07:00:00Z\n"
    (tmp_path / "steps.csv").write_text(deals)
    calls = "activity_id,lead_id,person_id,type,started_at,duration_min\na1,L1,r1,call,2026-01-06T07:00:00Z,30\n"
    (tmp_path / "calls.csv").write_text(calls)
    files = [tmp_path / name for name in ("leads.csv", "steps.csv", "calls.csv")]
    found = []
    for number, order in enumerate(permutations(files)):
        database = tmp_path / f"{number}.duckdb"
        assert leadalign("import", *order, "--database", database, "--at", "2026-02-01T00:00Z").returncode == 0
        found.append(leadalign("figures", "--database", database, "--as-of", "2026-02-02T00:00Z", "--json").stdout)
    assert len(set(found)) == 1


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
