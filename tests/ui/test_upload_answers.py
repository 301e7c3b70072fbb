"""What people answer about a file decides how it is read, can be taken back, and lasts only where it holds for more."""

import pytest

from leadalign.intake import Question
from leadalign.store import open_database
from leadalign.ui.upload_answers import Answers, read_with, to_remember

ZOHO = (
    b"Record Id,Lead Owner,Company,Last Name,Lead Status,Lead Source,Created Time,Is Converted\n"
    b"zcrm_1,Gal,Acme,Levi,Dreaming,Web,05/01/2026,false\n"
    b"zcrm_2,Gal,Baker,Baker,Dozing,Web,06/02/2026,false\n"
)


@pytest.fixture
def db():
    db = open_database(None)
    yield db
    db.close()


def asked(found, code: str) -> Question:
    return next(question for question in found.questions if question.code == code)


def answered(db, answers: Answers, code: str, answer) -> Answers:
    found = read_with(db, "a.csv", ZOHO, answers)
    return answers.answered(asked(found, code), answer, found.format)


def days(found) -> list[str]:
    return [f"{moment:%d.%m.}" for moment in found.records["leads"]["created_at"]]


def test_an_answer_decides_and_another_one_decides_otherwise(db):
    first = answered(db, Answers(), "date_order", "dmy")
    assert days(read_with(db, "a.csv", ZOHO, first)) in (["05.01.", "06.02."], ["04.01.", "05.02."])
    other = first.changed("date_order", "Created Time", "mdy")
    assert days(read_with(db, "a.csv", ZOHO, other)) != days(read_with(db, "a.csv", ZOHO, first))


def test_an_answer_taken_back_is_asked_again(db):
    first = answered(db, Answers(), "date_order", "dmy")
    assert not read_with(db, "a.csv", ZOHO, first).blocked
    assert read_with(db, "a.csv", ZOHO, first.changed("date_order", "Created Time", None)).blocked


def test_answers_survive_the_desk(db):
    first = answered(db, Answers(), "date_order", "dmy")
    assert Answers.of(first.kept()) == first


def test_meanings_said_one_after_the_other_add_up(db):
    first = answered(db, Answers(), "unknown_value", {"Dreaming": "unready"})
    both = answered(db, first, "unknown_value", {"Dozing": "unfit"})
    assert [question.code for question in read_with(db, "a.csv", ZOHO, both).questions] == ["date_order"]
    assert both.given[0]["answer"] == {"Dreaming": "unready", "Dozing": "unfit"}


def test_what_is_of_one_file_only_is_not_remembered(db):
    found = read_with(db, "a.csv", ZOHO, Answers())
    alone = Answers().answered(Question("encoding", None, {}, ("cp1252", "cp1255")), "cp1255", found.format)
    assert to_remember(found, alone) is None
    assert alone.opening().encoding == "cp1255"
    gone = alone.answered(Question("leads_missing", None, {}, ("still_there", "gone")), "gone", found.format)
    assert to_remember(found, gone) is None
    lasting = answered(db, Answers(), "unknown_value", {"Dreaming": "unready"})
    kept = to_remember(read_with(db, "a.csv", ZOHO, lasting), lasting)
    assert kept is not None
    assert kept.readiness.status["Dreaming"] == "unready"
    assert kept.encoding is None
