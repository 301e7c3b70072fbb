"""The written definition on the command line: show it, compare versions, export and import."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from leadalign import texts
from leadalign.ideal_lead import difference, paper, wording
from leadalign.ideal_lead.definition import DIMENSIONS
from leadalign.ideal_lead.versions import Version, document, import_draft, version, versions
from leadalign.opening import ActorId, AsJson, DatabaseFile, opened
from leadalign.printed import put
from leadalign.problems import Refusal
from leadalign.store import Database, actor, definition_draft, definition_drafts, people
from leadalign.texts import say

commands = typer.Typer(no_args_is_help=True, help=texts.say("command_line.definition"))
Language = Annotated[str, typer.Option("--language", help=texts.say("command_line.language"))]


@commands.command(help=texts.say("command_line.definition_show"))
def show(
    number: Annotated[int | None, typer.Argument(metavar="[VERSION]")] = None, language: Language = "en",
    database: DatabaseFile = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """The version in force, or the one asked for; below it all versions and drafts with their states."""
    _refuse_language(language)
    with opened(database) as db:
        found = version(db, number) if number is not None or versions(db) else None
        listed = [_state(each) for each in versions(db)]
        drafts = [
            {"draft": each.draft_id, "state": each.state, "version": each.version, "sha256": each.sha256}
            for each in definition_drafts(db) if each.state != "signed"
        ]  # fmt: skip
    told = {"version": _told(found, language) if found else None, "versions": listed, "drafts": drafts}
    put(told, as_json, "\n".join(_lines(found, listed, drafts, language)))


@commands.command(help=texts.say("command_line.definition_diff"))
def diff(old: int, new: int, language: Language = "en", database: DatabaseFile = None, as_json: AsJson = False) -> None:
    """What changed from one version to another, in words."""
    _refuse_language(language)
    with opened(database) as db:
        changes = difference.difference(version(db, old).definition, version(db, new).definition)
    told = [
        {"kind": each.kind, "about": each.about, "words": difference.in_words(each, language)} for each in changes
    ]  # fmt: skip
    put(told, as_json, "\n".join(each["words"] for each in told) or say("definition.changes.none", language))


@commands.command(help=texts.say("command_line.definition_export"))
def export(
    number: Annotated[int, typer.Argument(metavar="VERSION")], out: Annotated[Path, typer.Option("--out")],
    language: Language = "en", database: DatabaseFile = None,
) -> None:  # fmt: skip
    """Writes a version as JSON, or as the page that both heads sign on paper."""
    _refuse_language(language)
    if out.suffix not in (".json", ".html"):
        raise Refusal("definition_export_kind", file=out.name)
    with opened(database) as db:
        found, name_of = version(db, number), _names(db)
    if out.suffix == ".json":
        content = json.dumps(document(found.definition), ensure_ascii=False, indent=1) + "\n"
    else:
        content = paper.page(found, language, lambda person: name_of.get(person, person))
    out.write_text(content, encoding="utf-8")
    typer.echo(out)


@commands.command("import", help=texts.say("command_line.definition_import"))
def take_in(file: Path, database: DatabaseFile = None, actor_id: ActorId = None) -> None:
    """Takes a definition's JSON in as a draft, which nobody has signed here."""
    if not file.is_file():
        raise Refusal("no_such_file", path=str(file))
    text = file.read_bytes().decode("utf-8-sig", "replace")
    with opened(database) as db:
        draft_id = import_draft(db, actor(db, actor_id), file.name, text)
        sha256 = definition_draft(db, draft_id).sha256
    typer.echo(say("command_line.definition_imported", draft=draft_id, hash=sha256[:12]))


def _state(found: Version) -> dict[str, Any]:
    return {
        "version": found.number, "state": found.state, "begins": found.begins, "ends": found.ends,
        "sha256": found.sha256, "previous": found.previous, "chain": found.chain,
    }  # fmt: skip


def _told(found: Version, language: str) -> dict[str, Any]:
    """A version with its criteria in words, its signatures and its dissent."""
    criteria = [
        {
            "id": each.id, "dimension": each.dimension, "sentence": wording.sentence(each, language),
            "worth": wording.worth(each, language),
        }
        for each in found.definition.criteria
    ]  # fmt: skip
    said = {"signatures": found.signatures, "dissent": found.dissent}
    return {
        **_state(found), "criteria": criteria, "cells": difference.cells(found.definition),
        **{
            name: [{"person": each.person_id, "function": each.function, "at": each.at, "words": each.words}
                   for each in several]
            for name, several in said.items()
        },
        "document": document(found.definition),
    }  # fmt: skip


def _lines(
    found: Version | None, listed: list[dict[str, Any]], drafts: list[dict[str, Any]], language: str
) -> list[str]:
    """What `show` prints for people."""
    lines = [say("definition.paper.no_version", language)] if found is None else _text(found, language)
    for each in listed:
        told = {"version": each["version"], "begins": each["begins"].date(), "state": _in_words(each, language)}
        lines.append(f"{say('definition.paper.version', language, **told)}  {each['sha256'][:12]}")
    return [*lines, *(f"{each['draft']}  {_in_words(each, language)}  {each['sha256'][:12]}" for each in drafts)]


def _text(found: Version, language: str) -> list[str]:
    """The criteria with what each is worth, and the bands."""
    lines = []
    for axis in DIMENSIONS:
        lines.append(say(f"definition.dimensions.{axis}", language))
        lines += [
            f"  {each.id}  {wording.sentence(each, language)}  ({wording.worth(each, language)})"
            for each in found.definition.criteria
            if each.dimension == axis
        ]
        lines.append(f"  {wording.bands(found.definition, axis, language)}")
    return [*lines, ""]


def _in_words(each: dict[str, Any], language: str) -> str:
    return say(f"definition.states.{each['state']}", language)


def _names(db: Database) -> dict[str, str]:
    return {person["person_id"]: person["name"] for person in people(db)}


def _refuse_language(language: str) -> None:
    if language not in texts.languages():
        raise Refusal("unknown_language", asked=language, known=", ".join(texts.languages()))
