"""The parts of a workbook looked through before it is opened: how far each sheet reaches, and whether any part is a trap."""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import numpy as np

from lagesbild.sources.files import container, extent, extent_binary
from lagesbild.sources.files.extent import Extent
from lagesbild.sources.files.sheet import UnreadableError, column_name

#: A text that many cells share is copied into each of them.
MOST_TEXT_BYTES = 2 * 2**30
_NOT_XML = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bin", ".vml", ".tiff")
_STRING_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*\bt=[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>(\d{1,9})</")
_STRING = re.compile(rb"<(?:\w+:)?si[\s>/]")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def extents(data: bytes) -> list[tuple[str, Extent]]:
    """Every sheet's name (or that of its part) and extent.

    Raises UnreadableError for what is no workbook, is protected or damaged, or has a sheet too large to be laid out as a grid.
    """
    try:
        found = _extents(data)
    except (struct.error, ValueError, IndexError, KeyError, OverflowError) as error:  # lengths that lead out of the file
        raise UnreadableError(container.DAMAGED) from error
    for name, one in found:
        _hold(name, one)
    return found


def _extents(data: bytes) -> list[tuple[str, Extent]]:
    if data.startswith(container.OLE):
        if trouble := container.ole_trouble(data):
            raise trouble
        return extent_binary.of_xls(data)
    archive, kind = container.open_zip(data)
    if kind == "ods":
        return extent_binary.of_ods(_xml(archive, "content.xml"))
    return list(_of_xlsb(archive) if kind == "xlsb" else _of_xlsx(archive))


def _hold(name: str, found: Extent) -> None:
    if found.n_rows > extent.MOST_ROWS or found.n_columns > extent.MOST_COLUMNS:
        raise UnreadableError("bladet är skadat: det anger celler som inte kan finnas.", sheet=name)
    if found.n_cells > extent.MOST_CELLS:
        last = f"{column_name(found.n_columns - 1)}{found.n_rows}"
        what = f"bladet sträcker sig till cell {last}. Så många celler går inte att läsa, fast de flesta är tomma."
        action = "Markera raderna under och kolumnerna till höger om tabellen, välj Ta bort och spara."
        raise UnreadableError(what, action, name)


def _of_xlsx(archive: zipfile.ZipFile) -> Iterator[tuple[str, Extent]]:
    named = _named(_targets(archive, "xl/_rels/workbook.xml.rels"), _xml(archive, "xl/workbook.xml"))
    strings = _xml(archive, "xl/sharedStrings.xml")
    lengths = np.diff([*(found.start() for found in _STRING.finditer(strings)), len(strings)]).astype(np.int64)
    n_text_bytes = 0
    for part in archive.infolist():
        path = part.filename.lower()
        if path.endswith(_NOT_XML):
            continue
        xml = _xml(archive, path)
        if b"sheetData" not in xml and (path not in named or b"chartsheet" in xml[:5000] or b"dialogsheet" in xml[:5000]):
            continue
        name = named.get(path, part.filename)
        try:
            found = extent.of_xml(xml)
        except UnreadableError as error:
            raise UnreadableError(error.what, error.action, name) from error
        if len(lengths) and found.n_cells * int(lengths.max()) > MOST_TEXT_BYTES:
            used = np.array(_STRING_CELL.findall(xml), dtype=np.int64)
            n_text_bytes += int(lengths[used[used < len(lengths)]].sum())
            if n_text_bytes > MOST_TEXT_BYTES:
                raise UnreadableError("arbetsbokens texter är för långa för att läsas.", "Dela upp den i flera.", name)
        yield name, found


def _named(targets: dict[str, str], book: bytes) -> dict[str, str]:
    """The sheets' names by the paths of their parts, in small letters."""
    named = {}
    for sheet in _parsed(book).iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            relation = sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or ""
            named[targets.get(relation, "")] = sheet.get("name", "")
    return named


def _of_xlsb(archive: zipfile.ZipFile) -> Iterator[tuple[str, Extent]]:
    targets = _targets(archive, "xl/_rels/workbook.bin.rels")
    names = extent_binary.names_in_xlsb(_bytes(archive, "xl/workbook.bin"))
    named = {targets.get(relation, ""): name for relation, name in names.items()}
    for part in archive.infolist():
        path = part.filename.lower()
        if path in named or (path.startswith("xl/worksheets/") and path.endswith(".bin")):
            yield named.get(path, part.filename), extent_binary.of_xlsb(_bytes(archive, path))


def _targets(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    """The paths of parts, in small letters, by the ids that the workbook's relations give them."""
    links = _parsed(_xml(archive, path))
    paths = {link.get("Id", ""): posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))) for link in links}
    return {name: path.lstrip("/").lower() for name, path in paths.items()}


def _parsed(xml: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(xml)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise UnreadableError(container.DAMAGED) from error


def _xml(archive: zipfile.ZipFile, path: str) -> bytes:
    """A part's XML, b"" where there is none. Raises UnreadableError where it declares entities, which Excel never does."""
    xml = _bytes(archive, path)
    if b"<!DOCTYPE" in xml[:5000] or b"<!ENTITY" in xml[:5000]:
        what = "arbetsboken hänvisar till något utanför sig själv (en XML-entitet). Excel skriver inte så."
        raise UnreadableError(what, "Öppna inte filen. Be avsändaren om en ny.")
    return xml


def _bytes(archive: zipfile.ZipFile, path: str) -> bytes:
    part = next((part for part in archive.infolist() if part.filename.lower() == path.lower()), None)
    return b"" if part is None else b"".join(container.unpacked(archive, part))
