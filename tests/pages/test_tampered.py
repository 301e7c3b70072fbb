"""A definition that was changed past the program is named above every page, and the page can be read all the same."""

import pytest

from leadalign.store import check_definitions
from leadalign.ui.health import health
from tests.pages.conftest import all_words


@pytest.mark.parametrize("language", ["en", "he"])
def test_tampering_is_named_above_the_page(company, open_page, language):
    assert not open_page("goals", language).error
    company.engine.run("UPDATE log.definition_versions SET rules = rules || ' ' WHERE version = 1")
    check_definitions(company)
    at = open_page("goals", language)
    assert not at.exception
    assert "1" in at.error[0].value
    assert {"en": "changed past this program", "he": "שונתה"}[language] in at.error[0].value
    assert len(all_words(at)) > 1000


def test_health_names_it_and_goes_on(company):
    assert health(lambda: company)["definition"] == {"status": "ok"}
    company.engine.run("UPDATE log.definition_versions SET rules = rules || ' ' WHERE version = 1")
    state = health(lambda: company)
    assert state["definition"] == {"status": "tampered", "found": [{"what": "rules", "version": 1}]}
    assert state["status"] == "ok"
