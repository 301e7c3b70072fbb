"""What was understood of one file: how it is written, what it is, its records, repairs, refusals, questions."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath

import pandas as pd

import leadalign.intake.bulk as bulk
from leadalign.intake.archive import is_zip, unpack
from leadalign.intake.choices import Choices
from leadalign.intake.columns import text_frame
from leadalign.intake.decode import Decoded, decode, decode_as
from leadalign.intake.definition import read_definition
from leadalign.intake.doubts import without_doubts
from leadalign.intake.findings import Column, Findings, Question, RefusedRow, Repair
from leadalign.intake.formats import Format, built_in, claimants, spellings
from leadalign.intake.header import Table
from leadalign.intake.leads import attribute_columns
from leadalign.intake.letters import ask_about_letters
from leadalign.intake.mixed import ask_mixed
from leadalign.intake.progress import Progress, unwatched
from leadalign.intake.reading import Reading
from leadalign.intake.records import build_records
from leadalign.intake.spreadsheet import is_spreadsheet, read_spreadsheet
from leadalign.intake.table import Rows
from leadalign.intake.turned import ask_about_neighbours, blank_places
from leadalign.intake.typing import INVISIBLE, kind_of
from leadalign.problems import Refusal
from leadalign.settings import Settings

PREVIEW_ROWS = 20
LONGEST_NAME = 120


@dataclass
class Understanding:
    """One file as it was understood; `format` is None where a person must say what its columns are."""

    file: str
    sha256: str
    encoding: str
    delimiter: str = ","
    quote: str = '"'
    header_row: int = 1
    header: list[str] = field(default_factory=list)
    rows: int = 0
    rows_in_file: int = 0
    format: Format | None = None
    kind: str | None = None
    preview: list[list[str]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    records: dict[str, pd.DataFrame] = field(default_factory=dict)
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    """The rows as text, indexed by their line in the file: what `read --out` writes."""

    @property
    def rows_away(self) -> int:
        """Rows that repairs took out of the table; with `rows` and the refused ones they make `rows_in_file`."""
        return sum(repair.count for repair in self.repairs if repair.away)

    @property
    def blocked(self) -> bool:
        """Whether a question must be answered before anything of the file can be taken."""
        return any(question.blocks for question in self.questions)


def understand(
    name: str, content: bytes, *, format: Format | None = None, extra_formats: Iterable[Format] = (),
    settings: Settings, progress: Progress | None = None, choices: Choices | None = None,
) -> Understanding:  # fmt: skip
    """What a file says, by `format` or the format that knows its header; raises Refusal for unusable files."""
    choices = (choices or Choices()).over(format.choices() if format else Choices())
    progress = progress or unwatched
    progress("decoding", 0, None)
    file = _plain_name(name)
    sha256, findings = hashlib.sha256(content).hexdigest(), Findings()
    known = tuple(extra_formats) if format is None else (format,)
    _tell_other_name(file, content, findings)
    content = unpack(file, content, findings)

    def knows(header: list[str]) -> bool:
        return bool(claimants(header, known))

    if is_spreadsheet(content):
        decoded = Decoded("", "XLSX" if is_zip(content) else "XLS")
        rows = read_spreadsheet(file, content, knows, findings, choices)
        parts = bulk.tabled(rows, knows, findings, choices.table or 1)
    else:
        decoded = _decoded(file, content, choices)
        if decoded.text.lstrip().startswith("{"):
            return _definition(file, sha256, decoded, settings.zone)
        parts = bulk.split(file, decoded.text, knows, findings, choices.table or 1, progress)
    _refuse_without_rows(file, parts.table, findings)
    ask_about_letters(decoded.text, decoded.encoding, decoded.proven, decoded.other_lines, findings)
    frame = without_doubts(text_frame(parts, findings), decoded.text, parts.rows.dialect.delimiter, findings)
    ask_about_neighbours(parts.table.header, blank_places(parts.table.header, frame), findings)
    found = Understanding(
        file, sha256, decoded.encoding, parts.rows.dialect.delimiter, parts.rows.dialect.quote, parts.table.line,
        list(frame.columns), rows_in_file=parts.in_file - (1 if parts.table.line else 0), preview=_preview(parts.rows),
        frame=frame,
    )  # fmt: skip
    format = format or _recognised(frame, known, choices, findings)
    _take_in(found, format.fitted(frame).choosing(choices) if format else None, findings, settings, progress)
    return found


def _recognised(frame: pd.DataFrame, known: tuple[Format, ...], choices: Choices, findings: Findings) -> Format | None:
    """The format that knows this header; where several do, the one that a person chose, and a question before that."""
    if choices.format:
        return built_in(choices.format)
    claiming = claimants(list(frame.columns), known)
    if len(claiming) > 1:
        findings.ask("which_format", choices=[one.name for one in claiming], blocks=True, count=len(claiming))
        return None
    if claiming and (missing := _missing(claiming[0].fitted(frame), list(frame.columns))):
        findings.ask("needed_column_missing", blocks=True, format=claiming[0].name, columns=", ".join(missing))
        return None
    _tell_other_mappings(claiming, known, list(frame.columns), findings)
    return claiming[0] if claiming else None


def _tell_other_mappings(
    claiming: tuple[Format, ...], known: tuple[Format, ...], header: list[str], findings: Findings
) -> None:
    """Of several saved mappings that fit, the one saved last is used, and that is said."""
    others = [one.name for one in known if one.claims(header) and one not in claiming]
    if claiming and others:
        findings.ask("other_mappings_fit", mapping=claiming[0].name, others=", ".join(others), count=len(others))


def _missing(format: Format, header: list[str]) -> list[str]:
    """The columns that every record of this format needs and that this header lacks, as the export calls them."""
    places = format.places(header)
    return [spellings(format.columns.get(one, one))[0] for one in format.needs() if one not in places]


def _plain_name(name: str) -> str:
    """A file's name without folders, controls and marks that turn words around, and no longer than a line."""
    last = "".join(sign for sign in name.replace("\\", "/").rpartition("/")[2] if sign.isprintable())
    return INVISIBLE.sub("", last)[:LONGEST_NAME] or "file"


def _tell_other_name(file: str, content: bytes, findings: Findings) -> None:
    """A text named .xlsx, or a spreadsheet named .csv, is read as what it is, and that is told."""
    suffix = PurePath(file).suffix.lower()
    if suffix in ((".csv", ".tsv", ".txt", ".json") if is_spreadsheet(content) else (".xlsx", ".xls", ".zip")):
        findings.repair("named_otherwise", (), count=1)


def _decoded(file: str, content: bytes, choices: Choices) -> Decoded:
    if choices.encoding is None:
        return decode(file, content)
    return decode_as(content, choices.encoding)


def _refuse_without_rows(file: str, table: Table, findings: Findings) -> None:
    if not table.header:
        raise Refusal("empty_file", file=file)
    if not table.rows and not findings.refused:
        raise Refusal("no_rows", file=file, columns=len(table.header))


def _preview(rows: Rows) -> list[list[str]]:
    return [row.cells for row in rows.rows[:PREVIEW_ROWS]]


def _take_in(
    found: Understanding, format: Format | None, findings: Findings, settings: Settings, progress: Progress
) -> None:
    """Fills in what the format makes of the rows; without a format they are rows that wait for a mapping."""
    rows, targets = len(found.frame), {}
    if format is not None:
        _refuse_without_columns(found, format)
        reading = Reading(found.frame, format, findings, settings, progress)
        found.records = build_records(reading)
        found.format, found.kind, rows = format, format.kind, int(reading.kept.sum())
        targets = _targets(reading)
    progress("columns", rows, rows)
    ask_mixed(found.frame, targets, findings)
    found.rows, found.columns = rows, _columns(found.frame, targets)
    found.repairs, found.questions = findings.repairs, findings.questions
    found.refused = sorted(findings.refused, key=lambda row: row.line)


def _refuse_without_columns(found: Understanding, format: Format) -> None:
    """A chosen format that does not fit the file is one sentence, not a refusal of every row."""
    missing = _missing(format, found.header)
    if missing:
        raise Refusal("columns_missing", file=found.file, format=format.name, columns=", ".join(missing))


def _targets(reading: Reading) -> dict[str, str]:
    """For each column of the file what it fills: one of our columns, a step of the story, or `attributes.<name>`."""
    targets = {}
    if reading.format.kind == "leads":
        targets = {column: f"attributes.{name}" for name, column in attribute_columns(reading).items()}
    elif reading.format.kind == "deals":
        targets = {column: f"attributes.deal_{name}" for name, column in attribute_columns(reading).items()}
    targets |= {column: f"stages.{event}" for event, column in reading.named(dict(reading.format.events)).items()}
    return targets | {column: target for target, column in reading.places.items()}


def _columns(frame: pd.DataFrame, targets: dict[str, str]) -> list[Column]:
    return [
        Column(name, targets.get(name), kind_of(frame[name]), int(frame[name].notna().sum())) for name in frame.columns
    ]


def _definition(file: str, sha256: str, decoded: Decoded, zone: str) -> Understanding:
    frame = read_definition(file, decoded.text, zone)
    found = Understanding(file, sha256, decoded.encoding, kind="definition", rows=1, rows_in_file=1)
    found.header, found.records = list(frame.columns), {"definitions": frame}
    return found


def first_rows(found: Understanding, count: int = PREVIEW_ROWS) -> list[list[str]]:
    """The first rows of the table below its header, as text."""
    return found.frame.head(count).astype("object").fillna("").to_numpy().tolist()
