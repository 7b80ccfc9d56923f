"""How large the sheets of an .xls, .xlsb or .ods are, and which rows hold an error; see ``extent``."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from lagesbild.sources.files import container, ole
from lagesbild.sources.files.extent import Extent
from lagesbild.sources.files.sheet import UnreadableError

#: Records of BIFF: where a sheet begins, its stated size, and cells (row and column first), those with an error among them.
_SHEET, _DIMENSIONS, _END = 0x85, 0x200, 0x0A
_MOST_ROWS, _MOST_COLUMNS = 2**16, 2**8
_CELLS = frozenset((0x06, 0x201, 0x203, 0x204, 0x205, 0x207, 0x27E, 0xD6, 0xFD))
_MULTIPLE = frozenset((0xBD, 0xBE))
_BOOLEAN_OR_ERROR, _FORMULA = 0x205, 0x06
#: Records of BIFF12: a row's number, its cells, those of them that hold an error, and in the book a sheet's name.
_ROW_12, _CELLS_12, _ERRORS_12, _SHEET_12 = 0, range(1, 12), (3, 11), 156
_TABLE = re.compile(rb"<table:table\b([^>]*)>(.*?)</table:table>", re.DOTALL)
_ROW_OR_CELL = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*?)(/?)>")
_NAME = re.compile(rb"table:name=[\"']([^\"']*)[\"']")
_ROWS, _COLUMNS = (
    re.compile(rb"table:number-rows-repeated=[\"'](\d{1,12})"),
    re.compile(rb"table:number-columns-repeated=[\"'](\d{1,12})"),
)


def of_xls(data: bytes) -> list[tuple[str, Extent]]:
    """The sheets' names and extents. Raises UnreadableError for a damaged file."""
    book = ole.stream(data, ole.NAMES)
    extents = []
    for code, start, size in _records(book, 0):
        if code == _SHEET and size >= 8:
            (place,) = struct.unpack_from("<I", book, start)
            n_letters, is_wide = book[start + 6], book[start + 7] & 1
            raw = book[start + 8 : start + 8 + n_letters * (2 if is_wide else 1)]
            extents.append((raw.decode("utf-16-le" if is_wide else "latin-1", "replace"), _of_biff(book, place)))
    return extents


def _of_biff(book: bytes, place: int) -> Extent:
    n_rows = n_columns = 0
    errors: list[int] = []
    for code, start, size in _records(book, place):
        if code in _CELLS and size >= 6:
            row, column = struct.unpack_from("<HH", book, start)
            n_rows, n_columns = max(n_rows, row + 1), max(n_columns, column + 1)
            is_error = (code == _BOOLEAN_OR_ERROR and size >= 8 and book[start + 7] == 1) or (
                code == _FORMULA and size >= 14 and book[start + 6] == 2 and book[start + 12 : start + 14] == b"\xff\xff"
            )
            errors += [row + 1] if is_error else []
        elif code in _MULTIPLE and size >= 6:
            row, last = struct.unpack_from("<H", book, start)[0], struct.unpack_from("<H", book, start + size - 2)[0]
            n_rows, n_columns = max(n_rows, row + 1), max(n_columns, last + 1)
        elif code == _DIMENSIONS and size >= 8:  # the library reserves memory for what is stated here
            first, last, left, right = struct.unpack_from("<IIHH" if size >= 12 else "<HHHH", book, start)
            if not (first <= last <= _MOST_ROWS and left <= right <= _MOST_COLUMNS):
                raise UnreadableError(container.DAMAGED)
    return Extent(n_rows, n_columns, errors)


def _records(book: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Code, start and size of every record from the place to the end of its part."""
    while place + 4 <= len(book):
        code, size = struct.unpack_from("<HH", book, place)
        if code == _END or place + 4 + size > len(book):
            return
        yield code, place + 4, size
        place += 4 + size


def of_xlsb(data: bytes) -> Extent:
    """The extent of one sheet's part."""
    n_rows = n_columns = row = 0
    errors: list[int] = []
    for code, place, size in _records_12(data):
        if code == _ROW_12 and size >= 4:
            (row,) = struct.unpack_from("<I", data, place)
        elif code in _CELLS_12 and size >= 4:
            (column,) = struct.unpack_from("<I", data, place)
            n_rows, n_columns = max(n_rows, row + 1), max(n_columns, column + 1)
            errors += [row + 1] if code in _ERRORS_12 else []
    return Extent(n_rows, n_columns, errors)


def names_in_xlsb(book: bytes) -> dict[str, str]:
    """The names of the sheets by the ids of their relations."""
    named = {}
    for code, place, size in _records_12(book):
        if code == _SHEET_12:
            texts, at = [], place + 8
            for _ in range(2):
                (n_letters,) = struct.unpack_from("<I", book[: place + size].ljust(at + 4, b"\0"), at)
                texts.append(book[at + 4 : min(at + 4 + 2 * n_letters, place + size)].decode("utf-16-le", "replace"))
                at += 4 + 2 * n_letters
                if at > place + size:
                    break
            named[texts[0]] = texts[-1]
    return named


def _records_12(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Code, start and size of every record that stands there whole."""
    place = 0
    while place + 2 <= len(data):
        code, place = _varied(data, place, 2)
        size, place = _varied(data, place, 4)
        if place + size > len(data):
            return
        yield code, place, size
        place += size


def _varied(data: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of one to ``most`` bytes, seven bits in each, and where it ends."""
    number = 0
    for at in range(most):
        if place >= len(data):
            return number, place
        byte = data[place]
        place += 1
        number |= (byte & 0x7F) << (7 * at)
        if not byte & 0x80:
            break
    return number, place


def of_ods(xml: bytes) -> list[tuple[str, Extent]]:
    """The sheets' names and extents; repeated cells and rows are counted as often as they stand."""
    extents = []
    for table in _TABLE.finditer(xml):
        name = _NAME.search(table[1])
        n_rows = n_columns = row = column = repeated = 0
        for found in _ROW_OR_CELL.finditer(table[2]):
            if found[1] == b"table-row":
                row, column = row + repeated, 0
                repeated = _repeated(_ROWS, found[2])
            else:
                column += _repeated(_COLUMNS, found[2])
                if not found[3] or b"value" in found[2]:
                    n_rows, n_columns = row + repeated, max(n_columns, column)
        extents.append((name[1].decode("utf-8", "replace") if name else "", Extent(n_rows, n_columns)))
    return extents


def _repeated(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
