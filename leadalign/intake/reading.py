"""The columns of one file as typed series, by the format; what cannot be read is refused or asked on the way."""

from collections.abc import Callable
from functools import cached_property
from itertools import islice

import pandas as pd

from leadalign.intake.amounts import read_amounts, read_flags, read_minutes, unit_of
from leadalign.intake.dates import Dates, read_dates
from leadalign.intake.findings import Findings
from leadalign.intake.formats import Format, find_columns, spellings
from leadalign.intake.patterns import matches
from leadalign.intake.progress import Progress, unwatched
from leadalign.intake.targets import FIELDS
from leadalign.intake.typing import clean_key, clean_text, long_salesforce_id, meant
from leadalign.settings import Settings

ALLOWED_EXAMPLES = 5
READINESS = ("ready", "unready", "unfit", "unsaid")


class Reading:
    """A file's rows (a frame of text, indexed by line number) seen through a format."""

    def __init__(
        self,
        frame: pd.DataFrame,
        format: Format,
        findings: Findings,
        settings: Settings,
        progress: Progress = unwatched,
    ):
        self.frame, self.format, self.findings, self.settings = frame, format, findings, settings
        self.places = format.places(list(frame.columns))
        self.kept = pd.Series(True, index=frame.index)
        self.blocked = False
        self._progress, self._read = progress, set[str]()
        self._dates: dict[str, Dates] = {}
        self._raw: dict[tuple[str, str], tuple[pd.DataFrame, pd.Series]] = {}

    @cached_property
    def fields(self) -> dict[str, str]:
        """The type of each of our columns."""
        return {field.name: field.type for field in FIELDS[self.format.kind]}

    def has(self, target: str) -> bool:
        """Whether the file or the format fills this column."""
        return target in self.places or target in self.format.constants

    def refuse(self, wrong: pd.Series, reason: str, details: Callable[[int], dict[str, object]] | None = None) -> None:
        """Takes these rows out of the records, each noted with its line."""
        lines = [int(line) for line in wrong.index[wrong & self.kept]]
        if not lines:
            return
        cells = self.frame.loc[lines].astype("object").fillna("").to_numpy().tolist()
        for line, said in zip(lines, cells, strict=True):
            self.findings.refuse(line, reason, said, **(details(line) if details else {}))
        self.kept.loc[lines] = False

    def require(self, target: str) -> None:
        """Refuses the rows in which a column that every record needs is blank or unreadable."""
        raw, value = self.raw(target), self.value(target)
        if self.blocked:
            return
        column = self.places.get(target, target)
        self.refuse(raw.isna(), "cell_missing", lambda _: {"column": column})
        self.refuse(raw.notna() & value.isna(), "cell_unreadable", lambda line: {"column": column, "value": raw[line]})

    def raw(self, target: str) -> pd.Series:
        """The text of one of our columns as the file has it, stripped; missing where blank or a word for blank."""
        if target not in self.places:
            return self._constant(target)
        if target in self.format.fill:
            return self._first_filled([clean_text(self.frame[one]) for one in self._own_columns(target)])
        column = self.places[target]
        frame, text = self._raw.get((target, column), (None, None))
        if text is None or frame is not self.frame:
            text = self._cleaned(target, column)
            self._raw[target, column] = (self.frame, text)
        return text

    def _cleaned(self, target: str, column: str) -> pd.Series:
        """The column's text as one of ours: without marks and words for blank."""
        self._tell_progress(column)
        is_key = self.fields.get(target) == "key"
        text = (clean_key if is_key else clean_text)(self.frame[column])
        if is_key and self.format.id_prefix:
            text = text.str.removeprefix(self.format.id_prefix)
        if is_key and self.format.counted_ids:  # two CRMs that count from 1 must not meet in one lead
            text = text.where(~matches(text, r"\d+$"), f"{self.format.system}-" + text)
        if target in self.format.blanks:
            text = text.where(~text.isin(self.format.blanks[target]))
        return text

    def _own_columns(self, target: str) -> list[str]:
        """All columns of the file that can fill one of ours, in the order in which the format names them."""
        return list(self.named({name: name for name in spellings(self.format.columns[target])}).values())

    def _first_filled(self, columns: list[pd.Series]) -> pd.Series:
        """Row by row the first of these that says something."""
        found = columns[0]
        for column in columns[1:]:
            found = found.where(found.notna(), column)
        return found

    def _constant(self, target: str) -> pd.Series:
        return pd.Series(self.format.constants.get(target), index=self.frame.index, dtype="str")

    def value(self, target: str) -> pd.Series:
        """One of our columns, typed."""
        kind = self.fields[target]
        if kind in ("instant", "month"):
            return self.instant(target)
        if kind in ("amount", "whole"):
            return self.amount(target)
        if kind == "minutes":
            return self.minutes(target)
        return self.flag(target) if kind == "flag" else self.text(target)

    def text(self, target: str) -> pd.Series:
        """A text or key column: spaces normalised where the format says so, values mapped, ids made long."""
        text = self.raw(target)
        if target in self.format.spaces:
            text = self._spaced(target, text)
        if target in self.format.long_ids:
            text = long_salesforce_id(text)
        return self._mapped(target, text) if target in self.format.values else text

    def _spaced(self, target: str, text: pd.Series) -> pd.Series:
        touched = text.str.contains("_", regex=False).fillna(False).astype(bool)
        self._repair_once("underscores_to_spaces", text.index[touched], target)
        return text.str.replace("_", " ", regex=False)

    def _mapped(self, target: str, text: pd.Series) -> pd.Series:
        mapped = meant(text, self.format.values[target])
        return mapped.where(mapped.notna(), text)

    def meaning(
        self, target: str, meanings: dict[str, str], *, ask: bool = True, only: pd.Series | None = None
    ) -> pd.Series:
        """What a column's values mean by a value map; values that the map lacks are asked once, with counts."""
        text = self.raw(target) if only is None else self.raw(target).where(only)
        found = meant(text, meanings)
        strange = text[text.notna() & found.isna() & self.kept]
        if ask and len(strange):
            counts = {str(value): int(count) for value, count in strange.value_counts().items()}
            self.findings.ask(
                "unknown_value", self.places.get(target, target),
                choices=tuple(dict.fromkeys(meanings.values())) or READINESS, values=counts, count=len(strange),
                lines=[int(line) for line in strange.index[:100]],
            )  # fmt: skip
        return found

    def instant(self, target: str) -> pd.Series:
        """A column of dates as UTC instants."""
        if target not in self.places:
            return pd.Series(pd.NaT, index=self.frame.index, dtype="datetime64[us, UTC]")
        if target in self.format.fill:
            return self._first_filled([self.instant_of(one) for one in self._own_columns(target)])
        return self.instant_of(self.places[target], required=self._required(target))

    def _required(self, target: str) -> bool:
        return any(field.name == target and field.required for field in FIELDS[self.format.kind])

    def instant_of(self, column: str, *, required: bool = False) -> pd.Series:
        """A column of the file as UTC instants; an open order of day and month is a question and nothing is guessed."""
        if column not in self._dates:
            self._tell_progress(column)
            order = self.format.date_orders.get(column, self.format.date_order)
            dates = read_dates(self.frame[column], self.format.zone or self.settings.zone, order)
            self._dates[column] = dates
            self._tell_dates(column, dates, required)
        return self._dates[column].instants

    def _tell_dates(self, column: str, dates: Dates, required: bool) -> None:
        for note, cells in dates.notes.items():
            self._repair_once(note, cells.index, column)
        if dates.open:
            mixed = not dates.possible
            code = "date_orders_mixed" if mixed else "date_order"
            cells = self.frame[column][dates.unreadable]
            self.findings.ask(
                code, column, choices=dates.possible or ("dmy", "mdy"), blocks=required or not mixed,
                count=len(cells), examples=list(islice(cells.unique(), ALLOWED_EXAMPLES)),
            )  # fmt: skip
            self.blocked = self.blocked or required or not mixed
        elif not required:
            self._tell_unreadable(column, dates.unreadable)

    def _tell_unreadable(self, column: str, unreadable: pd.Series) -> None:
        cells = self.frame[column][unreadable]
        if len(cells):
            lines = [int(line) for line in cells.index[:100]]
            examples = list(islice(cells.unique(), ALLOWED_EXAMPLES))
            self.findings.ask("unreadable_values", column, count=len(cells), examples=examples, lines=lines)

    def amount(self, target: str) -> pd.Series:
        """A column of numbers or money."""
        if target not in self.places:
            return pd.Series(float("nan"), index=self.frame.index)
        column = self.places[target]
        found = read_amounts(self.raw(target), self.format.decimals.get(column, self.format.decimal))
        if found.open:
            examples = list(islice(self.frame[column].dropna().unique(), ALLOWED_EXAMPLES))
            self.findings.ask("decimal_mark", column, choices=("point", "comma"), blocks=True, examples=examples)
            self.blocked = True
        elif not self._required(target):
            self._tell_unreadable(column, found.unreadable)
        return found.numbers

    def currency(self, target: str) -> pd.Series:
        """The currency of each amount: its own column, else the symbol beside the number, else missing."""
        own = self.text("currency") if self.has("currency") else self._constant("currency")
        symbols = read_amounts(self.raw(target)).currency if target in self.places else own
        return own.astype("object").where(own.notna(), symbols)

    def minutes(self, target: str) -> pd.Series:
        """A column of durations as minutes, by the unit of the format or of the header."""
        if target not in self.places:
            return pd.Series(float("nan"), index=self.frame.index)
        column = self.places[target]
        minutes, unreadable = read_minutes(self.raw(target), self.format.units.get(target) or unit_of(column))
        self._tell_unreadable(column, unreadable)
        return minutes

    def flag(self, target: str) -> pd.Series:
        """A yes/no column."""
        flags, unreadable = read_flags(self.raw(target))
        if target in self.places:
            self._tell_unreadable(self.places[target], unreadable)
        return flags

    def named(self, columns: dict[str, str | tuple[str, ...]]) -> dict[str, str]:
        """The file's columns for these names."""
        return find_columns(columns, list(self.frame.columns))

    def _tell_progress(self, column: str) -> None:
        """A column that is looked at for the first time is a step forward: so many of all the cells, told in rows."""
        if column not in self._read:
            self._read.add(column)
            rows = len(self.frame)
            self._progress("columns", rows * (len(self._read) - 1) // max(len(self.places), 1), rows)

    def _repair_once(self, rule: str, lines: pd.Index, column: str) -> None:
        if not any(repair.rule == rule and repair.column == column for repair in self.findings.repairs):
            self.findings.repair(rule, [int(line) for line in lines], column=column)
