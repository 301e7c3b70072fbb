"""The history of deals, a row a change: every stage that a deal came into, and its end, by the CRM's own clock."""

import pandas as pd

from leadalign.intake.frames import attribute_frame, json_text, together
from leadalign.intake.reading import Reading
from leadalign.intake.stages import deal_alone, stage_frame
from leadalign.intake.usual import usual

STAGE_FIELDS = ("stage", "stagename", "opportunity stage", "deal stage", "שלב")


def deal_history_records(reading: Reading) -> dict[str, pd.DataFrame]:
    """stages (opened, won, lost) and the attribute `deal_stage` of each deal, recorded when the CRM changed it."""
    reading.require("deal_id")
    reading.require("changed_at")
    _put_repetitions_aside(reading)
    deal_id, changed_at, stage = reading.text("deal_id"), reading.instant("changed_at"), _stage(reading)
    is_step = stage.notna() & reading.kept
    idle = reading.kept & ~is_step
    reading.findings.repair("edits_without_step", idle.index[idle], column=reading.places["changed_at"])
    return {
        "stages": together(_stages(reading, deal_id, changed_at, stage)),
        "attributes": together(
            [attribute_frame(reading, deal_alone(deal_id), "deal_stage", json_text(stage), changed_at, changed_at)]
        ),
    }


def _put_repetitions_aside(reading: Reading) -> None:
    same = reading.frame.duplicated() & reading.kept
    reading.findings.repair("duplicate_rows", reading.frame.index[same], away=True)
    reading.kept &= ~same


def _stage(reading: Reading) -> pd.Series:
    """The stage that a row leads to; missing where the row changes something else."""
    if "field" in reading.places:
        of_stage = reading.raw("field").str.casefold().isin(STAGE_FIELDS)
        after, before = reading.raw("value").where(of_stage), reading.raw("value_before").where(of_stage)
    else:
        after = reading.raw("stage")
        before = reading.raw("stage_before") if reading.has("stage_before") else _previous(reading, after)
    return after.where(after.ne(before).fillna(True).astype(bool))


def _previous(reading: Reading, stage: pd.Series) -> pd.Series:
    """The stage of the deal's row before, in the order of time, where the export does not tell it."""
    rows = pd.DataFrame({"deal": reading.text("deal_id"), "at": reading.instant("changed_at"), "stage": stage})
    return rows.sort_values("at", kind="stable").groupby("deal")["stage"].shift().reindex(stage.index)


def _stages(reading: Reading, deal_id: pd.Series, changed_at: pd.Series, stage: pd.Series) -> list[pd.DataFrame]:
    """The opening from the deal's first row, and the end from its last step, unless that one is open again."""
    opened, said = reading.instant("opened_at"), {"deal_id": deal_id} | _said(reading)
    alone, is_first = deal_alone(deal_id), _is_first(deal_id, reading.kept & opened.notna())
    ended, outcome = _last_steps(reading, deal_id, changed_at, stage), _outcome(reading, stage)
    frames = [stage_frame(reading, deal_id, alone, "opportunity", opened.where(is_first), deal_id=deal_id)]
    for name in ("won", "lost"):
        why = {"reason": reading.text("reason")} if name == "lost" and reading.has("reason") else {}
        when = ended.where(outcome.eq(name))
        frames.append(stage_frame(reading, deal_id, alone, name, when, **said, **why, recorded_at=changed_at))
    return frames


def _is_first(deal_id: pd.Series, rows: pd.Series) -> pd.Series:
    """The first of these rows that names each deal."""
    return rows & ~deal_id.where(rows).duplicated()


def _outcome(reading: Reading, stage: pd.Series) -> pd.Series:
    target = "value" if "field" in reading.places else "stage"
    return reading.meaning(
        target, usual("outcome") | reading.format.values.get(target, {}), only=stage.notna() & reading.kept
    )


def _last_steps(reading: Reading, deal_id: pd.Series, changed_at: pd.Series, stage: pd.Series) -> pd.Series:
    """When each deal came into the stage that it is in; of two steps in one minute the later row of the file."""
    steps = changed_at.where(stage.notna() & reading.kept)
    last = steps.where(steps.eq(steps.groupby(deal_id).transform("max")))
    return last.where(~deal_id.where(last.notna()).duplicated(keep="last"))


def _said(reading: Reading) -> dict[str, pd.Series]:
    said = {"owner_id": reading.text("owner_id")} if reading.has("owner_id") else {}
    if "amount" in reading.places:
        said |= {"amount": reading.amount("amount"), "currency": reading.currency("amount")}
    return said
