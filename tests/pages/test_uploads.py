"""Bringing files in: shown before they are kept, mapped when nobody knows them, taken out again."""

from typing import Any

from leadalign.store import history, register_person, saved_formats
from leadalign.texts import say
from tests.intake.workbook import table, workbook
from tests.pages.conftest import Open, all_words

LEADS = b"lead_id,created_at,source,account_id\nL1,2026-01-05T10:00:00Z,Webinar,A1\nL2,2026-01-06T10:00:00Z,Ads,A2\n"
UNKNOWN = b"our number,came in on,heard of us\n17,2026-01-05,fair\n18,2026-01-06,web\n"


def analyst(company: Any) -> str:
    return register_person(company, "Ana", "other", "analyst").person_id


def with_file(open_page: Open, who: str | None, name: str, content: bytes) -> Any:
    at = open_page("uploads", who=who)
    return at.file_uploader[0].upload(name, content).run()


def test_nothing_is_kept_before_a_person_confirms(empty_company: Any, open_page: Open):
    at = with_file(open_page, analyst(empty_company), "leads.csv", LEADS)
    assert not at.exception
    assert history(empty_company) == []
    next(button for button in at.button if button.label == say("ui.uploads.confirm_one")).click().run()
    assert [row["file_name"] for row in history(empty_company)] == ["leads.csv"]
    assert not at.exception


def test_a_spreadsheet_comes_in_like_a_csv(empty_company: Any, open_page: Open):
    rows = [line.split(",") for line in LEADS.decode().splitlines()]
    sheets = {"Notes": table([["Exported by Ana"]]), "Leads": table(rows)}
    at = with_file(open_page, analyst(empty_company), "leads.xlsx", workbook(sheets))
    assert any("Notes" in warning.value for warning in at.warning)
    next(button for button in at.button if button.label == say("ui.uploads.confirm_one")).click().run()
    assert not at.exception
    assert empty_company.rows("SELECT count(*) FROM live.leads") == [(2,)]


def test_who_has_not_said_who_they_are_cannot_take_in(empty_company: Any, open_page: Open):
    at = with_file(open_page, None, "leads.csv", LEADS)
    assert say("ui.people.first") in all_words(at)
    assert say("ui.uploads.confirm_one") not in [button.label for button in at.button]


def test_an_unusable_file_is_one_sentence(empty_company: Any, open_page: Open):
    at = with_file(open_page, analyst(empty_company), "picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert not at.exception
    assert len(at.error) == 1


def test_an_unknown_file_is_mapped_once_and_known_from_then_on(empty_company: Any, open_page: Open):
    who = analyst(empty_company)
    at = with_file(open_page, who, "ours.csv", UNKNOWN)
    assert say("ui.mapping.unknown") in all_words(at)
    at.get_by_key("kind_ours.csv").select("leads").run()
    for field, column in {"lead_id": "our number", "created_at": "came in on", "source": "heard of us"}.items():
        at.get_by_key(f"map_ours.csv_leads_{field}").select(column).run()
    at.get_by_key("use_ours.csv").click().run()
    assert not at.exception
    assert [name for name, _ in saved_formats(empty_company)] == ["ours"]
    again = with_file(open_page, who, "next month.csv", UNKNOWN.replace(b"17", b"19"))
    assert say("ui.mapping.unknown") not in all_words(again)


def test_an_upload_can_be_taken_out_again(empty_company: Any, open_page: Open):
    who = analyst(empty_company)
    at = with_file(open_page, who, "leads.csv", LEADS)
    next(button for button in at.button if button.label == say("ui.uploads.confirm_one")).click().run()
    at = open_page("uploads", who=who)
    at.get_by_key("undo_batch").select(history(empty_company)[0]["batch_id"]).run()
    next(button for button in at.button if button.label == say("ui.uploads.undo_do")).click().run()
    assert not at.exception
    assert history(empty_company)[0]["undone_at"] is not None
