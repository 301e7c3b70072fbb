"""ZIP and GZIP archives, looked at before anything is unpacked: their directory, and the one export that they hold."""

import gzip
import io
import re
import struct
import zipfile
import zlib
from pathlib import PurePath

from leadalign.intake.findings import Findings
from leadalign.problems import Refusal

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
GZIP = b"\x1f\x8b"
MOST_ENTRIES = 5_000
MOST_UNPACKED = 1024**3
HARMLESS = 20 * 1024**2
"""Up to here the ratio does not matter: a sheet of equal rows packs well and hurts nobody."""
HIGHEST_RATIO = 100
TABLES = {".csv", ".tsv", ".txt", ".xlsx", ".xls", ".json"}
DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, OSError, ValueError)
NAMES_SHOWN = 10


def is_zip(content: bytes) -> bool:
    """Whether these bytes begin as a ZIP does; spreadsheets (XLSX) are ZIPs too."""
    return content.startswith(SIGNATURES)


def open_archive(file: str, content: bytes) -> zipfile.ZipFile:
    """The archive with its directory read; raises Refusal for one that is damaged, locked or a bomb."""
    if content.count(b"PK\x01\x02") > MOST_ENTRIES:
        raise Refusal("unpacks_too_big", file=file)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except DAMAGE as fault:
        raise Refusal("damaged_archive", file=file) from fault
    unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MOST_UNPACKED or unpacked > max(HARMLESS, HIGHEST_RATIO * len(content)):
        raise Refusal("unpacks_too_big", file=file)
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise Refusal("locked_file", file=file)
    return archive


def holds_spreadsheet(archive: zipfile.ZipFile) -> bool:
    """Whether the archive is an Excel workbook."""
    return any(name.startswith("xl/workbook.") for name in archive.namelist())


def unpack(file: str, content: bytes, findings: Findings) -> bytes:
    """The one export in a ZIP or GZIP; any other content, workbooks included, comes back as it is."""
    if content.startswith(GZIP):
        content = _gunzip(file, content)
        findings.repair("unpacked", (), count=1)
    if not is_zip(content):
        return content
    archive = open_archive(file, content)
    if holds_spreadsheet(archive):
        return content
    inside = _only_table(file, archive, findings)
    if inside.startswith(GZIP):
        raise Refusal("zip_in_zip", file=file)
    if is_zip(inside) and not holds_spreadsheet(open_archive(file, inside)):
        raise Refusal("zip_in_zip", file=file)
    findings.repair("unpacked", (), count=1)
    return inside


def _gunzip(file: str, content: bytes) -> bytes:
    """What a GZIP holds, unless it is far more than an export, or packed once more."""
    most = min(MOST_UNPACKED, max(HARMLESS, HIGHEST_RATIO * len(content)))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            inside = packed.read(most + 1)
    except (*DAMAGE, OSError) as fault:
        raise Refusal("damaged_archive", file=file) from fault
    if len(inside) > most:
        raise Refusal("unpacks_too_big", file=file)
    if inside.startswith(GZIP) or (is_zip(inside) and not holds_spreadsheet(open_archive(file, inside))):
        raise Refusal("zip_in_zip", file=file)
    return inside


def _only_table(file: str, archive: zipfile.ZipFile, findings: Findings) -> bytes:
    """The bytes of the only table; the names inside are words for people and never paths."""
    if {"[Content_Types].xml", "mimetype"} & set(archive.namelist()):
        raise Refusal("not_text", file=file)  # a document, a presentation, an OpenDocument file
    entries = [entry for entry in archive.infolist() if not _is_noise(entry)]
    tables = [entry for entry in entries if PurePath(entry.filename).suffix.lower() in TABLES]
    if not tables:
        raise Refusal("no_table_in_zip", file=file)
    if len(tables) > 1:
        raise Refusal("several_in_zip", file=file, count=len(tables), names=_names(tables))
    others = [entry for entry in entries if entry not in tables]
    if others:
        findings.ask("others_in_zip", count=len(others), names=_names(others))
    try:
        return archive.read(tables[0])
    except DAMAGE as fault:
        raise Refusal("damaged_archive", file=file) from fault


def _is_noise(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what macOS adds to every archive."""
    return entry.is_dir() or entry.filename.startswith("__MACOSX/") or _name(entry).startswith(".")


def _name(entry: zipfile.ZipInfo) -> str:
    return PurePath(entry.filename.replace("\\", "/")).name


def _names(entries: list[zipfile.ZipInfo]) -> str:
    shown = [re.sub(r"[^\w .()-]", "", _name(entry))[:60] for entry in entries[:NAMES_SHOWN]]
    return ", ".join(shown) + (", …" if len(entries) > NAMES_SHOWN else "")
