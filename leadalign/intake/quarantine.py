"""Leads that look like somebody trying a form: set aside with the rule that fits; addresses of a function: listed."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

import leadalign.intake.addresses as addresses
from leadalign.intake.patterns import TEXT, extract, is_ascii
from leadalign.intake.reading import Reading

MOST = 0.5
FEWEST = 5
"""In a file of fewer leads a share says nothing: what looks like a test is listed."""
UNSEEN = f"[{addresses.INVISIBLE}]"
NUMBER = re.compile(r"[\d._\-\s]+$")


def aside_records(reading: Reading, leads: pd.DataFrame) -> pd.DataFrame:
    """One row for each lead that a rule fits: set aside, or listed for a person's word while it counts.

    A rule that fits a large share of the file lists and asks; one that fits most of it asks alone, for the file is
    anonymised or invented, and the rule tells no lead from another.
    """
    told = pd.DataFrame({name: _words(leads, name) for name in ("email", "name", "company")})
    reasons = _reasons(told, reading)
    found = leads[["lead_id"]].assign(reason=reasons, evidence=_evidence(told, reasons))[reasons.notna()]
    lines = pd.Series(reading.kept.index[reading.kept.to_numpy()], index=leads.index)
    events = {rule: _event(reading, rule, lines[reasons == rule], len(leads)) for rule in found["reason"].unique()}
    return found.assign(event=found["reason"].map(events)).dropna(subset=["event"])


def _event(reading: Reading, rule: str, lines: pd.Series, leads: int) -> str | None:
    """What the rule does with the leads that it fits, if anything; it is told with the file's lines."""
    if rule == "role_address":
        reading.findings.repair("role_addresses_listed", lines, column="email")
        return "listed"
    if leads < FEWEST:
        reading.findings.repair("test_leads_listed", lines)
        return "listed"
    if len(lines) <= reading.settings.test_share * leads:
        reading.findings.repair("test_leads_set_aside", lines)
        return "set_aside"
    seen: dict[str, Any] = {"count": len(lines), "leads": leads, "example": _example(reading, lines)}
    if len(lines) > MOST * leads:
        reading.findings.ask("mostly_test_leads", **seen)
        return None
    reading.findings.ask("many_test_leads", **seen)
    return "listed"


def _example(reading: Reading, lines: pd.Series) -> str:
    """What one of the rows says that made the rule fit."""
    row = reading.frame.loc[lines.iloc[0]].dropna().astype("str")
    return str(next((cell for cell in row if "@" in cell), row.iloc[0] if len(row) else ""))


def _words(leads: pd.DataFrame, name: str) -> pd.Series:
    """A column in small letters without invisible marks; blank where the file lacks it."""
    if name not in leads:
        return pd.Series("", index=leads.index, dtype=TEXT)
    words = leads[name].astype(TEXT).fillna("")
    if not is_ascii(words) and words.str.contains(UNSEEN).any():
        words = words.str.replace(UNSEEN, "", regex=True)
    return words.str.strip().str.lower()


def _reasons(told: pd.DataFrame, reading: Reading) -> pd.Series:
    """The first rule that fits each lead; missing where none does."""
    domain = extract(told["email"], r"@(?P<domain>[^@\s>]+)>?$")["domain"].fillna("")
    box = extract(told["email"], r"(?P<box>[^<\s@]+)@")["box"].fillna("")
    rules = {
        "own_domain": _within(domain, reading.settings.own_domains),
        "test_address": _where(box, (*addresses.words()["test_words"], "qa"), _is_test_box),
        "test_name": _is_test_name(told["name"]) | _is_test_name(told["company"]),
        "reserved_domain": _reserved(domain),
        "role_address": _where(box, addresses.words()["role"], _is_role_box) & domain.ne(""),
    }
    reasons = pd.Series(None, index=told.index, dtype="object")
    for rule, fits in rules.items():
        reasons = reasons.mask(reasons.isna() & fits, rule)
    return reasons


def _where(cells: pd.Series, words: Iterable[str], fits: Callable[[pd.Series], pd.Series]) -> pd.Series:
    """What `fits` says of the cells in which one of these words stands, the only ones that it can say yes to."""
    found = cells.str.contains("|".join(map(re.escape, sorted(words)))).fillna(False).astype(bool)
    found[found] = fits(cells[found]).to_numpy(dtype=bool)
    return found


def _within(domain: pd.Series, domains: tuple[str, ...]) -> pd.Series:
    """Whether the domain is one of these or below one."""
    own = tuple(each.lower().strip().removeprefix("@") for each in domains)
    return domain.isin(own) | domain.str.endswith(tuple(f".{each}" for each in own))


def _reserved(domain: pd.Series) -> pd.Series:
    known = addresses.words()
    below = tuple(f".{each}" for each in (*known["reserved_domains"], *known["reserved_endings"]))
    return domain.isin((*known["reserved_domains"], *known["reserved_endings"])) | domain.str.endswith(below)


def _is_role_box(box: pd.Series) -> pd.Series:
    """`info`, `sales+fair`: an address of a function."""
    return box.str.replace(r"\+.*$", "", regex=True).isin(addresses.words()["role"])


def _is_test_box(box: pd.Series) -> pd.Series:
    """`test`, `test2`, `asdf` before the @, `qa+anything`, or a tag that says so: `dana+test`."""
    words = (*addresses.words()["test_words"], "qa")
    bare, tag = box.str.replace(r"\+.*$", "", regex=True), box.str.extract(r"\+(.*)$")[0].fillna("")
    tagged = box.str.contains("+", regex=False)
    plain = bare.str.replace(NUMBER, "", regex=True)
    return plain.isin(words[:-1]) | (tagged & plain.isin(words)) | tag.str.replace(NUMBER, "", regex=True).isin(words)


def _is_test_name(name: pd.Series) -> pd.Series:
    """Whether a name is made of test words alone, with fillers beside them: "Test User 3", "בדיקה בדיקה"."""
    known = addresses.words()
    tests, fillers = set(known["test_names"]), set(known["test_fillers"])

    def fits(text: str) -> bool:
        said = [word for word in re.split(r"[\W\d_]+", text) if word]
        return bool(tests.intersection(said)) and tests.union(fillers).issuperset(said)

    return _where(name, tests, lambda some: some.map({text: fits(text) for text in some.unique()}))


def _evidence(told: pd.DataFrame, reasons: pd.Series) -> pd.Series:
    """What the rule saw."""
    shown = told["name"].where(told["name"].ne("") & reasons.eq("test_name"), told["email"])
    return shown.where(shown.ne(""), told["company"]).str.slice(0, 200)
