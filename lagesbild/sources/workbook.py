"""A workbook becomes sheets: hidden ones left out, merged cells filled down, errors emptied, and all of it told."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from typing import TypeVar
from xml.etree import ElementTree

import numpy as np
from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.sources import cells, container, extent, extent_binary
from lagesbild.sources.extent import Extent
from lagesbild.sources.reading import SetAside
from lagesbild.sources.sheet import Content, Sheet, UnreadableError, Where, column_name

#: Sheets of the project's own templates that are hidden without holding any data.
_EXPLAINING = ("Förklaring", "Listor")
_MOST_STRING_BYTES = 2 * 2**30
_NOT_XML = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bin", ".vml", ".tiff")
_STRING_CELL = re.compile(rb"<c\b[^>]*\bt=[\"']s[\"'][^>]*>\s*<v>(\d{1,9})</v>")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_Value = TypeVar("_Value")


def read(data: bytes, where: Where) -> Content:
    """The visible sheets in their order, with what is doubtful about them.

    Raises UnreadableError for what is no workbook, is damaged, protected, or larger than can be read.
    """
    extents = _extents(data)
    book = _from_calamine(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
    sheets: list[Sheet] = []
    doubts: list[Doubt] = []
    set_aside: list[SetAside] = []
    pages = [page for page in book.sheets_metadata if page.typ == SheetTypeEnum.WorkSheet]
    if pages and all(page.visible != SheetVisibleEnum.Visible for page in pages):
        raise UnreadableError("alla blad i arbetsboken är dolda.", "Ta fram ett blad i Excel och spara.")
    for page in pages:
        name = page.name
        grid = _from_calamine(lambda name=name: book.get_sheet_by_name(name), name)  # type: ignore[misc]
        rows, numbers = _rows(grid)
        if page.visible != SheetVisibleEnum.Visible:
            sheet = Sheet(name, rows, numbers)
            if name not in _EXPLAINING and sheet.n_filled:
                set_aside.append(SetAside("står på ett dolt blad", sheet.n_filled))
                doubts.append(_hidden(sheet, is_deep=page.visible == SheetVisibleEnum.VeryHidden, where=where))
            continue
        found = extents.get(name, Extent())
        sheet = Sheet(name, rows, numbers)
        sheets.append(sheet)
        doubts += cells.fill_down(sheet, grid.merged_cell_ranges or [], where)
        doubts += cells.empty_errors(sheet, found.errors, where)
        doubts += cells.without_value(sheet, found.without_value, where)
        doubts += cells.hidden_rows(sheet, found.hidden, where)
    return Content(tuple(sheets), tuple(doubts), tuple(set_aside))


def _extents(data: bytes) -> dict[str, Extent]:
    """Each sheet's extent, by name. Raises UnreadableError where any is too large for a grid."""
    if data.startswith(container.OLE):
        if trouble := container.ole_trouble(data):
            raise trouble
        extents = extent_binary.of_xls(data)
    else:
        archive, kind = container.open_zip(data)
        parts = {part.filename: part for part in archive.infolist() if not part.filename.lower().endswith(_NOT_XML)}
        if kind == "ods":
            extents = extent_binary.of_ods(_part(archive, parts, "content.xml"))
        elif kind == "xlsb":
            extents = {
                part.filename: extent_binary.of_xlsb(b"".join(container.unpacked(archive, part)))
                for part in archive.infolist()
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".bin")
            }
        else:
            extents = _of_xlsx(archive, parts)
    for name, found in extents.items():
        if found.n_cells > extent.MOST_CELLS or found.n_rows > extent.MOST_ROWS or found.n_columns > extent.MOST_COLUMNS:
            what = (
                f"bladet sträcker sig till cell {column_name(found.n_columns - 1)}{found.n_rows}. "
                f"Så många tomma celler går inte att läsa."
            )
            action = "Markera raderna under och kolumnerna till höger om tabellen, välj Ta bort och spara."
            raise UnreadableError(what, action, name)
    return extents


def _part(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str) -> bytes:
    part = next((part for path, part in parts.items() if path.lower() == name.lower()), None)
    return b"" if part is None else b"".join(container.unpacked(archive, part))


def _of_xlsx(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> dict[str, Extent]:
    """Every part that holds a sheet, by the sheet's name (or the part's, where the workbook does not name it)."""
    lengths = _string_lengths(_part(archive, parts, "xl/sharedStrings.xml"))
    paths = _sheet_paths(archive, parts)
    extents: dict[str, Extent] = {}
    n_string_bytes = 0
    for path, part in parts.items():
        xml = b"".join(container.unpacked(archive, part))
        if b"<!DOCTYPE" in xml[:5000] or b"<!ENTITY" in xml[:5000]:
            what = "arbetsboken hänvisar till något utanför sig själv (en extern entitet). Excel skriver inte så."
            raise UnreadableError(what, "Öppna inte filen. Be avsändaren om en ny.")
        if path in paths or b"sheetData" in xml:
            found = _sheet_extent(xml, paths.get(path, ""))
            extents[paths.get(path, path)] = found
            if len(lengths) and found.n_cells * int(lengths.max()) > _MOST_STRING_BYTES:
                used = np.array(_STRING_CELL.findall(xml), dtype=np.int64)
                n_string_bytes += int(lengths[used[used < len(lengths)]].sum())
    if n_string_bytes > _MOST_STRING_BYTES:
        raise UnreadableError("arbetsbokens texter är för långa för att läsas.", "Dela upp den i flera arbetsböcker.")
    return extents


def _sheet_extent(xml: bytes, name: str) -> Extent:
    if b"sheetData" not in xml and b"chartsheet" in xml[:5000]:
        return Extent()
    try:
        return extent.of_xml(xml)
    except UnreadableError as error:
        raise UnreadableError(error.what, error.action, name) from error


def _string_lengths(xml: bytes) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """How many bytes each shared text takes, markup included."""
    starts = np.array([found.start() for found in re.finditer(rb"<(?:\w+:)?si[\s>/]", xml)] + [len(xml)], dtype=np.int64)
    lengths: np.ndarray[tuple[int], np.dtype[np.int64]] = np.diff(starts)
    return lengths


def _sheet_paths(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """The sheet's name by the path of its part."""
    try:
        links = ElementTree.fromstring(_part(archive, parts, "xl/_rels/workbook.xml.rels"))
        book = ElementTree.fromstring(_part(archive, parts, "xl/workbook.xml"))
    except ElementTree.ParseError as error:
        raise UnreadableError("filen ser ut som Excel men går inte att öppna. Den är skadad eller avklippt.") from error
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    named = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet") or sheet.tag == "sheet":
            target = targets.get(sheet.get(_RELATION, "") or sheet.get(_STRICT_RELATION, ""), "")
            named[posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")] = sheet.get("name", "")
    return named


def _from_calamine(call: Callable[[], _Value], sheet: str = "") -> _Value:
    """What the library answers. Raises UnreadableError for whatever it raises, a panic of its machine code included."""
    try:
        return call()
    except PasswordError as error:
        raise UnreadableError(container.PROTECTED, container.UNPROTECT) from error
    except Exception as error:
        what = "bladet är skadat och går inte att läsa." if sheet else container.DAMAGED
        raise UnreadableError(what, sheet=sheet) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError(container.DAMAGED, sheet=sheet) from error


def _rows(grid: CalamineSheet) -> tuple[list[list[object]], list[int]]:
    """The rows that hold anything, their blank neighbours up to a hundred in a row, and their numbers; columns from A."""
    if grid.start is None:
        return [], []
    first, indent = grid.start
    cells: list[list[object]] = [list(row) for row in _from_calamine(grid.to_python, grid.name)]
    if indent:
        cells = [[""] * indent + row for row in cells]
    n_blank = _LONGEST_GAP
    rows: list[list[object]] = [[""] for _ in range(min(first, _LONGEST_GAP))]
    numbers = list(range(1, len(rows) + 1))
    for number, row in enumerate(cells, start=first + 1):
        n_blank = n_blank + 1 if row.count("") == len(row) else 0
        if n_blank <= _LONGEST_GAP:
            rows.append(row)
            numbers.append(number)
    return rows, numbers


#: Blank rows beyond so many in a row are left out, so that a list with a stray value in its last row stays a short one.
_LONGEST_GAP = 100


def _hidden(sheet: Sheet, *, is_deep: bool, where: Where) -> Doubt:
    what = f"bladet är dolt och läses inte ({swedish.plural(sheet.n_filled, 'rad', 'rader')})."
    if is_deep:
        action = "Be avsändaren ta fram bladet om det ska räknas: det är dolt så att Excel inte visar det."
    else:
        action = "Högerklicka på en bladflik i Excel, välj Ta fram och spara, om bladet ska läsas. Annars behövs inget."
    return Doubt("dolt_blad", where(sheet.name, [], ""), what, action, sheet.n_filled)
