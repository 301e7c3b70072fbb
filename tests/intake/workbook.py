"""The smallest workbooks and archives that a spreadsheet program would open, written part by part."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
DAY, MOMENT, CLOCK, SPAN = ' s="1"', ' s="2"', ' s="3"', ' s="4"'


def text(place: str, said: str) -> str:
    """A cell of text."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(said)}</t></is></c>'


def number(place: str, said: object, style: str = "") -> str:
    """A cell of a number, or of a day count that a style makes a date."""
    return f'<c r="{place}"{style}><v>{said}</v></c>'


def row(line: int, *cells: str) -> str:
    """A row of cells."""
    return f'<row r="{line}">{"".join(cells)}</row>'


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of text, beginning at A1; blank cells are not written."""
    return "".join(
        row(line, *(text(f"{column(place)}{line}", cell) for place, cell in enumerate(cells) if cell))
        for line, cells in enumerate(rows, start=1)
    )


def column(place: int) -> str:
    """The letters of a column, A for 0."""
    return (column(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def workbook(sheets: Mapping[str, str], *, before: str = "", after: str = "", hidden: str = "") -> bytes:
    """An XLSX of these sheets; `before` and `after` stand around each sheet's rows."""
    numbered = list(enumerate(sheets.items(), start=1))
    state = {name: ' state="hidden"' if name == hidden else "" for name in sheets}
    listed = (f'<sheet name={quoteattr(name)}{state[name]} sheetId="{n}" r:id="r{n}"/>' for n, (name, _) in numbered)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types"/>',
        "_rels/.rels": _links({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{"".join(listed)}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(
            {f"r{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered} | {"s": ("styles", "styles.xml")}
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>'
        + "".join(f'<xf numFmtId="{style}"/>' for style in (0, 14, 22, 21, 46))
        + "</cellXfs></styleSheet>",
    }
    for n, (_, rows) in numbered:
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
        )
    return archive(parts)


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, said in files.items():
            zipped.writestr(name, said)
    return content.getvalue()


def _links(targets: Mapping[str, tuple[str, str]]) -> str:
    inside = (f'<Relationship Id="{key}" Type="{LINKS}/{kind}" Target="{to}"/>' for key, (kind, to) in targets.items())
    return f'<Relationships xmlns="{PACKAGE}relationships">{"".join(inside)}</Relationships>'
