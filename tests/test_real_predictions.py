"""Exports that nobody here wrote, asked whether their score predicts: the honest answers are "not yet" and "no"."""

import pandas as pd
import pytest

from leadalign.figures import Frame
from leadalign.prediction import criterion_sentence, prediction_figures, score_sentence
from leadalign.store import Database, commit, open_database
from leadalign.store.people import COMMAND_LINE
from tests.test_real_exports import bring_in, olist
from tests.worlds import upload


@pytest.fixture(scope="module")
def zoho(shared):
    """Zoho's sample: its files tell of no hand-over, so each lead counts as handed over when it was created."""
    db = open_database(None)
    for name in ("Leads", "Potentials"):
        bring_in(db, shared / "data" / "zoho_crm_sample" / f"{name}.csv")
    commit(db, COMMAND_LINE, upload({"stages": handed_over_at_creation(db)}, db.changed_at))
    yield db
    db.close()


def handed_over_at_creation(db: Database) -> pd.DataFrame:
    rows = db.rows("SELECT 'h-' || lead_id, lead_id, 'handed_off', created_at, created_at FROM live.leads")
    return pd.DataFrame(rows, columns=["event_id", "lead_id", "event", "occurred_at", "recorded_at"])


def test_olist_tells_of_no_hand_over_so_nothing_is_said_of_prediction(shared):
    db = olist(shared, "olist_marketing_qualified_leads_dataset.csv")
    (found,) = prediction_figures(db, "definition_auc", Frame())
    assert (found.value, found.note, found.n) == (None, "no_data", 0)
    assert "nothing can be said yet" in score_sentence(found, "en")
    db.close()


def test_the_lead_status_of_zohos_sample_predicts_nothing_and_is_told_so(zoho):
    (found,) = prediction_figures(zoho, "definition_auc", Frame(), horizon=365)
    assert (found.extra["closed"], found.extra["won"]) == (3900, 507)
    assert (round(found.value, 3), round(found.low, 3), round(found.high, 3)) == (0.513, 0.490, 0.536)
    assert score_sentence(found, "en").startswith("In these data the score predicts nothing: in 51 of 100 pairs")


def test_no_criterion_of_zohos_sample_went_with_winning_beyond_chance(zoho):
    found = prediction_figures(zoho, "criterion_log_odds", Frame(), horizon=365)
    assert {each.by["criterion"]: each.note for each in found} == dict.fromkeys(("unfit", "ready"), "could_be_chance")
    ready = criterion_sentence(found[1], "ready", "en")
    assert "104 of 776, against 403 of 3124" in ready
    assert ready.endswith("Chance could do this.")
