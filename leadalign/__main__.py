"""The command line: read and import exports, print figures, judge leads; the same numbers as the pages."""

import sys
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from leadalign import definition_commands, identity, intake, texts, uploads
from leadalign.delivery import Terms, bring_in, sentence, shown_name
from leadalign.demo import company
from leadalign.figures import Frame
from leadalign.ideal_lead.notices import all_as_signed, tampering_in_words
from leadalign.intake import Format
from leadalign.measure import viewpoint
from leadalign.named_figures import named_figures
from leadalign.opening import AsJson, DatabaseFile, opened
from leadalign.printed import figure_document, figure_line, import_line, judgement_document, put, read_line
from leadalign.problems import Refusal
from leadalign.settings import settings
from leadalign.store import Database, actor

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=texts.say("command_line.leadalign")
)
app.add_typer(definition_commands.commands, name="definition")
LOOKED_AT = {".csv", ".tsv", ".txt", ".json", ".xlsx", ".xls", ".zip"}


@app.command(help=texts.say("command_line.read"))
def read(files: list[Path], out: Path | None = None, as_json: AsJson = False) -> None:
    """Understands files without touching a database."""
    reports = []
    for path in files:
        found = uploads.understand(None, path.name, _content(path))
        reports.append(uploads.report(found))
        if out:
            out.mkdir(parents=True, exist_ok=True)
            found.frame.to_csv(out / f"{path.stem}.csv", index=False, lineterminator="\r\n")
    put(reports if len(reports) > 1 else reports[0], as_json, "\n".join(read_line(each) for each in reports))


@app.command("import", help=texts.say("command_line.import"))
def import_files(
    paths: list[Path], database: DatabaseFile = None, format: str | None = None, mapping: Path | None = None,
    at: str | None = None, actor_id: Annotated[str | None, typer.Option("--actor")] = None,
    gone: Annotated[bool, typer.Option("--gone", help=texts.say("command_line.gone"))] = False, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Takes files or folders into the database, in any order, one by one."""
    chosen, files = _format(format, mapping), _files(paths)
    with opened(database) as db:
        terms = Terms(actor(db, actor_id), chosen, _instant(at), gone)
        outcomes = [(path, bring_in(db, shown_name(path), partial(_content, path), terms)) for path in files]
        reports = [
            {**outcome.report, **_to_look_at(db, outcome.report), "path": str(path)} for path, outcome in outcomes
        ]
    lines = [import_line(report) for report in reports if "batch" in report]
    if as_json or lines:
        put(reports, as_json, "\n".join(lines))
    stayed_out = [(path, outcome.problem) for path, outcome in outcomes if outcome.problem]
    for _, problem in stayed_out:
        typer.echo(sentence(problem), err=True)
    beside = [path for path, problem in stayed_out if problem.code == "unknown_format" and path not in paths]
    if not lines or len(beside) < len(stayed_out):
        raise typer.Exit(1)


def _to_look_at(db: Database, report: dict[str, Any]) -> dict[str, Any]:
    """Leads of an upload that a person should look at: set aside, listed, proposed as duplicates."""
    return {"to_look_at": identity.told_of(db, report["batch"])} if "batch" in report else {}


@app.command(help=texts.say("command_line.undo"))
def undo(
    batch: str, database: DatabaseFile = None, actor_id: Annotated[str | None, typer.Option("--actor")] = None
) -> None:
    """Takes an upload out of every figure."""
    with opened(database) as db:
        again = uploads.take_out(db, actor(db, actor_id), batch)
        typer.echo(texts.say("command_line.undone", batch=batch, again=len(again)))


@app.command("figures", help=texts.say("command_line.figures"))
def print_figures(
    names: Annotated[list[str] | None, typer.Argument(metavar="METRIC")] = None,
    database: DatabaseFile = None,
    as_of: str | None = None,
    start: Annotated[str | None, typer.Option("--from")] = None,
    end: Annotated[str | None, typer.Option("--to")] = None,
    by: str = "",
    mode: str = "known",
    horizon: Annotated[int | None, typer.Option(help=texts.say("command_line.horizon"))] = None,
    as_json: AsJson = False,
) -> None:
    """Prints figures, each with part, whole and interval; the period is [from, to)."""
    frame = Frame(_instant(as_of), mode, _day(start), _day(end))
    sliced = tuple(column.strip() for column in by.split(",") if column.strip())
    with opened(database) as db:
        found = named_figures(db, names or (), frame, sliced, horizon)
    put([figure_document(each) for each in found], as_json, "\n".join(map(figure_line, found)))


@app.command(help=texts.say("command_line.judge"))
def judge(
    leads: list[str], at: str | None = None, mode: str = "known", database: DatabaseFile = None, as_json: AsJson = False
) -> None:
    """Judges leads as of an instant and explains the answer."""
    with opened(database) as db:
        instant = _instant(at) or viewpoint(db, Frame()).as_of
        found = [judgement_document(db, lead, instant, mode) for lead in leads]
    put(
        found,
        as_json,
        "\n".join(f"{each['lead']}  {each['route'] or texts.say('command_line.not_yet')}" for each in found),
    )


@app.command("demo", help=texts.say("command_line.demo"))
def write_demo(
    out: Annotated[Path, typer.Option("--out")], seed: int = 7, leads: int = 1500, until: str | None = None
) -> None:
    """Writes the demo company's exports."""
    for path in company.write_demo(out, seed=seed, leads=leads, until=_day(until) or _yesterday()):
        typer.echo(path)


@app.command(help=texts.say("command_line.check"))
def check(database: DatabaseFile = None, as_json: AsJson = False) -> None:
    """Says whether the database opens and what it holds."""
    with opened(database) as db:
        counts = {
            table: db.rows(f"SELECT count(*) FROM live.{table}")[0][0]
            for table in ("leads", "activities", "stage_events", "ratings", "batches")
        }
        known_to = db.changed_at.isoformat() if db.changed_at else None
        tampered = [tampering_in_words(each, "en") for each in db.tampered]
        document = {"database": str(db.path), "rows": counts, "known_to": known_to, "tampered": tampered}
        lines = [*(f"{name}: {count}" for name, count in counts.items()), *(tampered or [all_as_signed("en")])]
        put(document, as_json, "\n".join(lines))
    if tampered:
        raise typer.Exit(1)


def _yesterday() -> date:
    """The last day that is whole, in the company's zone."""
    return datetime.now(ZoneInfo(settings().zone)).date() - timedelta(days=1)


def _files(paths: list[Path]) -> list[Path]:
    """The exports at these paths; what is no export in a folder, and folders within it, are left alone, with a word."""
    found: list[Path] = []
    for path in paths:
        for other in sorted(path.iterdir()) if path.is_dir() else [path]:
            if path.is_dir() and not _looks_like_export(other):
                key = "left_folder" if other.is_dir() else "left_alone"
                typer.echo(texts.say(f"command_line.{key}", file=shown_name(other)), err=True)
            else:
                found.append(other)
    if not found:
        raise Refusal("nothing_to_import", path=str(paths[0]))
    return found


def _looks_like_export(path: Path) -> bool:
    return path.suffix.lower() in LOOKED_AT and path.is_file() and not path.name.startswith((".", "~$"))


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise Refusal("no_such_file", path=str(path))
    try:
        return path.read_bytes()
    except OSError as problem:
        raise Refusal("file_not_readable", path=str(path), reason=problem.strerror or "?") from problem


def _format(name: str | None, mapping: Path | None) -> Format | None:
    """The format asked for by name or by a mapping file; None lets each file say."""
    if mapping:
        return Format.from_toml(_content(mapping).decode("utf-8"))
    if name is None:
        return None
    known = {each.name: each for each in intake.formats()}
    if name not in known:
        raise Refusal("no_such_format", name=name, hint=", ".join(sorted(known)))
    return known[name]


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as problem:
        raise Refusal("not_an_instant", text=text) from problem
    if found.tzinfo is None:
        raise Refusal("not_an_instant", text=text)
    return found


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as problem:
        raise Refusal("not_a_day", text=text) from problem


def main() -> None:
    """Runs the command line; a problem that a person can mend is one sentence and exit 1."""
    try:
        app()
    except Refusal as refusal:
        typer.echo(sentence(refusal.problem), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
