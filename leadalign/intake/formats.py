"""The known export formats, each a .toml: what it is recognised by, which column goes where, what its values mean."""

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from leadalign.intake.choices import Choices, chosen
from leadalign.intake.targets import FIELDS
from leadalign.intake.typing import same_header
from leadalign.problems import Refusal

GUID = r"\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?"
FOLDER = Path(__file__).parent / "formats"
Spellings = str | tuple[str, ...]
"""A column's header, or the headers that it has in different exports."""


class Readiness(BaseModel):
    """How a CRM's words say whether a lead is ready: by status or stage now, and by the dated columns of its story."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: dict[str, Literal["ready", "unready", "unfit", "unsaid"]] = {}
    stage: dict[str, Literal["ready", "unready", "unfit", "unsaid"]] = {}
    dated: dict[Literal["ready", "unready", "unfit"], tuple[str, ...]] = {}


class Format(BaseModel):
    """One export format, built in or saved by a person; a wrong key is an error when it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    kind: str
    system: str
    recognised_by: tuple[Spellings, ...] = Field(min_length=1)
    never_with: tuple[str, ...] = ()
    columns: dict[str, Spellings] = {}
    attributes: dict[str, Spellings] = {}
    ignored: tuple[str, ...] = ()
    constants: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    events: dict[str, Spellings] = {}
    readiness: Readiness = Readiness()
    done: dict[str, tuple[str, ...]] = {}
    units: dict[str, Literal["milliseconds", "seconds", "minutes", "hours", "clock"]] = {}
    type_by_filled: dict[str, tuple[str, ...]] = {}
    stage_dates: tuple[str, ...] = ()
    pipelines: tuple[str, ...] = ()
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    date_orders: dict[str, Literal["dmy", "mdy", "ymd"]] = {}
    decimal: Literal["point", "comma"] | None = None
    decimals: dict[str, Literal["point", "comma"]] = {}
    encoding: str | None = None
    sheet: str | None = None
    table: int | None = None
    zone: str | None = None
    spaces: tuple[str, ...] = ()
    blanks: dict[str, tuple[str, ...]] = {}
    long_ids: tuple[str, ...] = ()
    id_prefix: str | None = None
    counted_ids: bool = False
    guid: str | None = None
    fill: tuple[str, ...] = ()
    made_from: tuple[str, ...] = ()
    spills: bool = False
    hides_lost: bool = False
    attributes_dated_by: str | None = None
    missing: Literal["still_there", "gone"] | None = None
    """What a person said of the records that one file of this export lacks."""

    @model_validator(mode="after")
    def _targets_exist(self) -> Self:
        if self.kind not in FIELDS:
            raise ValueError(f"no kind {self.kind!r}; there are {', '.join(FIELDS)}")
        known = {field.name for field in FIELDS[self.kind]}
        unknown = (set(self.columns) | set(self.constants)) - known
        if unknown:
            raise ValueError(f"{self.kind} has no column {', '.join(sorted(unknown))}")
        return self

    @classmethod
    def from_toml(cls, text: str, name: str | None = None) -> "Format":
        """A format from its .toml text; `name` is used where the text gives none."""
        try:
            data: dict[str, Any] = tomllib.loads(text)
            return cls.model_validate({"name": name, **data} if name else data)
        except (tomllib.TOMLDecodeError, ValidationError) as fault:
            raise Refusal("format_unreadable", format=name or "", reason=str(fault).splitlines()[0]) from fault

    def to_toml(self) -> str:
        """The format as .toml text that `from_toml` reads back to an equal format."""
        data = self.model_dump(exclude_defaults=True, mode="json")
        return "\n".join(_toml_lines(data)) + "\n"

    def claims(self, header: Sequence[str]) -> int:
        """How many recognised columns this header has: all of them, or 0 for a file of another format."""
        there = {same_header(cell) for cell in header}
        if any(same_header(column) in there for column in self.never_with):
            return 0
        wanted = [{same_header(one) for one in spellings(column)} for column in self.recognised_by]
        return len(wanted) if all(one & there for one in wanted) else 0

    def places(self, header: Sequence[str]) -> dict[str, str]:
        """Each of our columns that this header fills, with the header cell that fills it."""
        return _places(self.columns, header)

    def fitted(self, frame: pd.DataFrame) -> "Format":
        """This format with the column that holds its IDs found by their shape, where the export names it otherwise."""
        if self.guid is None or self.guid in self.places(list(frame.columns)):
            return self
        own = next((column for column in frame.columns if _all_guids(frame[column])), None)
        found = {**self.columns, self.guid: (*spellings(self.columns.get(self.guid, ())), str(own))}
        return self if own is None else self.model_copy(update={"columns": found})

    def needs(self) -> tuple[str, ...]:
        """Our columns that every record of this format must have, and that it does not bring itself."""
        key = () if self.kind != "leads" or self.made_from else ("lead_id",)
        needed = (*key, *(field.name for field in FIELDS[self.kind] if field.required))
        return tuple(name for name in needed if name not in self.constants)

    def choices(self) -> Choices:
        """The choices about its file that the format carries."""
        return Choices(self.encoding, self.sheet, self.table)

    def choosing(self, choices: Choices) -> "Format":
        """The format with just these choices, so that the same file read by it again says the same."""
        return self.model_copy(update={"encoding": choices.encoding, "sheet": choices.sheet, "table": choices.table})

    def answered(self, question: str, column: str | None, choice: str) -> "Format":
        """This format with a person's answer to a question of intake."""
        if question in ("date_order", "date_orders_mixed") and column:
            return self.model_copy(update={"date_orders": {**self.date_orders, column: choice}})
        if question == "decimal_mark" and column:
            return self.model_copy(update={"decimals": {**self.decimals, column: choice}})
        if question in ("leads_missing", "deals_missing"):
            return self.model_copy(update={"missing": choice})
        if question == "other_pipelines":
            return self.model_copy(update={"pipelines": (choice,)})
        return self.model_copy(update=chosen(question, choice))

    def taught(self, column: str, meanings: Mapping[str, str]) -> "Format":
        """This format with the meaning that a person gave to values of a status, stage or type column."""
        target = next((name for name, cell in self.places([column]).items() if cell == column), None)
        if target is None:
            return self
        if self.kind == "leads" and target in ("status", "stage"):
            known = self.readiness.model_dump()
            known[target] |= meanings
            return self.model_copy(update={"readiness": Readiness.model_validate(known)})
        values = {**self.values, target: {**self.values.get(target, {}), **meanings}}
        return self.model_copy(update={"values": values})


def spellings(column: Spellings) -> tuple[str, ...]:
    """The headers that a column can have."""
    return (column,) if isinstance(column, str) else column


def _all_guids(cells: pd.Series) -> bool:
    seen = cells.dropna().head(100).str.strip()
    return len(seen) > 0 and bool(seen.str.fullmatch(GUID).all())


def _places(columns: dict[str, Spellings], header: Sequence[str]) -> dict[str, str]:
    there: dict[str, str] = {}
    for cell in header:
        there.setdefault(same_header(cell), cell)
    found = {}
    for target, column in columns.items():
        cells = [there[same_header(one)] for one in spellings(column) if same_header(one) in there]
        if cells:
            found[target] = cells[0]
    return found


def find_columns(columns: dict[str, Spellings], header: Sequence[str]) -> dict[str, str]:
    """Each name whose column this header has, with the header cell."""
    return _places(columns, header)


@cache
def formats() -> tuple[Format, ...]:
    """The formats that leadalign knows, in the order of their files' names."""
    paths = sorted(FOLDER.glob("*.toml"))
    return tuple(Format.from_toml(path.read_text(encoding="utf-8"), path.stem) for path in paths)


def recognise(header: Sequence[str], extra: Iterable[Format] = ()) -> Format | None:
    """The format that claims this header, a saved one before a built-in one; None where no or several formats do."""
    claiming = claimants(header, extra)
    return claiming[0] if len(claiming) == 1 else None


def claimants(header: Sequence[str], extra: Iterable[Format] = ()) -> tuple[Format, ...]:
    """The formats that claim this header: the mapping that people saved last, else the built-in with the most columns.

    Several only of the built-in ones, where nothing but a person can tell which it is.
    """
    saved = next((one for one in tuple(extra)[::-1] if one.claims(header)), None)
    if saved:
        return (saved,)
    claims = [(one.claims(header), one) for one in formats()]
    best = max((count for count, _ in claims), default=0)
    return tuple(one for count, one in claims if count == best) if best else ()


def built_in(name: str) -> Format:
    """The format of this name that leadalign brings; KeyError where there is none."""
    return {one.name: one for one in formats()}[name]


def _toml_lines(data: dict[str, Any], path: str = "") -> list[str]:
    """Plain entries first, then one table for each nested block."""
    plain = {key: value for key, value in data.items() if not isinstance(value, dict)}
    nested = {key: value for key, value in data.items() if isinstance(value, dict)}
    lines = [f"{_toml_key(key)} = {json.dumps(value, ensure_ascii=False)}" for key, value in plain.items()]
    for key, value in nested.items():
        inner = f"{path}.{_toml_key(key)}" if path else _toml_key(key)
        lines += ["", f"[{inner}]", *_toml_lines(value, inner)]
    return lines


def _toml_key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else json.dumps(key, ensure_ascii=False)
