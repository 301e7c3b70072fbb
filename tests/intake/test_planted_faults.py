"""Files with planted faults, in any combination, encoding and line end: intake finds exactly what was planted."""

from collections import Counter
from dataclasses import dataclass, fields
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadalign.intake import Understanding, understand
from leadalign.settings import Settings

HEADER = "Record ID,Associated Contact IDs,Deal Name,Create Date,Deal Stage,Pipeline,Close Date,Amount,Deal owner"
COMPANY = Settings(zone="Asia/Jerusalem", currency="ILS")
OWNERS = {"cp1255": "נועה כהן", "cp1252": "José Müller"}
SOUND = 14
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1255", "cp1252")
ENDS = ("\n", "\r\n", "\r")


@dataclass(frozen=True)
class Planted:
    """How often each fault stands in a file."""

    duplicates: int = 0
    other_pipeline: int = 0
    text_amounts: int = 0
    to_be_decided: int = 0
    far_years: int = 0
    spaced_stages: int = 0
    marked_ids: int = 0
    blank_rows: int = 0
    repeated_headers: int = 0
    wrapped_rows: int = 0
    cut_rows: int = 0
    wide_rows: int = 0
    nul_rows: int = 0
    text_formulas: int = 0
    error_cells: int = 0
    titles: int = 0
    totals: int = 0
    legal_lines: int = 0
    us_dates: bool = False


PLANTS = st.builds(
    Planted,
    **{
        field.name: st.booleans() if field.name == "us_dates" else st.integers(0, 1 if field.name == "totals" else 2)
        for field in fields(Planted)
    },
)


def deal(number: int, planted: Planted, owner: str, **cells: str) -> list[str]:
    """One deal, sound but for the cells that are given."""
    day, month = number % 28 + 1, number % 12 + 1
    cells = {
        "id": f"D{number:04}", "contact": f"L{number:04}", "name": f"Deal number {number}",
        "created": f"{month:02}/{day:02}/2026" if planted.us_dates else f"{day:02}/{month:02}/2026",
        "stage": "Closed Won", "pipeline": "New business", "closed": "2026-12-31", "amount": f"{number * 100}.50",
        "owner": owner, **cells,
    }  # fmt: skip
    return list(cells.values())


def faulty(planted: Planted, owner: str) -> list[str]:
    """The lines below the header: sound deals, and those with faults, numbered on."""
    numbers = iter(range(SOUND, 1000))
    sound = [deal(number, planted, owner) for number in range(SOUND)]

    def more(count: int, **cells: str) -> list[list[str]]:
        return [deal(next(numbers), planted, owner, **cells) for _ in range(count)]

    lines = [",".join(row) for row in sound + sound[: planted.duplicates]]
    lines += [",".join(row) for row in more(planted.other_pipeline, pipeline="Renewals")]
    lines += [",".join(row) for row in more(planted.text_amounts, amount="twelve")]
    lines += [",".join(row) for row in more(planted.to_be_decided, closed="TBD")]
    lines += [",".join(row) for row in more(planted.far_years, closed="2999-01-01")]
    lines += [",".join(row) for row in more(planted.spaced_stages, stage="closed won ")]
    lines += ["\u200f" + ",".join(row) for row in more(planted.marked_ids)]
    lines += ['"' + ",".join(row) + '"' for row in more(planted.wrapped_rows)]
    lines += [",".join(row[:-3]) for row in more(planted.cut_rows)]
    lines += [",".join([*row, "extra"]) for row in more(planted.wide_rows)]
    lines += [",".join(row) for row in more(planted.nul_rows, name="a\0b")]
    lines += [",".join(row) for row in more(planted.text_formulas, name='="007"')]
    lines += [",".join(row) for row in more(planted.error_cells, name="#REF!")]
    return lines + [""] * planted.blank_rows + [HEADER] * planted.repeated_headers


def written(planted: Planted, encoding: str, end: str, seed: int) -> bytes:
    """The file, the rows in an order of their own below the first two."""
    lines = faulty(planted, OWNERS.get(encoding, "Noa Cohen"))
    first, rest = lines[:2], lines[2:]
    Random(seed).shuffle(rest)
    above = [f"Deals of 2026 part {number}" for number in range(planted.titles)]
    below = ["Total,,,,,,,999999,"] * planted.totals + ["Copyright (c) 2026 Acme"] * planted.legal_lines
    text = end.join([*above, HEADER, *first, *rest, *below]) + end
    return text.encode(encoding, "ignore")


def found_in(content: bytes) -> Understanding:
    """What intake makes of it; its rows must add up."""
    found = understand("deals.csv", content, settings=COMPANY)
    assert found.rows + len(found.refused) + found.rows_away == found.rows_in_file
    return found


def repaired(found: Understanding) -> Counter[str]:
    return Counter({repair.rule: repair.count for repair in found.repairs})


def asked(found: Understanding, code: str, column: str) -> int:
    return sum(one.details["count"] for one in found.questions if (one.code, one.column) == (code, column))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PLANTS, st.sampled_from(ENCODINGS), st.sampled_from(ENDS), st.integers(0, 99))
def test_exactly_the_planted_faults_are_found(planted, encoding, end, seed):
    found = found_in(written(planted, encoding, end, seed))
    told = repaired(found)
    assert {rule: told[rule] for rule in ("duplicate_rows", "blank_rows", "repeated_header", "wrapped_rows")} == {
        "duplicate_rows": planted.duplicates, "blank_rows": planted.blank_rows,
        "repeated_header": planted.repeated_headers, "wrapped_rows": planted.wrapped_rows,
    }  # fmt: skip
    assert {rule: told[rule] for rule in ("text_formulas", "title_rows", "footer_rows")} == {
        "text_formulas": planted.text_formulas, "title_rows": planted.titles,
        "footer_rows": planted.totals + planted.legal_lines,
    }  # fmt: skip
    assert Counter(row.reason for row in found.refused) == +Counter(
        other_pipeline=planted.other_pipeline, too_few_cells=planted.cut_rows, too_many_cells=planted.wide_rows,
        nul_in_cell=planted.nul_rows,
    )  # fmt: skip
    assert asked(found, "unreadable_values", "Amount") == planted.text_amounts
    assert asked(found, "unreadable_values", "Close Date") == planted.to_be_decided + planted.far_years
    assert asked(found, "error_cells", "Deal Name") == planted.error_cells
    assert asked(found, "unknown_value", "Deal Stage") == 0
    assert not found.records["stages"]["deal_id"].str.contains("\u200f").any()
    assert found.encoding == encoding


@settings(max_examples=10, deadline=None)
@given(PLANTS, st.sampled_from(ENCODINGS), st.sampled_from(ENDS))
def test_dates_are_read_in_the_order_that_the_column_proves(planted, encoding, end):
    found = found_in(written(planted, encoding, end, 0))
    opened = found.records["stages"].query("event == 'opportunity'")["occurred_at"].dt.tz_convert("Asia/Jerusalem")
    days = {number: (number % 28 + 1, number % 12 + 1) for number in range(SOUND)}
    assert {(moment.day, moment.month) for moment in opened} >= set(days.values())


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_file_with_every_fault_of_an_answer_key_reports_exactly_its_counts(encoding):
    planted = Planted(
        duplicates=6, other_pipeline=25, text_amounts=8, to_be_decided=3, far_years=2, spaced_stages=10, us_dates=True,
        titles=2, totals=1, legal_lines=1, blank_rows=3, repeated_headers=1, wrapped_rows=4, cut_rows=2,
    )  # fmt: skip
    found = found_in(written(planted, encoding, "\r\n", 7))
    told = repaired(found)
    assert (told["duplicate_rows"], told["footer_rows"], told["wrapped_rows"]) == (6, 2, 4)
    assert Counter(row.reason for row in found.refused) == {"other_pipeline": 25, "too_few_cells": 2}
    assert asked(found, "unreadable_values", "Amount") == 8
    assert asked(found, "unreadable_values", "Close Date") == 5
    won = found.records["stages"].query("event == 'won'")
    assert len(won) == SOUND + 8 + 10 + 4  # text amounts lose no win; `closed won ` is one; TBD and 2999 give no day
