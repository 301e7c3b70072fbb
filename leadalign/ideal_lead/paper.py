"""A version on one page of A4 that both heads can sign by hand: HTML without anything from elsewhere."""

from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from leadalign.ideal_lead import wording
from leadalign.ideal_lead.definition import DIMENSIONS, Definition, Dimension
from leadalign.ideal_lead.versions import Version
from leadalign.settings import settings
from leadalign.store import Said
from leadalign.texts import formats, say

DIRECTION = {"en": "ltr", "he": "rtl"}
FUNCTIONS = ("marketing", "sales", "sponsor")
MOST_DISSENT = 3
"""More of it does not fit on the page; it stays in the database."""
LONGEST_DISSENT = 160
ROOMY = 14
"""With more criteria than this the page is set smaller, so that it stays one page."""
STYLE = """
@page { size: A4; margin: 13mm }
body { font: 10.5pt/1.35 Heebo, Arial, "Noto Sans Hebrew", sans-serif; color: #1b1f24 }
body { max-width: 184mm; margin: 0 auto }
body.small { font-size: 8pt; line-height: 1.2 }
h1 { font-size: 1.6em; margin: 0 } h2 { font-size: 1.1em; margin: .8em 0 .2em } p { margin: .2em 0 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: start; padding: .2em .4em; border: 1px solid #b9c0c8 }
th { background: #eef1f4 } .SRL { background: #d8eedd } .NURTURE { background: #fdf1d0 } .LOW { background: #f1f1f1 }
td.worth { white-space: nowrap } .faint { color: #57606a }
.hash { font: .75em/1.4 monospace; direction: ltr; unicode-bidi: isolate; overflow-wrap: anywhere }
.sign { display: grid; grid-template-columns: repeat(3, 1fr); gap: 6mm }
.sign > div { display: flex; flex-direction: column } .line { margin-top: auto }
td:first-child { width: 9mm } ul { margin: .2em 0 }
.line { border-bottom: 1px solid; height: 11mm }
table, .sign, li { break-inside: avoid }
"""


def page(version: Version, language: str, name_of: Callable[[str], str] = str) -> str:
    """The whole document; `name_of` turns a person's ID into a name. All that is data is escaped."""
    definition = version.definition
    title = f"{_say('title', language)}: {definition.version}"
    size = "small" if len(definition.criteria) > ROOMY else ""
    parts = [
        f"<h1>{escape(_say('title', language))}</h1>", _under_title(version, language),
        *(_criteria(definition, axis, language) for axis in DIMENSIONS),
        _matrix(definition, language), _dissent(version.dissent, language, name_of),
        _signatures(version.signatures, language, name_of), _hashes(version, language),
    ]  # fmt: skip
    return (
        f'<!doctype html><html lang="{language}" dir="{DIRECTION[language]}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f'<body class="{size}">{"".join(parts)}</body></html>\n'
    )


def _under_title(version: Version, language: str) -> str:
    state = say(f"definition.states.{version.state}", language)
    told = {"version": version.number, "begins": _day(version.begins, language), "state": state}
    return f"<p>{escape(_say('version', language, **told))}</p>"


def _criteria(definition: Definition, axis: Dimension, language: str) -> str:
    """The criteria of an axis with what each is worth, and its bands."""
    ours = [each for each in definition.criteria if each.dimension == axis]
    rows = [
        (f"<td>{_data(each.id)}</td><td>{escape(wording.sentence(each, language))}</td>"
         f'<td class="worth">{escape(wording.worth(each, language))}</td>')
        for each in ours
    ]  # fmt: skip
    heads = f"<th></th><th>{_text('criterion', language)}</th><th>{_text('worth', language)}</th>"
    title = escape(say(f"definition.dimensions.{axis}", language))
    bands = f"{_text('bands', language)}: {escape(wording.bands(definition, axis, language))}"
    return f"<h2>{title}</h2>{_table([heads, *rows])}<p class='faint'>{bands}</p>"


def _matrix(definition: Definition, language: str) -> str:
    """Each cell with what is done and the function that takes it: value downwards, readiness across."""
    across = "".join(f"<th>{_data(name)}</th>" for name, _ in definition.readiness_bands)
    corner = " / ".join(escape(say(f"definition.axes.{axis}", language)) for axis in DIMENSIONS)
    rows = [f"<th>{corner}</th>{across}"]
    for value, _ in definition.value_bands:
        routes = [definition.route(value + ready) for ready, _ in definition.readiness_bands]
        rows.append(f"<th>{_data(value)}</th>{''.join(_cell(route, language) for route in routes)}")
    after = "".join(f"<p class='faint'>{_text(key, language)}</p>" for key in ("unfit", "unknown"))
    return f"<h2>{_text('matrix', language)}</h2>{_table(rows)}{after}"


def _cell(route: str, language: str) -> str:
    action, taker = (escape(say(f"definition.{each}.{route}", language)) for each in ("actions", "takers"))
    return f'<td class="{route}"><b>{action}</b><br>{taker}</td>'


def _dissent(said: tuple[Said, ...], language: str, name_of: Callable[[str], str]) -> str:
    """What people have against it, in their words; the latest, as many as fit."""
    if not said:
        return ""
    rows = [
        f"<li>{_data(name_of(each.person_id))}, {_day(each.at, language)}: {_data(_short(each.words))}</li>"
        for each in said[-MOST_DISSENT:]
    ]
    if len(said) > MOST_DISSENT:
        rows.append(f"<li>{_text('more_dissent', language, count=len(said) - MOST_DISSENT)}</li>")
    return f"<h2>{_text('dissent', language)}</h2><ul>{''.join(rows)}</ul>"


def _signatures(said: tuple[Said, ...], language: str, name_of: Callable[[str], str]) -> str:
    """For each function who signed when, and a line to sign on by hand."""
    fields = []
    for function in FUNCTIONS:
        signed = "".join(_signed(each, language, name_of) for each in said if each.function == function)
        line = f'<div class="line"></div><span class="faint">{_text("by_hand", language)}</span>'
        fields.append(f"<div><b>{_text('for_' + function, language)}</b>{signed}{line}</div>")
    return f'<h2>{_text("signatures", language)}</h2><div class="sign">{"".join(fields)}</div>'


def _signed(said: Said, language: str, name_of: Callable[[str], str]) -> str:
    told = {"person": formats.apart(name_of(said.person_id)), "at": _day(said.at, language)}
    return f"<p>{_text('signed_line', language, **told)}</p>"


def _hashes(version: Version, language: str) -> str:
    """What proves on paper, too, which text was signed, and after which."""
    told = {"hash": version.sha256, "previous": version.previous, "chain": version.chain}
    rows = [
        f'{_text(name, language)}: <span class="hash">{escape(value)}</span>'
        if value else f"{_text(name, language)}: {_text('first', language)}"
        for name, value in told.items()
    ]  # fmt: skip
    return f"<p class='faint'>{'<br>'.join(rows)}</p>"


def _table(rows: Iterable[str]) -> str:
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _say(key: str, language: str, **told: object) -> str:
    return say(f"definition.paper.{key}", language, **told)


def _text(key: str, language: str, **told: object) -> str:
    return escape(_say(key, language, **told))


def _data(text: str) -> str:
    """Something that people wrote: escaped, and kept from turning the words around it."""
    return f"<bdi>{escape(text)}</bdi>"


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_DISSENT else f"{words[:LONGEST_DISSENT]}…"


def _day(at: datetime, language: str) -> str:
    return formats.day(at.astimezone(ZoneInfo(settings().zone)).date(), language)
