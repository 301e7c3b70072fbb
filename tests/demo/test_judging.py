"""The demo company judges its leads in its own words; the engine that judges everybody says the same of each."""

import json

from leadalign.ideal_lead.definition import Definition
from leadalign.ideal_lead.judging import judge
from leadalign.ideal_lead.known import Known


def test_the_engine_takes_both_definitions_and_finds_them_in_one_line(files):
    first, second = (Definition.from_json(files.text(f"definition_v{version}.json")) for version in (1, 2))
    assert (first.version, second.version) == (1, 2)
    assert first.effective_to == second.effective_from


def test_both_judge_every_lead_alike_on_the_day_it_comes_in(default_company):
    first, second = (Definition.from_json(json.dumps(written)) for written in default_company.definitions)
    for lead in default_company.leads.values():
        definition = second if lead.created >= second.effective_from else first
        known = Known({attr: value for attr, value in lead.attributes.items() if value is not None})
        assert judge(definition, known).route == default_company.route(lead, lead.created)
