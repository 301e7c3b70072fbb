"""Bringing files in: they wait until somebody confirms, are asked about, mapped where unknown, and taken out again."""

import io
import threading
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from leadalign.store import draft_content, history, keep_draft, register_person, saved_formats, waiting_drafts
from leadalign.store.people import COMMAND_LINE
from leadalign.texts import languages, say
from leadalign.ui import upload_taking
from leadalign.ui.jobs import JOBS
from tests.intake.workbook import table, workbook
from tests.pages.conftest import Open, all_words

LEADS = b"lead_id,created_at,source,account_id\nL1,2026-01-05T10:00:00Z,Webinar,A1\nL2,2026-01-06T10:00:00Z,Ads,A2\n"
UNKNOWN = b"our number,came in on,heard of us\n17,2026-01-05,fair\n18,2026-01-06,web\n"
OPEN_DATES = UNKNOWN.replace(b"2026-01-05", b"05/01/2026").replace(b"2026-01-06", b"06/01/2026")
ZOHO = (
    b"Record Id,Lead Owner,Company,Last Name,Lead Status,Lead Source,Created Time,Is Converted\n"
    b"zcrm_1,Gal,Acme,Levi,Contacted,Web,2026-01-05 10:00:00,false\n"
    b"zcrm_2,Gal,Baker,Baker,Dreaming,Web,2026-01-06 10:00:00,false\n"
)


def analyst(company: Any) -> str:
    return register_person(company, "Ana", "other", "analyst").person_id


def at_rest(at: Any) -> Any:
    """The page once all work beside it is done."""
    for _ in range(20):
        pending = [job for job in JOBS.all() if job.pending]
        for job in pending:
            assert job.wait(30)
        at = at.run()
        if not any(job.pending for job in JOBS.all()):
            return at
    raise AssertionError("the work does not end")


def dropped(open_page: Open, who: str | None, *files: tuple[str, bytes], language: str = "en") -> Any:
    at = open_page("uploads", language, who=who)
    if files:
        at = at.file_uploader[0].upload(*files[0]).run()
        for name, content in files[1:]:
            at = at.file_uploader[0].upload(name, content).run()
    return at_rest(at)


def press(at: Any, label: str) -> Any:
    next(button for button in at.button if button.label == label).click().run()
    return at_rest(at)


def labels(at: Any) -> list[str]:
    return [button.label for button in at.button]


def confirmed(at: Any) -> Any:
    return press(at, say("ui.uploads.confirm_one"))


def test_nothing_is_kept_before_a_person_confirms(empty_company: Any, open_page: Open):
    at = dropped(open_page, analyst(empty_company), ("leads.csv", LEADS))
    assert not at.exception
    assert history(empty_company) == []
    confirmed(at)
    assert [row["file_name"] for row in history(empty_company)] == ["leads.csv"]
    assert waiting_drafts(empty_company) == []
    assert not at.exception


@pytest.mark.parametrize("language", languages())
def test_a_dropped_file_waits_for_whoever_comes_next(empty_company: Any, open_page: Open, language: str):
    dropped(open_page, analyst(empty_company), ("leads.csv", LEADS))
    noa = register_person(empty_company, "Noa", "marketing").person_id
    at = dropped(open_page, noa, language=language)
    assert not at.exception
    assert say("ui.uploads.waiting_one", language, files="").rstrip(": ") in all_words(at)
    press(at, say("ui.uploads.confirm_one", language))
    assert [(row["file_name"], row["recorded_by"]) for row in history(empty_company)] == [("leads.csv", noa)]


def test_a_discarded_file_is_gone_and_was_never_taken_in(empty_company: Any, open_page: Open):
    at = dropped(open_page, analyst(empty_company), ("leads.csv", LEADS))
    press(at, say("ui.uploads.discard_do"))
    assert waiting_drafts(empty_company) == []
    assert history(empty_company) == []


def test_several_files_wait_side_by_side_and_the_ready_ones_come_in(empty_company: Any, open_page: Open):
    ana = analyst(empty_company)
    at = dropped(open_page, ana, ("leads.csv", LEADS), ("more.csv", LEADS.replace(b"L", b"M")), ("ours.csv", UNKNOWN))
    states = {option.split("] ")[1].replace("\\", ""): option for option in at.radio[0].options}
    assert say("ui.upload_states.ready") in states["leads.csv"]
    assert say("ui.upload_states.unknown") in states["ours.csv"]
    press(at, say("ui.uploads.confirm", count=2))
    assert {row["file_name"] for row in history(empty_company)} == {"leads.csv", "more.csv"}
    assert [draft.file_name for draft in waiting_drafts(empty_company)] == ["ours.csv"]


def test_what_was_understood_adds_up_and_says_which_days_it_tells_of(empty_company: Any, open_page: Open):
    broken = LEADS + b"L3,2026-01-07T10:00:00Z\n,,,\n"
    at = dropped(open_page, analyst(empty_company), ("leads.csv", broken))
    said = all_words(at)
    assert say("ui.uploads.adds_up", all=4, read=2, refused=1, away=1) in said
    assert say("ui.uploads.period", start="5 Jan 2026", end="6 Jan 2026") in said
    assert any(say("ui.uploads.refused_one") in expander.label for expander in at.expander)


def test_a_spreadsheet_comes_in_like_a_csv(empty_company: Any, open_page: Open):
    rows = [line.split(",") for line in LEADS.decode().splitlines()]
    sheets = {"Notes": table([["Exported by Ana"]]), "Leads": table(rows)}
    at = dropped(open_page, analyst(empty_company), ("leads.xlsx", workbook(sheets)))
    assert "Notes" in all_words(at)
    confirmed(at)
    assert not at.exception
    assert empty_company.rows("SELECT count(*) FROM live.leads") == [(2,)]


def test_another_sheet_of_an_unknown_workbook_can_be_chosen_and_chosen_back(empty_company: Any, open_page: Open):
    rows = [line.split(",") for line in LEADS.decode().splitlines()]
    ours = [line.split(",") for line in UNKNOWN.decode().splitlines()]
    who = analyst(empty_company)
    at = dropped(open_page, who, ("leads.xlsx", workbook({"Leads": table(rows), "Ours": table(ours)})))
    assert "**leadalign leads**" in all_words(at)
    next(control for control in at.segmented_control if "other_sheets" in str(control.key)).set_value("Ours").run()
    at = at_rest(at)
    assert say("ui.mapping.unknown") in all_words(at)
    assert "**leadalign leads**" in all_words(press(at, say("ui.uploads.take_back")))


def test_a_known_export_that_lacks_a_column_can_be_mapped(empty_company: Any, open_page: Open):
    lacking = ZOHO.replace(b"Created Time", b"Added")
    at = dropped(open_page, analyst(empty_company), ("zoho.csv", lacking))
    assert not at.exception
    assert say("ui.uploads.needed") in all_words(at)
    assert say("ui.mapping.kind") in [box.label for box in at.selectbox]


def test_who_has_not_said_who_they_are_cannot_drop_anything(empty_company: Any, open_page: Open):
    at = open_page("uploads")
    assert say("ui.people.first") in all_words(at)
    assert not at.get("file_uploader")
    keep_draft(empty_company, COMMAND_LINE, "leads.csv", LEADS)
    at = dropped(open_page, register_person(empty_company, "Tal", "sales").person_id)
    assert say("ui.frame.not_for_you") in all_words(at)
    assert say("ui.uploads.confirm_one") not in labels(at)
    assert "leads" not in all_words(at)


def test_an_unusable_file_is_one_sentence(empty_company: Any, open_page: Open):
    at = dropped(open_page, analyst(empty_company), ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256))))
    assert not at.exception
    assert len(at.error) == 1
    assert say("ui.uploads.confirm_one") not in labels(at)


def test_an_unknown_file_is_mapped_once_and_known_from_then_on(empty_company: Any, open_page: Open):
    who = analyst(empty_company)
    at = dropped(open_page, who, ("ours.csv", UNKNOWN))
    assert say("ui.mapping.unknown") in all_words(at)
    assert mapped(at, empty_company).exception == []
    assert [name for name, _ in saved_formats(empty_company)] == ["ours"]
    again = dropped(open_page, who, ("next month.csv", UNKNOWN.replace(b"17", b"19")))
    assert say("ui.mapping.unknown") not in all_words(again)
    assert "ours" in all_words(again)
    assert "saved by Ana" in all_words(again)


def mapped(at: Any, company: Any) -> Any:
    """Says what the columns of the unknown file are, and uses it."""
    draft = waiting_drafts(company)[0].draft_id
    at.get_by_key(f"kind_{draft}").select("leads").run()
    for field, column in {"lead_id": "our number", "created_at": "came in on", "source": "heard of us"}.items():
        at.get_by_key(f"map_{draft}_leads_{field}").select(column).run()
    at.get_by_key(f"use_{draft}").click().run()
    return at_rest(at)


def test_a_mapping_left_half_made_is_found_by_a_colleague(empty_company: Any, open_page: Open):
    at = dropped(open_page, analyst(empty_company), ("ours.csv", UNKNOWN))
    draft = waiting_drafts(empty_company)[0].draft_id
    at.get_by_key(f"kind_{draft}").select("costs").run()
    at.get_by_key(f"map_{draft}_costs_month").select("came in on").run()
    noa = register_person(empty_company, "Noa", "marketing").person_id
    there = dropped(open_page, noa)
    assert there.get_by_key(f"kind_{draft}").value == "costs"
    assert there.get_by_key(f"map_{draft}_costs_month").value == "came in on"


def test_an_answer_is_kept_at_once_and_can_be_changed_back(empty_company: Any, open_page: Open):
    who = analyst(empty_company)
    at = mapped(dropped(open_page, who, ("ours.csv", OPEN_DATES)), empty_company)
    assert say("ui.uploads.needed") in all_words(at)
    assert next(button for button in at.button if button.key == "take_in").disabled
    next(control for control in at.segmented_control if "date_order" in str(control.key)).set_value("dmy").run()
    elsewhere = dropped(open_page, who)
    assert say("ui.uploads.needed") not in all_words(elsewhere)
    assert say("ui.uploads.period", start="5 Jan 2026", end="6 Jan 2026") in all_words(elsewhere)
    assert say("ui.uploads.needed") in all_words(press(elsewhere, say("ui.uploads.take_back")))


def test_the_meaning_of_a_value_is_remembered_for_the_next_file(empty_company: Any, open_page: Open):
    who = analyst(empty_company)
    at = dropped(open_page, who, ("zoho.csv", ZOHO))
    next(box for box in at.selectbox if "Dreaming" in str(box.key)).select("unready")
    at = press(at, say("ui.uploads.that_is_it"))
    assert "Dreaming = Not ready yet" in all_words(at).replace("\u2068", "").replace("\u2069", "")
    confirmed(at)
    again = dropped(open_page, who, ("zoho in March.csv", ZOHO.replace(b"zcrm_", b"zcrm_9")))
    assert not [box for box in again.selectbox if "Dreaming" in str(box.key)]


def test_stopping_midway_writes_nothing_and_leaves_the_file_waiting(
    empty_company: Any, open_page: Open, monkeypatch: pytest.MonkeyPatch
):
    begun, go_on = threading.Event(), threading.Event()

    def slow(db: Any, who: Any, found: Any, content: bytes, *, progress: Callable[..., None]) -> Any:
        with db.writing("batches"):
            begun.set()
            assert go_on.wait(30)
            progress("writing", 1, 2)
        raise AssertionError("it went on after it was stopped")

    monkeypatch.setattr(upload_taking, "take_in", slow)
    at = dropped(open_page, analyst(empty_company), ("leads.csv", LEADS))
    next(button for button in at.button if button.label == say("ui.uploads.confirm_one")).click().run()
    assert begun.wait(30)
    at.run()
    next(button for button in at.button if button.label == say("ui.uploads.cancel")).click().run()
    go_on.set()
    at = at_rest(at)
    assert say("ui.uploads.cancelled", file="leads\\.csv") in all_words(at)
    assert history(empty_company) == []
    assert [draft.file_name for draft in waiting_drafts(empty_company)] == ["leads.csv"]


def test_an_upload_can_be_taken_out_again_and_stays_in_sight(empty_company: Any, open_page: Open):
    who = analyst(empty_company)
    confirmed(dropped(open_page, who, ("leads.csv", LEADS)))
    at = open_page("uploads", who=who)
    at.get_by_key("undo_batch").select(history(empty_company)[0]["batch_id"]).run()
    press(at, say("ui.uploads.undo_do"))
    assert not at.exception
    assert history(empty_company)[0]["undone_at"] is not None
    assert "leads\\.csv" in all_words(at)
    assert at.dataframe[-1].value["standing"].eq("Undone").all()
    assert "Undone by Ana" in all_words(at)


def test_the_history_tells_new_changed_and_same_leads(empty_company: Any, open_page: Open):
    who = analyst(empty_company)
    with_size = (
        LEADS.replace(b"account_id\n", b"account_id,size\n").replace(b"A1\n", b"A1,5\n").replace(b"A2\n", b"A2,6\n")
    )
    confirmed(dropped(open_page, who, ("first.csv", with_size)))
    at = confirmed(dropped(open_page, who, ("second.csv", with_size.replace(b"A1,5", b"A1,50"))))
    told = at.dataframe[-1].value.set_index("file")[["new_leads", "changed_leads", "same_leads"]]
    assert told.loc["first.csv"].tolist() == [2, 0, 0]
    assert told.loc["second.csv"].tolist() == [0, 1, 1]


def test_what_waits_is_the_file_as_it_was_dropped(empty_company: Any, open_page: Open):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("leads.csv", LEADS)
    dropped(open_page, analyst(empty_company), ("leads.zip", packed.getvalue()))
    assert draft_content(empty_company, waiting_drafts(empty_company)[0].draft_id) == packed.getvalue()


def test_there_are_sample_files_where_nothing_came_in_yet(empty_company: Any, open_page: Open):
    at = open_page("uploads")
    assert say("intake.kinds.leads") in [button.label for button in at.get("download_button")]
