"""The sample files that people may download are taken in without a question."""

import pytest

from leadalign.intake import understand
from leadalign.intake.samples import sample, sample_kinds
from leadalign.settings import Settings


@pytest.mark.parametrize("kind", sample_kinds())
def test_a_sample_is_understood_whole_and_without_a_question(kind: str):
    found = understand(f"{kind}.csv", sample(kind), settings=Settings())
    assert (found.kind, found.rows, found.refused, found.questions) == (kind, 2, [], [])
    assert [column.name for column in found.columns if not column.filled] == []


def test_there_is_a_sample_of_each_kind_that_a_company_begins_with():
    assert {"leads", "activities", "costs", "ratings", "people", "goals"} <= set(sample_kinds())
