"""A raw file as a value: its bytes, its text, its sheets, and how a place in it is named."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineWorkbook

from lagesbild import swedish
from lagesbild.errors import Doubt, Place
from lagesbild.sources import text
from lagesbild.sources.reading import SetAside

_WORKBOOK_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ROWS_SHOWN = 8
#: So many rows tell a layout, and so many bytes hold them.
_HEAD, _HEAD_BYTES = 40, 100_000


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook, or a whole text file (name ""). rows: its cells; numbers: their row numbers in the file."""

    name: str
    rows: list[list[object]]
    numbers: list[int]

    @property
    def n_filled(self) -> int:
        """Rows with anything in them."""
        return sum(any(not is_blank(cell) for cell in row) for row in self.rows)


@dataclass(frozen=True)
class RawFile:
    """One file of the raw folder; its bytes were read once. name: its path in the folder, with slashes."""

    path: Path
    name: str
    data: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        """The checksum of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def is_workbook(self) -> bool:
        """Whether the bytes begin as a spreadsheet's do, whatever the file is called."""
        return self.data.startswith(_WORKBOOK_MAGIC)

    @cached_property
    def trouble(self) -> str:
        """Why the file can be read neither as text nor as a workbook, in Swedish; "" if it can."""
        if not self.data.strip():
            return "filen är tom."
        if not self.is_workbook:
            is_utf16 = self.data[:2] in (b"\xff\xfe", b"\xfe\xff")
            return "filen är varken text eller Excel." if b"\0" in self.data and not is_utf16 else ""
        try:
            self._workbook()
        except CalamineError:
            return "filen ser ut som Excel men går inte att öppna. Den är skadad eller skyddad med lösenord."
        return ""

    @cached_property
    def text(self) -> str:
        """The decoded text; "" for a workbook."""
        return "" if self.is_workbook or self.trouble else text.decode(self.data)

    @cached_property
    def encoding(self) -> str:
        """The codec of a text file."""
        return text.encoding(self.data)

    @cached_property
    def start(self) -> str:
        """The first letters of the text, as ``text`` has them, without decoding the rest; "" for a workbook."""
        return "" if self.is_workbook or self.trouble else text.beginning(self.data, self.encoding, _HEAD_BYTES)

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """What is doubtful about the file as such, whatever it holds."""
        return ()

    @cached_property
    def set_aside(self) -> tuple[SetAside, ...]:
        """Rows that no source gets to see."""
        return ()

    @cached_property
    def heads(self) -> tuple[Sheet, ...]:
        """The first rows of every sheet, enough to recognise a layout by; cheap for a long text file."""
        if self.is_workbook or self.trouble:
            return tuple(Sheet(sheet.name, sheet.rows[:_HEAD], sheet.numbers[:_HEAD]) for sheet in self.sheets)
        return (_table(self.start.split("\n")[:_HEAD]),)

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of a workbook in its order, or a text file as one sheet without a name."""
        if self.trouble:
            return ()
        if self.is_workbook:
            book = self._workbook()
            sheets = ((name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names)
            return tuple(Sheet(name, [list(row) for row in rows], list(range(1, len(rows) + 1))) for name, rows in sheets)
        return (_table(self.text.split("\n")),)

    def where(self, sheet: str = "", rows: list[int] | int | None = None, column: str = "") -> Place:
        """The place as an error names it.

        >>> RawFile(Path("a.xlsx"), "a.xlsx", b"").where("Mars", 41, "Datum")
        'a.xlsx, blad "Mars", rad 41, kolumn Datum'
        """
        numbers = [rows] if isinstance(rows, int) else sorted(set(rows or ()))
        parts = [self.name]
        parts += [f'blad "{sheet}"'] if sheet else []
        parts += [f"rad {rows_text(numbers)}"] if numbers else []
        words = ", ".join([*parts, f"kolumn {column}"] if column else parts)
        return Place(words, self.name, sheet, tuple(numbers), column, self._letter(sheet, column))

    def _letter(self, sheet: str, column: str) -> str:
        """What a spreadsheet calls the column with this heading; "" where no row near the top holds it."""
        rows = [row for head in self.heads if head.name == sheet for row in head.rows] if column else []
        at = next((row.index(column) for row in rows if column in row), None)
        return "" if at is None else get_column_letter(at + 1)

    def _workbook(self) -> CalamineWorkbook:
        return CalamineWorkbook.from_filelike(io.BytesIO(self.data))


def _table(lines: list[str]) -> Sheet:
    """Lines of text with a separator as a sheet; a quoted field may hold line breaks: the row's number is its first line's."""
    reader = csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=text.separator(lines[:50]))
    rows, numbers = [], []
    before = 0
    for row in reader:
        rows.append(list[object](row))
        numbers.append(before + 1)
        before = reader.line_num
    return Sheet("", rows, numbers)


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def rows_text(rows: list[int]) -> str:
    """Row numbers as ranges, at most eight of them, then how many there are in all.

    >>> rows_text([2, 3, 4, 9])
    '2–4 och 9'
    """
    ordered = sorted(set(rows))
    starts = [row for row in ordered if row - 1 not in set(ordered)]
    ends = [row for row in ordered if row + 1 not in set(ordered)]
    ranges = [swedish.years(first, last) for first, last in zip(starts, ends, strict=True)]
    if len(ranges) <= _ROWS_SHOWN:
        return swedish.listing(ranges)
    return f"{', '.join(ranges[:_ROWS_SHOWN])} med flera ({swedish.plural(len(ordered), 'rad', 'rader')})"
