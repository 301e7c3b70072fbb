"""An unknown file: suggestions, a person's mapping, and the mapping saved as a format for next time."""

import pytest

from leadalign.intake import Format, build_format, suggest
from leadalign.problems import Refusal
from tests.intake.conftest import rows

MQL = {"lead_id": "mql_id", "created_at": "first_contact_date", "source": "origin", "campaign": "landing_page_id"}
OLIST = "data/olist_funnel"


def test_likely_columns_are_suggested_in_english():
    header = ["Lead #", "First name", "E-mail address", "Created on", "Lead source", "Assigned To"]
    preview = [header, ["7", "Noa", "noa@one.example", "2024-03-13", "Web", "Gil"]]
    kind, found = suggest(header, preview)
    assert kind == "leads"
    assert found["created_at"] == "Created on"
    assert found["source"] == "Lead source"
    assert found["email"] == "E-mail address"


def test_likely_columns_are_suggested_in_hebrew():
    header = ["מזהה ליד", "תאריך יצירה", "מקור הליד", "קמפיין", "דוא״ל"]
    kind, found = suggest(header, [["7", "13/03/2024", "אתר", "סתיו", "noa@one.example"]])
    assert (kind, found["lead_id"], found["created_at"], found["source"]) == (
        "leads", "מזהה ליד", "תאריך יצירה", "מקור הליד",
    )  # fmt: skip


def test_a_column_of_words_is_not_suggested_as_a_date():
    assert "created_at" not in suggest(["Lead ID", "Created"], [["7", "by hand"]], "leads")[1]


def test_the_unknown_files_of_olist_get_their_mapping_suggested(real):
    found = real(f"{OLIST}/olist_marketing_qualified_leads_dataset.csv")
    assert found.format is None
    assert suggest(found.header, found.preview) == ("leads", MQL)
    deals = real(f"{OLIST}/olist_closed_deals_dataset.csv")
    kind, mapping = suggest(deals.header, deals.preview)
    assert (kind, mapping["lead_id"], mapping["won_at"], mapping["deal_id"]) == (
        "deals", "mql_id", "won_date", "seller_id",
    )  # fmt: skip


def test_both_copies_of_the_olist_leads_are_the_same_leads(real):
    mapping = build_format("olist leads", "leads", MQL, spaces=["source"])
    iso = real(f"{OLIST}/olist_marketing_qualified_leads_dataset.csv", format=mapping)
    day_first = real(f"{OLIST}/variants/olist_mql_ddmmyyyy_underscores.csv", format=mapping)
    key = ["lead_id"]
    same = [one.records["leads"].sort_values(key, ignore_index=True) for one in (iso, day_first)]
    assert same[0].equals(same[1])
    assert (len(same[0]), same[0]["source"].isna().sum(), (same[0]["source"] == "unknown").sum()) == (8000, 60, 1099)
    assert iso.questions == day_first.questions == []
    assert [repair.rule for repair in day_first.repairs] == ["underscores_to_spaces"]


def test_underscores_stay_where_nobody_asked_for_spaces(real):
    found = real(f"{OLIST}/variants/olist_mql_ddmmyyyy_underscores.csv", format=build_format("o", "leads", MQL))
    assert "paid_search" in set(found.records["leads"]["source"])


def test_the_olist_deals_are_won_when_their_file_says(real):
    mapping = build_format(
        "olist deals", "deals",
        {"lead_id": "mql_id", "won_at": "won_date", "owner_id": "sr_id", "deal_id": "seller_id"},
    )  # fmt: skip
    found = real(f"{OLIST}/olist_closed_deals_dataset.csv", format=mapping)
    stages, attributes = found.records["stages"], found.records["attributes"]
    assert (len(stages), set(stages["event"]), stages["lead_id"].nunique()) == (842, {"won"}, 842)
    assert rows(stages, "occurred_at")[0] == ("2018-02-26 17:58",)
    assert "deal_business_segment" in set(attributes["attr"])


def test_a_saved_mapping_recognises_the_file_next_time(read):
    saved = Format.from_toml(build_format("our web form", "leads", {"lead_id": "No", "created_at": "When"}).to_toml())
    found = read("When,No,Colour\n2024-03-13,7,blue\n", extra_formats=[saved])
    assert found.format == saved
    assert rows(found.records["leads"], "lead_id", "system") == [("7", "our_web_form")]
    assert rows(found.records["attributes"], "attr", "value") == [("colour", '"blue"')]


def test_a_mapping_without_what_every_row_needs_is_refused():
    with pytest.raises(Refusal) as refusal:
        build_format("half", "leads", {"lead_id": "No"})
    assert refusal.value.problem.details["columns"] == "created_at"


def test_a_chosen_format_that_does_not_fit_is_one_sentence(read):
    with pytest.raises(Refusal) as refusal:
        read("No,Word\n1,x\n", format=build_format("web", "leads", {"lead_id": "No", "created_at": "When"}))
    assert refusal.value.problem.code == "columns_missing"
    assert refusal.value.problem.details["columns"] == "When"


def test_an_unknown_file_keeps_its_rows_and_waits(read):
    found = read("No,Word\n1,x\n2,y\n")
    assert (found.format, found.kind, found.rows, found.records) == (None, None, 2, {})
    assert [(column.name, column.type, column.filled) for column in found.columns] == [
        ("No", "number", 2),
        ("Word", "text", 2),
    ]


def test_the_words_of_an_unknown_crm_are_asked_and_learned(read):
    text = "No,When,State\n1,2024-03-13,Sleeping\n2,2024-03-14,Hot\n3,2024-03-14,Hot\n"
    format = build_format("web", "leads", {"lead_id": "No", "created_at": "When", "status": "State"})
    asked = read(text, format=format)
    assert [(one.code, one.details["values"]) for one in asked.questions] == [
        ("unknown_value", {"Hot": 2, "Sleeping": 1})
    ]
    assert asked.questions[0].choices == ("ready", "unready", "unfit", "unsaid")
    answered = read(text, format=format.taught("State", {"Hot": "ready", "Sleeping": "unready"}))
    said = rows(answered.records["attributes"], "attr", "value")
    assert [value for attr, value in said if attr == "crm_readiness"] == [
        '"unready"', '"ready"', '"ready"',
    ]  # fmt: skip
    assert not answered.questions


def test_a_mapped_deal_is_won_by_the_usual_words_and_other_stages_are_asked(read):
    text = "Deal,Opened,Stage,Closed\nd1,2024-03-13,Won,2024-04-01\nd2,2024-03-14,Signed,2024-04-02\n"
    mapping = {"deal_id": "Deal", "opened_at": "Opened", "stage": "Stage", "closed_at": "Closed"}
    format = build_format("deals", "deals", mapping)
    asked = read(text, format=format)
    assert [one.details["values"] for one in asked.questions] == [{"Signed": 1}]
    assert [deal for deal, event in rows(asked.records["stages"], "deal_id", "event") if event == "won"] == ["d1"]
    answered = read(text, format=format.taught("Stage", {"Signed": "won"}))
    assert [deal for deal, event in rows(answered.records["stages"], "deal_id", "event") if event == "won"] == [
        "d1",
        "d2",
    ]


@pytest.mark.parametrize(
    ("kind", "header", "cells", "expected"),
    [
        (
            "leads", ["שם הלקוח", "טלפון נייד", "דוא״ל", "תאריך פנייה ראשונה", "דרך הגעה", "נציג מכירות", "סטטוס הליד"],
            ["נועה בר", "054-5550101", "noa@one.co.il", "13/03/2026", "גוגל", "גיל", "חם"],
            {
                "name": "שם הלקוח", "phone": "טלפון נייד", "email": "דוא״ל", "created_at": "תאריך פנייה ראשונה",
                "source": "דרך הגעה", "owner": "נציג מכירות", "status": "סטטוס הליד",
            },
        ),
        (
            "deals", ["מספר עסקה", "שם העסקה", "תאריך פתיחה", "תאריך סגירה", "שלב", "סכום העסקה", "סיבת ההפסד"],
            ["17", "הזמנה", "13/03/2026", "20/04/2026", "הצעה", "₪12,000", ""],
            {
                "deal_id": "מספר עסקה", "name": "שם העסקה", "opened_at": "תאריך פתיחה", "closed_at": "תאריך סגירה",
                "stage": "שלב", "amount": "סכום העסקה", "reason": "סיבת ההפסד",
            },
        ),
        (
            "activities", ["סוג הפעילות", "תאריך", "משך בדקות", "נציג", "שם איש הקשר", "נושא"],
            ["שיחה", "13/03/2026 10:00", "12", "גיל", "נועה בר", "היכרות"],
            {
                "type": "סוג הפעילות", "started_at": "תאריך", "minutes": "משך בדקות", "person_id": "נציג",
                "contact": "שם איש הקשר", "subject": "נושא",
            },
        ),
    ],
    ids=["leads", "deals", "activities"],
)  # fmt: skip
def test_a_hebrew_table_kept_by_hand_gets_its_mapping_suggested(kind, header, cells, expected):
    found = suggest(header, [header, cells])
    assert found[0] == kind
    assert found[1] == expected


def test_a_table_without_ids_is_mapped_and_its_leads_get_keys_that_stay(read):
    mapping = {"created_at": "When", "email": "Mail", "status": "State"}
    format = build_format("by hand", "leads", mapping, readiness={"hot": "ready", "cold": "unready"})
    first = read("Mail,When,State\na@one.co.il,2026-03-13,cold\nb@two.co.il,2026-03-14,hot\n", format=format)
    later = read("When,State,Mail,More\n2026-03-13,hot,a@one.co.il,x\n", extra_formats=[format])
    assert [one.count for one in first.repairs if one.rule == "lead_key_made"] == [2]
    assert later.records["leads"]["lead_id"][0] == first.records["leads"]["lead_id"][0]


def test_a_saved_mapping_knows_its_file_in_another_order_and_case_with_more_columns(read):
    saved = build_format("our form", "leads", {"lead_id": "מס׳ ליד", "created_at": "תאריך יצירה", "email": "דוא״ל"})
    found = read(
        "More, דוא\"ל ,תאריך־יצירה,\u200fמס' ליד,תאריך יצירה\nx,a@b.co.il,y,7,2026-03-13\n", extra_formats=[saved]
    )
    assert found.format == saved
    assert rows(found.records["leads"], "lead_id", "email") == [("7", "a@b.co.il")]


def test_of_two_saved_mappings_that_fit_the_one_saved_last_is_used_and_that_is_said(read):
    text = "No,When,Mail\n7,2026-03-13,a@b.co.il\n"
    wide = build_format("wide", "leads", {"lead_id": "No", "created_at": "When", "email": "Mail"})
    narrow = build_format("narrow", "leads", {"lead_id": "No", "created_at": "When"})
    for saved, used, other in (([wide, narrow], "narrow", "wide"), ([narrow, wide], "wide", "narrow")):
        found = read(text, extra_formats=saved)
        assert found.format is not None
        assert found.format.name == used
        assert [(one.code, one.details["others"], one.blocks) for one in found.questions] == [
            ("other_mappings_fit", other, False)
        ]


def test_a_known_export_without_its_date_asks_for_the_column_and_waits_for_a_mapping(read):
    found = read("id,firstname,lastname,email,points,stage\n7,Noa,Bar,noa@one.co.il,10,\n")
    assert (found.format, found.rows, found.records) == (None, 1, {})
    assert [(one.code, one.details, one.blocks) for one in found.questions] == [
        ("needed_column_missing", {"format": "mautic_contacts", "columns": "date_added"}, True)
    ]
    assert suggest(found.header, found.preview, "leads")[1]["email"] == "email"


def test_a_life_cycle_that_nobody_knows_is_asked_with_its_count(read):
    format = build_format("web", "leads", {"lead_id": "No", "created_at": "When", "stage": "Life"})
    found = read("No,When,Life\n1,2026-03-13,MQL\n2,2026-03-14,בשל למכירה\n3,2026-03-14,Dormant\n", format=format)
    assert [(one.code, one.details["values"]) for one in found.questions] == [("unknown_value", {"Dormant": 1})]
    said = rows(found.records["attributes"], "lead_id", "attr", "value")
    assert [row for row in said if row[1] == "crm_readiness"] == [
        ("1", "crm_readiness", '"unready"'), ("2", "crm_readiness", '"ready"'),
    ]  # fmt: skip


def test_kinds_of_activity_are_understood_in_both_languages_and_the_rest_is_asked(read):
    mapping = {"person_id": "Who", "started_at": "When", "type": "Kind", "lead_id": "Lead"}
    kinds = ("שיחה", "דוא״ל", "Meeting", "סדנה")
    text = "Who,When,Kind,Lead\n" + "".join(f"Gil,2026-03-1{n},{kind},1\n" for n, kind in enumerate(kinds))
    found = read(text, format=build_format("calls", "activities", mapping))
    assert found.records["activities"]["type"].tolist()[:3] == ["call", "email", "meeting"]
    assert [(one.code, one.details["values"]) for one in found.questions] == [("unknown_value", {"סדנה": 1})]
    assert found.format is not None
    taught = read(text, format=found.format.taught("Kind", {"סדנה": "meeting"}))
    assert (taught.records["activities"]["type"].tolist()[3], taught.questions) == ("meeting", [])
