"""The inbox: what came to rest is taken or refused, with a report beside it; nothing is lost, doubled or followed."""

import json
import os
import signal
import time
from multiprocessing import get_context
from pathlib import Path

import pytest

from leadalign.inbox import Inbox, Watch, refused_lately
from leadalign.intake.progress import Cancelled
from leadalign.problems import Refusal
from leadalign.settings import Settings
from leadalign.store import history, open_database
from leadalign.store.people import COMMAND_LINE
from leadalign.texts import languages, say
from leadalign.uploads import take_out

HEADER = "lead_id,created_at,source,account_id"
LEADS = f"{HEADER}\nL1,2026-01-04T07:00:00Z,Webinar,AC1\nL2,2026-01-05T07:00:00Z,,\n"
STEPS = "event_id,lead_id,event,occurred_at,recorded_at\ne1,L1,won,2026-01-20T07:00:00Z,2026-01-20T07:00:00Z\n"
CALLS = "activity_id,lead_id,person_id,type,started_at,duration_min\na1,L1,r1,call,2026-01-06T07:00:00Z,30\n"
TWO_WAYS = f"{HEADER}\nL1,03/04/2026,Webinar,AC1\nL2,05/06/2026,,\n"
NO_LINKS = pytest.mark.skipif(os.name == "nt", reason="Windows has other links and devices")


@pytest.fixture
def settings(tmp_path):
    return Settings(database=tmp_path / "company.duckdb", inbox=Path("inbox"))


@pytest.fixture
def db(settings):
    opened = open_database(settings.database)
    yield opened
    opened.close()


@pytest.fixture
def inbox(settings, db):
    made = Inbox(settings, lambda: db)
    made.look()
    return made


@pytest.fixture
def folder(inbox, settings):
    """The inbox as whoever drops files sees it."""
    return settings.inbox_folder


def look_twice(inbox: Inbox) -> int:
    """How many files were put away: the second look finds at rest what the first one found."""
    return inbox.look() + inbox.look()


def there(folder: Path) -> list[str]:
    """Every file in and below the inbox, without its reports."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return sorted(name for name in found if ".report." not in name)


def report(folder: Path, name: str) -> dict:
    return json.loads((folder / f"{name}.report.json").read_text(encoding="utf-8"))


def leads(db) -> list[str]:
    return [row[0] for row in db.rows("SELECT lead_id FROM live.leads ORDER BY 1")]


def test_a_file_that_came_to_rest_is_taken_in_and_put_away_with_its_report(inbox, folder, db):
    (folder / "leads.csv").write_text(LEADS)
    assert (inbox.look(), leads(db)) == (0, [])
    assert (inbox.look(), leads(db)) == (1, ["L1", "L2"])
    assert there(folder) == ["done/leads.csv"]
    told = report(folder, "done/leads.csv")
    assert (told["rows"], told["leads"]) == (2, {"new": 2, "changed": 0, "same": 0})
    assert "2 new, 0 changed" in (folder / "done/leads.csv.report.txt").read_text(encoding="utf-8")
    assert [(row["recorded_by"], row["file_name"]) for row in history(db)] == [("inbox", "leads.csv")]


def test_a_file_is_not_touched_while_it_is_being_written(inbox, folder, db):
    with (folder / "leads.csv").open("w") as file:
        for line in LEADS.splitlines(keepends=True):
            file.write(line)
            file.flush()
            assert inbox.look() == 0
    assert (inbox.look(), len(leads(db))) == (1, 2)


@pytest.mark.parametrize("name", ["leads.csv.part", "leads.csv.crdownload", "leads.TMP", ".leads.csv", "~$leads.xlsx"])
def test_a_name_that_says_unfinished_is_left_alone(inbox, folder, name):
    (folder / name).write_text(LEADS)
    assert (look_twice(inbox), there(folder)) == (0, [name])


def test_what_cannot_be_used_is_refused_with_the_reason_and_stops_no_other(inbox, folder, db, settings):
    (folder / "a.csv").write_bytes(b"")
    (folder / "b.csv").write_text("what,is,this\n1,2,3\n")
    (folder / "c.csv").write_text(LEADS)
    (folder / "d.csv").write_text(TWO_WAYS)
    assert look_twice(inbox) == 4
    assert there(folder) == ["done/c.csv", "refused/a.csv", "refused/b.csv", "refused/d.csv"]
    assert [each["problem"]["code"] for each in sorted(refused_lately(settings), key=lambda each: each["file"])] == [
        "empty_file", "unknown_format", "not_confirmed",
    ]  # fmt: skip
    assert [row["file_name"] for row in history(db)] == ["c.csv"]


def test_a_file_with_open_questions_is_refused_with_its_questions_and_what_to_do(inbox, folder):
    (folder / "leads.csv").write_text(TWO_WAYS)
    look_twice(inbox)
    told = report(folder, "refused/leads.csv")
    assert [question["blocks"] for question in told["questions"]] == [True]
    words = (folder / "refused/leads.csv.report.txt").read_text(encoding="utf-8")
    assert "Must be answered first" in words
    assert say("inbox.what_next") in words


def test_reports_are_in_the_companys_language(settings, db):
    hebrew = Inbox(settings.model_copy(update={"language": "he"}), lambda: db)
    hebrew.look()
    (settings.inbox_folder / "leads.csv").write_text(LEADS)
    look_twice(hebrew)
    words = (settings.inbox_folder / "done/leads.csv.report.txt").read_text(encoding="utf-8")
    assert "לידים: 2 חדשים" in words


def test_nothing_that_was_put_away_is_overwritten(inbox, folder):
    for text in (LEADS, LEADS, LEADS.replace("L2", "L3")):
        (folder / "leads.csv").write_text(text)
        look_twice(inbox)
    assert there(folder) == ["done/leads (2).csv", "done/leads (3).csv", "done/leads.csv"]
    assert [report(folder, name)["events_added"] for name in there(folder)] == [0, 1, 2]


def test_the_files_of_one_delivery_may_come_in_any_order(inbox, folder, db):
    for name, text in (("calls.csv", CALLS), ("steps.csv", STEPS), ("leads.csv", LEADS)):
        (folder / name).write_text(text)
        look_twice(inbox)
    assert there(folder) == ["done/calls.csv", "done/leads.csv", "done/steps.csv"]
    assert db.rows("SELECT count(*) FROM live.stage_events JOIN live.activities USING (lead_id)") == [(1,)]


@NO_LINKS
def test_links_and_devices_are_not_followed(inbox, folder, tmp_path, db):
    (tmp_path / "secret.csv").write_text(LEADS)
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    os.mkfifo(folder / "pipe.csv")
    (folder / "leads.csv").write_text(LEADS.replace("L1", "L9"))
    assert look_twice(inbox) == 3
    assert there(folder) == ["done/leads.csv", "refused/link.csv", "refused/pipe.csv"]
    assert (tmp_path / "secret.csv").read_text() == LEADS
    assert leads(db) == ["L2", "L9"]


def test_folders_are_left_where_they_are_and_told_once(inbox, folder):
    (folder / "2026" / "deep").mkdir(parents=True)
    (folder / "2026" / "leads.csv").write_text(LEADS)
    assert (look_twice(inbox), look_twice(inbox)) == (0, 0)
    assert there(folder) == ["2026/leads.csv"]
    assert sorted(path.name for path in (folder / "refused").iterdir()) == ["2026.report.json", "2026.report.txt"]
    assert inbox.state["refused"] == 1


@NO_LINKS
def test_names_that_paths_or_terminals_would_stumble_over_do_no_harm(inbox, folder, db):
    names = ["line\nbreak.csv", "up\\..\\..\\x.csv", "a" * 250 + ".csv", "\x1b[31mred.csv"]
    for number, name in enumerate(names):
        (folder / name).write_text(LEADS.replace("L1", f"N{number}"))
    with open(os.path.join(os.fsencode(folder), b"not-utf8-\xff.csv"), "w") as file:
        file.write(LEADS)
    assert look_twice(inbox) == 5
    assert len(there(folder)) == 5
    assert all(name.startswith("done/") and name.isprintable() for name in there(folder))
    assert len(leads(db)) == 6


@NO_LINKS
def test_a_huge_file_is_refused_unread(inbox, folder):
    with (folder / "huge.csv").open("wb") as file:
        file.truncate(2 * 1024**3)
    assert look_twice(inbox) == 1
    assert report(folder, "refused/huge.csv")["problem"]["code"] == "file_too_big"


@NO_LINKS
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="an administrator may read everything")
def test_a_file_that_may_not_be_read_is_refused(inbox, folder):
    (folder / "leads.csv").write_text(LEADS)
    (folder / "leads.csv").chmod(0)
    assert look_twice(inbox) == 1
    assert report(folder, "refused/leads.csv")["problem"]["code"] == "file_not_readable"


@NO_LINKS
def test_shelves_that_lead_elsewhere_and_the_databases_own_folder_are_no_inbox(settings, db, tmp_path):
    settings.inbox_folder.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (settings.inbox_folder / "done").symlink_to(tmp_path / "elsewhere")
    own = settings.model_copy(update={"inbox": Path(".")})
    occupied = settings.model_copy(update={"inbox": Path("company.duckdb")})
    for each, code in (
        (settings, "inbox_leads_elsewhere"),
        (own, "inbox_holds_database"),
        (occupied, "inbox_not_usable"),
    ):
        with pytest.raises(Refusal) as refusal:
            Inbox(each, lambda: db).look()
        problem = refusal.value.problem
        assert problem.code == code
        assert all(say(f"problems.{code}", language, **problem.details) for language in languages())


def test_a_file_waits_where_the_database_cannot_be_had(settings, folder):
    def closed():
        raise Refusal("database_in_use", path="x", holder="PID 1")

    waiting = Inbox(settings, closed)
    (folder / "leads.csv").write_text(LEADS)
    waiting.look()
    with pytest.raises(Refusal):
        waiting.look()
    assert there(folder) == ["leads.csv"]


def test_where_the_app_ends_a_file_is_given_up_whole_and_taken_at_the_next_start(inbox, folder, db, settings):
    (folder / "leads.csv").write_text(LEADS)
    inbox.look()
    inbox.stopping.set()
    with pytest.raises(Cancelled):
        inbox.look()
    assert (leads(db), there(folder)) == ([], ["leads.csv"])
    assert look_twice(Inbox(settings, lambda: db)) == 1


def test_the_thread_takes_files_tells_how_it_is_and_ends(settings, db):
    judged = []
    watch = Watch(lambda: db, afterwards=lambda: judged.append(len(leads(db))))
    assert watch.state() is None
    watch.start(settings.model_copy(update={"inbox_seconds": 0.05}))
    until = time.monotonic() + 20
    while not (settings.inbox_folder / "refused").is_dir() and time.monotonic() < until:
        time.sleep(0.01)
    (settings.inbox_folder / "leads.csv").write_text(LEADS)
    while not judged and time.monotonic() < until:
        time.sleep(0.01)
    state = watch.state()
    watch.stop()
    assert judged == [2]
    assert (state["status"], state["taken"], state["refused"]) == ("ok", 1, 0)
    assert state["last_file"] is not None


def test_an_undone_upload_does_not_come_back(inbox, folder, db):
    (folder / "leads.csv").write_text(LEADS)
    look_twice(inbox)
    take_out(db, COMMAND_LINE, history(db)[0]["batch_id"])
    assert (look_twice(inbox), leads(db)) == (0, [])


def take_and_be_killed(settings: Settings, where: str) -> None:
    """Takes what lies in the inbox and is killed: between the commit and the move, or between report and move."""
    from leadalign.inbox.folder import Folder

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if where == "before the report":
        Folder.put_away = die  # type: ignore[method-assign, assignment]
    else:
        os.rename = die  # type: ignore[assignment]
    db = open_database(settings.database)
    look_twice(Inbox(settings, lambda: db))


@NO_LINKS
@pytest.mark.parametrize("where", ["before the report", "before the move"])
def test_killed_between_commit_and_move_a_file_is_neither_lost_nor_taken_twice(settings, where):
    folder = settings.inbox_folder
    folder.mkdir()
    statuses = [f"{HEADER},grade\nL1,2026-01-04T07:00:00Z,Ads,,{grade}\n" for grade in "AB"]
    (folder / "1.csv").write_text(statuses[0])
    processes = get_context("forkserver")
    processes.set_forkserver_preload(["leadalign.uploads"])
    process = processes.Process(target=take_and_be_killed, args=(settings, where))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert there(folder) == ["1.csv"]
    (folder / "0.csv").write_text(statuses[1])
    os.utime(folder / "0.csv", (1, 1))  # a later export that looks older: the first one must not be told again on top
    db = open_database(settings.database)
    assert look_twice(Inbox(settings, lambda: db)) == 2
    assert there(folder) == ["done/0.csv", "done/1.csv"]
    assert report(folder, "done/1.csv")["events_added"] == 2
    assert db.rows("SELECT value FROM live.attribute_events ORDER BY event_order") == [('"A"',), ('"B"',)]
    assert [row["file_name"] for row in history(db)] == ["0.csv", "1.csv"]
    assert sorted(path.name for path in (folder / "done").iterdir()) == [
        "0.csv", "0.csv.report.json", "0.csv.report.txt", "1.csv", "1.csv.report.json", "1.csv.report.txt",
    ]  # fmt: skip
    db.close()
