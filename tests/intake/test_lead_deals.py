"""Leads and their deals in one table, as Odoo exports them: opened, won, lost and archived; what spills, what hides."""

import pytest

from tests.intake.conftest import rows

LABELS = (
    "External ID,Opportunity,Type,Contact Name,Email,Salesperson,Created on,Conversion Date,Stage,Probability,Active,"
    "Closed Date,Expected Revenue,Lost Reason"
)
TECHNICAL = (
    "id,name,type,contact_name,email_from,user_id/name,create_date,date_conversion,stage_id/id,probability,active,"
    "date_closed,expected_revenue,lost_reason_id"
)
HEBREW = (
    "מזהה חיצוני,הזדמנות,סוג,שם איש הקשר,דוא״ל,איש מכירות,נוצר ב-,תאריך המרה,שלב,הסתברות,פעיל,"
    "תאריך סגירה,הכנסה צפויה,סיבת הפסד"
)
BODY = "\n".join(
    [
        "x1,Big order,Opportunity,Noa Bar,noa@one.co.il,Gil,2026-01-05 09:00,2026-01-07 10:00,Won,100.0,True,"
        "2026-02-01 12:00,5000.0,",
        "x2,Small order,Opportunity,Avi Tal,avi@two.co.il,Gil,2026-01-06 09:00,,Proposition,0.0,False,"
        "2026-02-03 12:00,700.0,Too expensive",
        "x3,A question,Lead,Maya Gal,maya@three.co.il,Dana,2026-01-08 09:00,,New,0.0,False,"
        "2026-01-09 12:00,0.0,No interest",
        "x4,An order,Opportunity,Omer Dan,omer@four.co.il,Dana,2026-01-09 09:00,,Our own stage,40.0,True,,900.0,",
        "",
    ]
)
STORY = [
    ("x1", "opportunity", "2026-01-07 08:00"), ("x1", "won", "2026-02-01 10:00"),
    ("x2", "lost", "2026-02-03 10:00"), ("x2", "opportunity", "2026-01-06 07:00"),
    ("x3", "disqualified", "2026-01-09 10:00"), ("x4", "opportunity", "2026-01-09 07:00"),
]  # fmt: skip


def story(found):
    """Every step but the creation, sorted."""
    return sorted(
        row for row in rows(found.records["stages"], "lead_id", "event", "occurred_at") if row[1] != "created"
    )


@pytest.mark.parametrize("header", [LABELS, TECHNICAL, HEBREW], ids=["labels", "technical", "hebrew"])
def test_one_table_tells_of_leads_deals_and_their_ends_in_every_mode(read, header):
    body = BODY if header != HEBREW else BODY.replace("Opportunity,", "הזדמנות,").replace("Lead,", "ליד,")
    found = read(f"{header}\n{body}")
    assert found.format.name == "odoo_leads"
    assert story(found) == STORY
    assert not found.questions
    ended = found.records["stages"].set_index(["lead_id", "event"])
    assert ended.loc[("x1", "won"), "amount"] == 5000
    assert ended.loc[("x2", "lost"), "reason"] == "Too expensive"
    assert ended.loc[("x1", "won"), "owner_id"] == "Gil"


def test_what_the_deal_says_was_not_known_when_the_lead_came_in(read):
    found = read(f"{LABELS}\n{BODY}")
    said = rows(found.records["attributes"], "lead_id", "attr", "value", "observed_at")
    assert ("x2", "deal_reason", '"Too expensive"', "2026-02-03 10:00") in said
    assert ("x1", "crm_readiness", '"ready"', "2026-01-07 08:00") in said
    assert not [row for row in said if row[3] is None and row[1].startswith("deal_")]


def test_a_list_that_hides_the_lost_is_asked_about(read):
    found = read(f"{LABELS}\n" + "".join(line + "\n" for line in BODY.splitlines() if ",False," not in line))
    (asked,) = found.questions
    assert (asked.code, asked.details["won"], asked.details["open"], asked.blocks) == ("no_lost_leads", 1, 1, False)
    assert found.records


def test_deals_of_which_many_were_won_and_none_lost_are_asked_about_in_any_export(read):
    deals = [f"d{n},Order {n},Gil,Closed Won,2026-02-0{n},2026-01-0{n} 10:00:00" for n in range(1, 7)]
    header = "Record Id,Deal Name,Deal Owner,Stage,Closing Date,Created Time\n"
    asked = {one.code: one.details for one in read(header + "\n".join(deals)).questions}
    assert asked["nothing_lost"]["won"] == 6
    few = read(header + "\n".join(deals[:3])).questions
    lost = read(header + "\n".join([*deals, deals[0].replace("d1", "d9").replace("Won", "Lost")])).questions
    assert "nothing_lost" not in {one.code for one in [*few, *lost]}


def test_values_that_spill_onto_rows_without_a_key_belong_to_the_record_above(read):
    text = (
        "id,name,user_id,create_date,stage_id,expected_revenue,tag_ids/name,active\n"
        "x1,One,Gil,2026-01-05,New,10,Services,True\n,,,,,,Product,\n,,,,,,Rush,\n"
        "x2,Two,Gil,2026-01-06,New,20,Design,False\n"
    )
    found = read(text)
    assert [(one.rule, one.lines, one.away) for one in found.repairs if one.rule == "carried_on_rows"] == [
        ("carried_on_rows", (3, 4), True)
    ]
    tags = [row for row in rows(found.records["attributes"], "lead_id", "attr", "value") if row[1].startswith("tag")]
    assert tags == [("x1", "tag_ids_name", '"Services; Product; Rush"'), ("x2", "tag_ids_name", '"Design"')]
    assert (found.rows, found.rows_away, len(found.refused), found.rows_in_file) == (2, 2, 0, 4)


def test_an_export_without_ids_gives_each_lead_a_key_that_does_not_change(read):
    header, *body = [line.split(",", 1)[1] for line in (LABELS + "\n" + BODY).splitlines()]
    found = read("\n".join([header, *body]))
    later = read("\n".join([header, *[line.replace("40.0", "60.0") for line in reversed(body)]]))
    keys = [set(one.records["leads"]["lead_id"]) for one in (found, later)]
    assert keys[0] == keys[1]
    assert len(keys[0]) == 4
    assert [one.count for one in found.repairs if one.rule == "lead_key_made"] == [4]


def test_an_end_without_a_date_is_no_step_and_is_asked(read):
    found = read(f"{LABELS}\n{BODY.replace('2026-02-01 12:00', '')}")
    assert [(one.code, one.details["lines"]) for one in found.questions] == [("closed_without_date", [2])]
    assert ("x1", "won") not in {row[:2] for row in story(found)}


def test_a_converted_lead_without_a_date_of_conversion_is_tied_to_its_deal_by_id(read, company):
    leads = (
        "ID,Last Name,Status,Lead Source,Converted,Opportunity ID,Assigned to,Date Created\n"
        "a1,Bar,Converted,Web,1,d7,Gil,2026-01-05 10:00\na2,Tal,New,Web,0,,Gil,2026-01-06 10:00\n"
    )
    links = read(leads).records["links"]
    assert rows(links, "kind", "record_id", "lead_id") == [("lead_deals", "d7", "a1")]
    dated = (
        leads.replace("Opportunity ID", "Opportunity ID,Date Converted")
        .replace(",d7,", ",d7,2026-01-09,")
        .replace(",0,,", ",0,,,")
    )
    found = read(dated)
    assert "links" not in found.records
    assert ("a1", "opportunity") in {row[:2] for row in story(found)}
