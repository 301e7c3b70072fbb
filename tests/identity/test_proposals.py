"""Leads that may be one are proposed with the evidence, in whatever order they came; nobody is merged by it."""

import re
import unicodedata
from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from leadalign import identity
from leadalign.facts import table
from leadalign.figures import Frame
from leadalign.intake import addresses
from leadalign.measure import viewpoint
from leadalign.store import Database, answer_pair, commit, merge, open_database, set_aside, unmerge
from leadalign.store.people import COMMAND_LINE
from tests.worlds import START, hours, upload


def database(*leads: dict, at: float = 10_000, db: Database | None = None) -> Database:
    """Leads A, B, C ... created an hour apart, unless they say otherwise."""
    rows = [
        {"lead_id": chr(65 + n), "system": "native", "created_at": START + timedelta(hours=n), **lead}
        for n, lead in enumerate(leads)
    ]
    db = db or open_database(None)
    commit(db, COMMAND_LINE, upload({"leads": pd.DataFrame(rows)}, hours(at)))
    return db


def found(db: Database) -> dict:
    return {(p.first_id, p.second_id): (p.strength, p.evidence) for p in identity.proposals(db)}


def of_two(one: dict, other: dict):
    return found(database(one, other)).get(("A", "B"))


DANA = {"name": "Dana Levi", "company": "Orbit Ltd"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"email": "Dana@Orbit.co.il"}, {"email": "dana+web@orbit.co.il "}, ("sure", ("same_email",))),
        ({"email": "d.a.n.a@gmail.com"}, {"email": "dana@googlemail.com"}, ("sure", ("same_email",))),
        ({"email": "d.ana@orbit.com"}, {"email": "dana@orbit.com"}, None),
        ({"email": "dana@orbit.com", "name": "Dana Levi"}, {"email": "dana@orbit.com", "name": "Gil Bar"},
         ("likely", ("same_email",))),
        ({"phone": "052-123 4598", **DANA}, {"phone": "+972 52 1234598", "name": "LEVI DANA"},
         ("possible", ("same_phone",))),
        ({"phone": "052-123 4598", "name": "Dana Levi"}, {"phone": "00972521234598", "name": "dana levi"},
         ("sure", ("same_phone", "same_name"))),
        ({"phone": "03-6123456"}, {"phone": "+972 (0)3 6123456 ext. 12"}, ("likely", ("same_phone",))),
        ({"phone": "+1 (212) 555-0134"}, {"phone": "2125550134"}, ("likely", ("same_phone",))),
        ({"phone": "000000000"}, {"phone": "000000000"}, None),
        ({"phone": "123456789"}, {"phone": "123456789"}, None),
        (DANA, {"name": "dana  levi", "company": "ORBIT, Inc."}, ("likely", ("same_name_same_company",))),
        ({"name": "דנה לוי", "company": 'אורביט בע"מ'}, {"name": "דנה לוי", "company": "אורביט בע״מ"},
         ("likely", ("same_name_same_company",))),
        ({"name": "Dana Levi", "email": "dana@orbit.com"}, {"name": "Dana Levi", "email": "d.levi@orbit.com"},
         ("likely", ("same_name_same_domain",))),
        ({"name": "Dana Levi", "email": "dana@gmail.com"}, {"name": "Dana Levi", "email": "d.levi@gmail.com"}, None),
        ({"name": "Dana Levi", "company": "Orbit"}, {"name": "Dana Levi", "company": "Comet"}, None),
        ({"name": "Dana Levi"}, {"name": "Dana Levi"}, None),
        ({"name": "Levi", "company": "Orbit"}, {"name": "Levi", "company": "Orbit"}, None),
        ({"email": "info@orbit.com", "name": "Dana Levi"}, {"email": "info@orbit.com", "name": "Gil Bar"},
         ("possible", ("same_role_email",))),
        ({"name": "Dana Levi", "company": "Orbit"}, {"name": "Dana Levy", "company": "Orbit Ltd"},
         ("possible", ("similar_name_same_company",))),
        ({"name": "Dana Levi", "company": "N/A"}, {"name": "Dana Levi", "company": "n/a"}, None),
        ({"email": "dana@"}, {"email": "dana@"}, None),
        ({"email": None}, {"email": None}, None),
    ],
)  # fmt: skip
def test_two_leads_are_proposed_as_surely_as_the_evidence_is(one, other, expected):
    assert of_two(one, other) == expected


def test_a_switchboard_and_a_shared_address_of_many_tell_little():
    switchboard = [{"phone": "03-6123456", "name": f"Person {chr(97 + n) * 3}"} for n in range(6)]
    assert {strength for strength, _ in found(database(*switchboard)).values()} == {"possible"}
    crowd = [{"phone": "03-6123456", "name": f"P{chr(97 + n)} Q{chr(97 + n)}"} for n in range(25)]
    assert found(database(*crowd)) == {}


def test_each_lead_of_a_group_is_proposed_with_the_first_and_the_one_before():
    same = {"email": "dana@orbit.com"}
    assert sorted(found(database(same, same, same, same))) == [
        ("A", "B"),
        ("A", "C"),
        ("A", "D"),
        ("B", "C"),
        ("C", "D"),
    ]


def test_leads_of_two_crms_are_proposed_across_them():
    db = database({"email": "dana@orbit.com", "system": "hubspot"})
    database({"email": "dana@orbit.com", "system": "salesforce", "lead_id": "Z"}, at=10_100, db=db)
    (pair,) = identity.proposals(db)
    assert (pair.first_id, pair.second_id, pair.across_systems) == ("A", "Z", True)
    sides = identity.side_by_side(db, pair)
    assert (sides.first["system"], sides.second["system"]) == ("hubspot", "salesforce")


def test_what_was_decided_is_proposed_no_more_until_it_is_taken_back():
    db = database(*[{"email": "dana@orbit.com"}] * 2)
    answer_pair(db, COMMAND_LINE, "B", "A", "different")
    assert found(db) == {}
    answer_pair(db, COMMAND_LINE, "A", "B", "later")
    assert [p.put_off for p in identity.proposals(db)] == [True]
    answer_pair(db, COMMAND_LINE, "A", "B", "open")
    merge(db, COMMAND_LINE, "A", "B")
    assert found(db) == {}
    assert [(m.lead_id, m.into_id) for m in identity.merged_pairs(db)] == [("B", "A")]
    unmerge(db, COMMAND_LINE, "B")
    assert list(found(db)) == [("A", "B")]
    assert identity.merged_pairs(db) == []


def test_similar_names_that_were_told_apart_are_proposed_no_more():
    db = database({"name": "Dana Levi", "company": "Orbit"}, {"name": "Dana Levy", "company": "Orbit"})
    answer_pair(db, COMMAND_LINE, "A", "B", "different")
    assert found(db) == {}


def test_what_a_merged_lead_is_known_by_still_finds_others():
    db = database({"name": "Dana Levi", "phone": "0521234598"}, {"email": "dana@orbit.com", "phone": "0521234598"},
                  {"email": "dana@orbit.com"})  # fmt: skip
    merge(db, COMMAND_LINE, "A", "B")
    assert list(found(db)) == [("A", "C")]


def test_a_word_about_a_lead_holds_for_the_one_it_was_merged_into():
    db = database(*[{"email": "dana@orbit.com"}] * 3)
    answer_pair(db, COMMAND_LINE, "B", "C", "different")
    merge(db, COMMAND_LINE, "A", "B")
    assert found(db) == {}


def test_leads_set_aside_are_not_proposed():
    db = database(*[{"email": "dana@orbit.com"}] * 2)
    set_aside(db, COMMAND_LINE, ["A"])
    assert found(db) == {}


def test_duplicates_are_the_merged_and_those_that_surely_or_likely_wait():
    db = database(DANA, DANA, {"email": "x@y.com"}, {"email": "x@y.com"}, {"name": "Gil Bar"}, {"phone": "03-6123456"})
    merge(db, COMMAND_LINE, "A", "B")
    told = table(db, "duplicate_leads", viewpoint(db, Frame()))
    assert db.rows(f"SELECT lead_id, strength, is_duplicate, duplicate_of FROM {told} ORDER BY lead_id") == [
        ("A", "none", False, None), ("B", "merged", True, "A"), ("C", "none", False, None), ("D", "sure", True, "C"),
        ("E", "none", False, None), ("F", "none", False, None),
    ]  # fmt: skip


def test_an_upload_tells_how_many_of_its_leads_are_proposed():
    db = database({"email": "dana@orbit.com"}, {"email": "gil@comet.com"})
    database({"email": "dana@orbit.com", "lead_id": "Z"}, at=10_100, db=db)
    first, second = (row[0] for row in db.rows("SELECT batch_id FROM live.batches ORDER BY event_order"))
    assert (identity.proposed_in(db, first), identity.proposed_in(db, second)) == (1, 1)


emails = st.sampled_from(
    [None, "a@x.com", "A+1@x.com", "a.b@gmail.com", "ab@gmail.com", "info@x.com", "b@x.com", "nobody"]
)
phones = st.sampled_from([None, "052-1234598", "+972521234598", "03 6123456", "1234", "0000000"])
names = st.sampled_from([None, "Dana Levi", "dana levi", "Dana Levy", "Gil Bar", "Levi", "דנה לוי"])
companies = st.sampled_from([None, "Orbit Ltd", "ORBIT", 'אורביט בע"מ', "אורביט", "n/a"])
leads = st.fixed_dictionaries({"email": emails, "phone": phones, "name": names, "company": companies})


@settings(max_examples=10)
@given(st.lists(leads, min_size=2, max_size=7), st.randoms(use_true_random=False), st.data())
def test_neither_the_order_of_rows_nor_of_files_changes_a_proposal(some, dice, data):
    rows = [
        {"lead_id": chr(65 + n), "system": "native", "created_at": START + timedelta(hours=n), **lead}
        for n, lead in enumerate(some)
    ]
    at_once = open_database(None)
    commit(at_once, COMMAND_LINE, upload({"leads": pd.DataFrame(rows)}, hours(10_000)))
    dice.shuffle(rows)
    cut = data.draw(st.integers(1, len(rows) - 1))
    by_files = open_database(None)
    for number, part in enumerate((rows[:cut], rows[cut:])):
        commit(by_files, COMMAND_LINE, upload({"leads": pd.DataFrame(part)}, hours(10_000 + number)))
    assert identity.proposals(at_once) == identity.proposals(by_files)
    for one, other in found(at_once):
        assert one < other
    at_once.close()
    by_files.close()


# The keys a second time, in plain Python.
ENDINGS = {
    "ltd", "limited", "inc", "incorporated", "llc", "llp", "gmbh", "ag", "kg", "sa", "sas", "sarl", "srl", "spa", "bv",
    "nv", "ab", "oy", "plc", "pty", "corp", "corporation", "co", "company", "בעמ", "ושות",
}  # fmt: skip
SECOND_ENDINGS = {"ltd", "limited", "inc", "co", "company", "corp", "pty", "gmbh", "בעמ"}


def plain_words(text: str) -> list[str]:
    """Words in small letters without points, accents and vowel signs."""
    said = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    said = re.sub(r"[,/\\|_\-–—־&+]", " ", said)
    return re.sub(r"[^\w\s]", "", said).split()


def email_key(text: str | None) -> str | None:
    address = (text or "").strip().lower()
    box, _, domain = address.rpartition("@")
    box = box.split("+")[0]
    if not box or not re.fullmatch(r"[^@]+\.[^@]+", domain):
        return None
    if domain in ("gmail.com", "googlemail.com"):
        box, domain = box.replace(".", ""), "gmail.com"
    return f"{box}@{domain}" if box else None


def phone_key(text: str | None) -> str | None:
    digits = re.sub(r"\D", "", re.split(r"ext|x|#|,|;| / ", re.sub(r"^[^0-9+(]*", "", (text or "").lower()))[0])
    if not 7 <= len(digits) <= 17:
        return None
    national = re.fullmatch(r"(?:00)?972(0?\d{8,9})", digits)
    digits = (national.group(1) if national else digits).lstrip("0")
    if len(digits) < 7 or len(set(digits)) == 1 or digits in addresses.words()["no_phone"]:
        return None
    return digits[-9:]


def company_key(text: str | None) -> str | None:
    said = plain_words(text or "")
    for endings in (ENDINGS, SECOND_ENDINGS):
        if len(said) > 1 and said[-1] in endings:
            said = said[:-1]
    return (key if (key := "".join(said)) not in addresses.words()["no_company"] else None) or None


boxes = st.text("aB.+é", min_size=0, max_size=5)
domains = st.sampled_from(["x.com", "GMAIL.com", "googlemail.com", "mail.co.il", "nodot", ""])
digits = st.text("0123456789", min_size=0, max_size=14)
before = st.sampled_from(["", "+", "+972", "00972-", "0", "+972 (0)", "+1 ", "(03) "])
after = st.sampled_from(["", " ext 5", "x22", ", 03-1112223", " / 04"])
parts = st.sampled_from(
    ["Orbit", "A.B.", "Müller", "Ltd", "Ltd.", "Inc", "Co., Ltd", 'בע"מ', "בע״מ", "אורביט", "-", "GmbH & Co"]
)


row = st.tuples(st.tuples(boxes, domains), st.tuples(before, digits, after), st.lists(parts, max_size=4))


@settings(max_examples=8, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(row, min_size=20, max_size=25))
def test_the_keys_agree_with_plain_python(rows):
    told = [
        {"email": f"{box}@{domain}" if domain else box, "phone": "".join(phone), "company": " ".join(company)}
        for (box, domain), phone, company in rows
    ]
    db = database(*told)
    keys = table(db, "lead_keys", viewpoint(db, Frame()))
    assert db.rows(f"SELECT email_key, phone_key, company_key FROM {keys} ORDER BY lead_id") == [
        (email_key(each["email"]), phone_key(each["phone"]), company_key(each["company"])) for each in told
    ]
    db.close()
