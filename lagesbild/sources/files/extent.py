"""How large the sheets of a workbook are, found in its parts before the library that lays them out as a full grid opens it.

A single value in the last cell of a sheet makes that grid 17 thousand million cells, and the library ends the whole program
where there is no memory for it. The same scan finds what the library does not tell: cells with an error and formulas without a
value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from lagesbild.sources.files.sheet import UnreadableError

#: So many cells a sheet may span, from A1 to its last cell: a grid of them takes about a gigabyte while it is read.
MOST_CELLS = 15_000_000
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_PIECE, _OVERLAP = 16 * 2**20, 64
_ANY_PLACE = re.compile(rb"\sr\s*=\s*[\"']\s*([A-Za-z]*)(\d*)")
_SPACED = re.compile(rb"\sr(?:\s+=|=\s)")
_CELL = re.compile(rb"<c[\s>/]")
_EMPTY_CELL = re.compile(rb"<c\b[^>]*/>")
_NO_VALUE = re.compile(rb"<c\b([^>]*)>\s*(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v[^>]*>\s*</v>)?\s*</c>", re.ASCII)
_ERROR = re.compile(rb"<c\b([^>]*\bt\s*=\s*[\"']e[\"'][^>]*)>")
_ROW_OF = re.compile(rb"\br\s*=\s*[\"'][A-Za-z]+(\d{1,7})[\"']")
_IS_TEXT = re.compile(rb"\bt\s*=\s*[\"']str[\"']")
_HIDDEN_ROW = re.compile(rb"<row\b([^>]*\bhidden\s*=\s*[\"'](?:1|true)[\"'][^>]*)>")
_PLACE_OF_ROW = re.compile(rb"\br\s*=\s*[\"'](\d{1,7})[\"']")
_DIGITS, _LETTERS = 8, 4


@dataclass(frozen=True)
class Extent:
    """n_rows, n_columns: from the first to the last that is used. errors, without_value, hidden: rows of such cells."""

    n_rows: int = 0
    n_columns: int = 0
    errors: list[int] = field(default_factory=list)
    without_value: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    @property
    def n_cells(self) -> int:
        """The cells of the grid that holds them all."""
        return self.n_rows * self.n_columns


def of_xml(xml: bytes) -> Extent:
    """The extent of a sheet of an xlsx, never less than what a reader of it may take it for.

    Raises UnreadableError for XML that is no sheet, or is not in an encoding one can look for letters in.
    """
    if b"sheetData" not in xml:
        raise UnreadableError("bladet är skadat eller sparat på ett sätt som programmet inte läser.")
    if b":sheetData" in xml:
        xml = re.sub(rb"<(/?)\w+:", rb"<\1", xml)
    last = xml.rfind(b"</sheetData")
    xml = xml[xml.find(b"<sheetData") : last if last >= 0 else None]
    n_rows, n_columns = _size(xml)
    if n_rows * n_columns > MOST_CELLS:  # formatted cells that hold nothing do not count, and there may be millions of them
        xml = _EMPTY_CELL.sub(b"", xml)
        n_rows, n_columns = _size(xml)
    return Extent(
        n_rows,
        n_columns,
        _rows(_ERROR, xml) if b't="e"' in xml or b"t='e'" in xml else [],
        _rows(_NO_VALUE, xml, but=_IS_TEXT) if b"</f>" in xml or b"<f/>" in xml else [],
        _rows(_HIDDEN_ROW, xml, place=_PLACE_OF_ROW) if b"hidden" in xml else [],
    )


def _rows(
    pattern: re.Pattern[bytes], xml: bytes, but: re.Pattern[bytes] | None = None, place: re.Pattern[bytes] = _ROW_OF
) -> list[int]:
    """The row of every match whose attributes do not match ``but``; 0 where they name none."""
    attributes = [found[1] for found in pattern.finditer(xml)]
    places = [place.search(text) for text in attributes if but is None or not but.search(text)]
    return [int(found[1]) if found else 0 for found in places]


def _size(xml: bytes) -> tuple[int, int]:
    """The last row and column of any cell of the sheet."""
    places, is_spaced = _fast_places(xml)
    n_placed, n_rows, n_columns, last_row = _places(xml) if is_spaced and _SPACED.search(xml) else places
    if n_placed < xml.count(b"<c") and n_placed < len(
        _CELL.findall(xml)
    ):  # a cell without a place stands after the one before it
        rows = xml.split(b"<row")
        n_rows = max(n_rows, last_row) + len(rows)
        n_columns += max(row.count(b"<c") for row in rows)
    return n_rows, n_columns


def _places(xml: bytes) -> tuple[int, int, int, int]:
    """How many cells tell their place, the last row and column among them, and the last row that tells its number."""
    found = [(letters.upper(), int(digits or b"0")) for letters, digits in _ANY_PLACE.findall(xml)]
    cells = [(letters, row) for letters, row in found if letters]
    columns = {letters: sum((letter - 64) * 26**at for at, letter in enumerate(reversed(letters))) for letters, _ in cells}
    return (
        len(cells),
        max((row for _, row in cells), default=0),
        max(columns.values(), default=0),
        max((row for letters, row in found if not letters), default=0),
    )


def _fast_places(xml: bytes) -> tuple[tuple[int, int, int, int], bool]:
    """As ``_places`` (720 000 cells in a tenth of a second), and whether a space stands beside any sign of equality.

    If so, a place may be written with one, and is not found here.
    """
    is_spaced = False
    n_cells = last_row = last_column = last_number = 0
    for start in range(0, len(xml), _PIECE):
        piece = np.frombuffer(xml[max(0, start - 2) : start + _PIECE + _OVERLAP] + b"\0" * _OVERLAP, dtype=np.uint8)
        equals = np.flatnonzero(piece[2 : 2 + min(_PIECE + min(start, 2) - 2, len(xml))] == ord("=")) + 2
        is_spaced |= bool(((piece[equals - 1] <= ord(" ")) | (piece[equals + 1] <= ord(" "))).any())
        at = equals[(piece[equals - 1] == ord("r")) & (piece[equals - 2] <= ord(" "))] + 2
        column, row = np.zeros(len(at), dtype=np.int64), np.zeros(len(at), dtype=np.int64)
        is_open = np.ones(len(at), dtype=bool)
        for _ in range(_LETTERS):
            letter = piece[at] & 0xDF
            is_open &= (letter >= ord("A")) & (letter <= ord("Z"))
            column = np.where(is_open, column * 26 + letter - 64, column)
            at = at + is_open
        is_open[:] = True
        for _ in range(_DIGITS):
            digit = piece[at]
            is_open &= (digit >= ord("0")) & (digit <= ord("9"))
            row = np.where(is_open, row * 10 + digit - 48, row)
            at = at + is_open
        is_cell = column > 0
        n_cells += int(is_cell.sum())
        last_row = max(last_row, int(row[is_cell].max(initial=0)))
        last_column = max(last_column, int(column.max(initial=0)))
        last_number = max(last_number, int(row[~is_cell].max(initial=0)))
    return (n_cells, last_row, last_column, last_number), is_spaced
