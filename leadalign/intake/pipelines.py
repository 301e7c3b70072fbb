"""Deals of several pipelines in one file: one pipeline counts, the others are listed with their numbers and asked."""

import pandas as pd

from leadalign.intake.reading import Reading

ALL = "all_pipelines"
STAGE_AND_PIPELINE = r"^(?P<stage>.+?)\s*\((?P<pipeline>[^()]+)\)$"


def keep_main_pipeline(reading: Reading) -> None:
    """Refuses the deals of every other pipeline than the chosen one, or than the largest while nobody chose."""
    pipeline = _pipelines(reading)
    sizes = pipeline[reading.kept].value_counts()
    chosen = next(iter(reading.format.pipelines), None)
    if len(sizes) < 2 or chosen == ALL:
        return
    main = chosen if chosen and chosen in sizes.index else str(sizes.index[0])
    others = pipeline.notna() & pipeline.ne(main)
    if chosen is None:
        names = ", ".join(f"{name}: {count}" for name, count in sizes.items() if name != main)
        lines = [int(line) for line in others.index[others & reading.kept][:100]]
        reading.findings.ask(
            "other_pipelines", _column(reading), choices=(*map(str, sizes.index), ALL),
            main=main, names=names, count=int((others & reading.kept).sum()), lines=lines,
        )  # fmt: skip
    reading.refuse(others, "other_pipeline", lambda line: {"pipeline": str(pipeline[line]), "main": main})


def _pipelines(reading: Reading) -> pd.Series:
    """Each deal's pipeline, from its own column or from behind the stage: `Proposal (Sales Pipeline)`."""
    behind = _part_stage(reading)
    return behind if "pipeline" not in reading.places else reading.raw("pipeline")


def _part_stage(reading: Reading) -> pd.Series:
    """Leaves the stage alone in its column where every stage has its pipeline behind it; gives the pipelines."""
    if "stage" not in reading.places:
        return pd.Series(None, index=reading.frame.index, dtype="object")
    stage = reading.raw("stage")
    parts = stage.str.extract(STAGE_AND_PIPELINE)
    if not _all_parted(reading, stage, parts):
        return pd.Series(None, index=reading.frame.index, dtype="object")
    reading.frame = reading.frame.assign(**{reading.places["stage"]: parts["stage"].where(stage.notna(), stage)})
    return parts["pipeline"]


def _all_parted(reading: Reading, stage: pd.Series, parts: pd.DataFrame) -> bool:
    """Whether the words in brackets are pipelines: behind every stage, and where there is a column, its own words."""
    if stage.isna().all() or parts["pipeline"][stage.notna()].isna().any():
        return False
    if "pipeline" in reading.places:
        return bool((parts["pipeline"] == reading.raw("pipeline"))[stage.notna()].all())
    return parts["pipeline"].nunique() < parts["stage"].nunique() or parts["pipeline"].nunique() == 1


def _column(reading: Reading) -> str:
    return reading.places.get("pipeline", reading.places.get("stage", "pipeline"))
