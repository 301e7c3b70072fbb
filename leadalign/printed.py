"""Files, figures and judgements as the command line prints them: one JSON document, or a line each."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import typer

from leadalign import texts
from leadalign.delivery import question_lines
from leadalign.figures import Figure
from leadalign.ideal_lead.classes import judge_lead
from leadalign.store import Database


def figure_document(figure: Figure) -> dict[str, Any]:
    """A figure as the JSON that the command line promises."""
    found = {**asdict(figure), "from": figure.start, "to": figure.end}
    return {key: value for key, value in found.items() if key not in ("start", "end")}


def judgement_document(db: Database, lead: str, at: datetime, mode: str) -> dict[str, Any]:
    """A lead's class at an instant with its explanation; nulls and a note before its creation."""
    version, found = judge_lead(db, lead, at, mode)
    judged = {"lead": lead, "at": at, "version": version, "mode": mode}
    if found is None:
        return {
            **judged,
            "route": None,
            "cell": None,
            "cells": [],
            "value": None,
            "readiness": None,
            "unknown": [],
            "explain": [],
            "note": "not_created_yet",
        }
    explain = [{**each._asdict(), "got": [seen._asdict() for seen in each.got]} for each in found.explain]
    return {
        **judged, "route": found.route, "cell": found.cell, "cells": list(found.cells), "value": list(found.value),
        "readiness": list(found.readiness), "unknown": list(found.unknown), "explain": explain,
    }  # fmt: skip


def put(document: Any, as_json: bool, lines: str) -> None:
    """Prints the document, or its lines where nobody asked for JSON."""
    typer.echo(json.dumps(document, ensure_ascii=False, default=_plain, indent=1) if as_json else lines)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def read_line(report: dict[str, Any]) -> str:
    """What a file holds, on one line."""
    return texts.say("command_line.read_line", **_counts(report))


def import_line(report: dict[str, Any]) -> str:
    """What a file added, on one line, and below it each question that it leaves open."""
    added = ", ".join(f"{name} {count}" for name, count in report["added"].items() if count) or "0"
    details = {f"leads_{name}": count for name, count in report["leads"].items()}
    details |= {"batch": report["batch"], "events": report["events_added"], "added": added}
    line = texts.say("command_line.import_line", **_counts(report), **details)
    return "\n  ".join((line, *_look_at_lines(report), *question_lines(report)))


def _look_at_lines(report: dict[str, Any]) -> list[str]:
    """What an upload brought that a person should look at, where there is anything."""
    found = report.get("to_look_at", {})
    return [texts.say("command_line.to_look_at", **found)] if any(found.values()) else []


def _counts(report: dict[str, Any]) -> dict[str, Any]:
    return {
        "file": report["file"], "format": report["format"] or report["kind"] or "?", "rows": report["rows"],
        "refused": len(report["refused"]), "repairs": len(report["repairs"]), "questions": len(report["questions"]),
    }  # fmt: skip


def figure_line(found: Figure) -> str:
    """A figure with part, whole and interval, on one line."""
    by = " ".join(f"{name}={value}" for name, value in found.by.items())
    value = texts.say("command_line.no_data") if found.value is None else f"{found.value:.6g}"
    of = f"{found.part:.6g} / {found.whole:.6g}" if found.whole is not None and found.part is not None else ""
    interval = (
        f"[{found.low:.4g}, {found.high:.4g}] {found.method}"
        if found.low is not None and found.high is not None
        else ""
    )
    return "  ".join(part for part in (found.metric, by, value, of, interval, found.note or "") if part)
