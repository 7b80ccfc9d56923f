"""A raw file as a value: its bytes, its text, its sheets, and how a place in it is named."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from lagesbild import letters, privacy
from lagesbild.errors import Doubt, Place, Problem, SourceError
from lagesbild.sources.files import cells, container, lines, text, workbook
from lagesbild.sources.files.sheet import Content, Sheet, UnreadableError, column_name, is_blank, rows_text
from lagesbild.sources.reading import SetAside
from lagesbild.sources.screening import screened

__all__ = ["RawFile", "Sheet", "is_blank", "rows_text"]

#: So many rows tell a layout, and so many bytes hold them.
_HEAD, _HEAD_BYTES = 40, 100_000


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
        return self.data.startswith((container.ZIP, container.OLE))

    @property
    def trouble(self) -> str:
        """Why the file can be read neither as text nor as a workbook, in Swedish; "" if it can."""
        return self.problem.what if self.problem else ""

    @cached_property
    def problem(self) -> Problem | None:
        """The same as a problem that says where and what to do; None if the file can be read."""
        try:
            if self.is_workbook:
                _ = self._book
            elif trouble := container.by_size(len(self.data), self.data[:8]) or container.refuse(self.data):
                raise trouble
            else:
                text.hold_to_text(self.data)
        except UnreadableError as error:
            return self._problem(error)
        return None

    @cached_property
    def text(self) -> str:
        """The decoded text; "" for a workbook."""
        return "" if self.is_workbook or self.trouble else text.decode(self.data)

    def json(self) -> Any:
        """The text read as JSON, its letters as they can be shown: an escape may name half a letter, or one no one sees.

        Raises ValueError or RecursionError.
        """
        content = json.loads(self.text)
        return letters.all_shown(content) if "\\u" in self.text or letters.unshown(self.text) - {"\r"} else content

    @cached_property
    def encoding(self) -> str:
        """The codec of a text file."""
        return text.encoding(self.data)

    @cached_property
    def start(self) -> str:
        """The first letters of the text, as ``text`` has them, without decoding the rest; "" for a workbook."""
        return "" if self.is_workbook or self.trouble else text.beginning(self.data, self.encoding, _HEAD_BYTES)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What is doubtful about the file as such, whatever it holds; of a text only where it was read as a table."""
        return self._content.doubts if self._is_opened else ()

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """Rows that no source gets to see."""
        return self._content.set_aside if self._is_opened else ()

    @cached_property
    def heads(self) -> tuple[Sheet, ...]:
        """The first rows of every sheet, enough to recognise a layout by; cheap for a long text file. () if it has trouble."""
        if self.trouble:
            return ()
        if self.is_workbook:
            return tuple(Sheet(sheet.name, sheet.rows[:_HEAD], sheet.numbers[:_HEAD]) for sheet in self.sheets)
        return (self._screened(lines.head(self.start, _HEAD, is_cut=len(self.data) > _HEAD_BYTES))[0],)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of a workbook in its order, or a text file as one sheet without a name; () if it has trouble.

        Raises SourceError for a text in which rows cannot be told from each other.
        """
        return () if self.trouble else self._content.sheets

    def where(self, sheet: str = "", rows: list[int] | int | None = None, column: str = "") -> Place:
        """The place as an error names it.

        >>> RawFile(Path("a.xlsx"), "a.xlsx", b"").where("Mars", 41, "Datum")
        'a.xlsx, blad "Mars", rad 41, kolumn Datum'
        """
        return self._place(sheet, rows, column, self.__dict__.get("heads", ()))

    def _place(self, sheet: str, rows: list[int] | int | None, column: str, known: tuple[Sheet, ...]) -> Place:
        numbers = [rows] if isinstance(rows, int) else sorted(set(rows or ()))
        parts = [self.name]
        parts += [f'blad "{sheet}"'] if sheet else []
        parts += [f"rad {rows_text(numbers)}"] if numbers else []
        words = ", ".join([*parts, f"kolumn {column}"] if column else parts)
        headings = [row for one in known if one.name == sheet for row in one.rows[:_HEAD]] if column else []
        at = next((row.index(column) for row in headings if column in row), None)
        return Place(words, self.name, sheet, tuple(numbers), column, "" if at is None else column_name(at))

    @property
    def _is_opened(self) -> bool:
        return not self.trouble and (self.is_workbook or "_content" in self.__dict__)

    @cached_property
    def _book(self) -> Content:
        """The workbook's content. Raises UnreadableError."""
        if trouble := container.by_size(len(self.data), self.data[:8]):
            raise trouble
        return self._without_private(workbook.read(self.data, self.where))

    @cached_property
    def _content(self) -> Content:
        if self.is_workbook:
            return self._book
        try:
            sheet = lines.read(self.text)
        except UnreadableError as error:
            raise SourceError(self._problem(error)) from error
        found = cells.emptied(sheet.rows, sheet.numbers)
        return self._without_private(Content((sheet,), (cells.error_doubt(found, "", self.where),) if found else ()))

    def _without_private(self, content: Content) -> Content:
        """The content with personal data hidden, and counted in doubt."""
        screened_sheets = [self._screened(sheet) for sheet in content.sheets]
        doubts = [doubt for _, its in screened_sheets for doubt in its]
        doubts += [doubt for sheet, _ in screened_sheets for doubt in cells.doubled_headings(sheet, self.where)]
        return replace(content, sheets=tuple(sheet for sheet, _ in screened_sheets), doubts=(*content.doubts, *doubts))

    def _screened(self, sheet: Sheet) -> tuple[Sheet, tuple[Doubt, ...]]:
        return screened(sheet, lambda name, rows, column: self._place(name, rows, column, (sheet,)))

    def _problem(self, error: UnreadableError) -> Problem:
        return Problem(self.where(privacy.masked(error.sheet), list(error.rows)), error.what, action=error.action)
