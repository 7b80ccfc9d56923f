"""A workbook becomes sheets: hidden ones left out, merged cells filled down, errors emptied, and all of it told."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar, cast

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from lagesbild import privacy, swedish
from lagesbild.errors import Doubt
from lagesbild.sources.files import cells, container, ole, parts
from lagesbild.sources.files.extent import Extent
from lagesbild.sources.files.sheet import Content, Sheet, UnreadableError, Where
from lagesbild.sources.reading import SetAside

#: Sheets of the project's own templates that are hidden without holding any data.
_EXPLAINING = ("Förklaring", "Listor")
_Value = TypeVar("_Value")


def read(data: bytes, where: Where) -> Content:
    """The visible sheets in their order, with what is doubtful about them.

    Raises UnreadableError for what is no workbook, is damaged, protected, or larger than can be read.
    """
    extents = dict(parts.extents(data))
    if data.startswith(container.OLE):
        with _quiet():
            return _content(ole.sound(data), extents, where)
    return _content(data, extents, where)


def _content(data: bytes, extents: dict[str, Extent], where: Where) -> Content:
    book = _from_calamine(partial(CalamineWorkbook.from_filelike, io.BytesIO(data)))
    sheets: list[Sheet] = []
    doubts: list[Doubt] = []
    set_aside: list[SetAside] = []
    pages = [page for page in book.sheets_metadata if page.typ == SheetTypeEnum.WorkSheet]
    if pages and all(page.visible != SheetVisibleEnum.Visible for page in pages):
        raise UnreadableError("alla blad i arbetsboken är dolda.", "Ta fram ett blad i Excel och spara.")
    for page in pages:
        grid = _from_calamine(partial(book.get_sheet_by_name, page.name), page.name)
        sheet = Sheet(privacy.masked(page.name), *_rows(grid))
        if page.visible != SheetVisibleEnum.Visible:
            if sheet.name not in _EXPLAINING and sheet.n_filled:
                set_aside.append(SetAside("står på ett dolt blad", sheet.n_filled))
                doubts.append(_hidden(sheet, is_deep=page.visible == SheetVisibleEnum.VeryHidden, where=where))
            continue
        found = extents.get(page.name, Extent())
        sheets.append(sheet)
        doubts += cells.fill_down(sheet, grid.merged_cell_ranges or [], where)
        doubts += cells.empty_errors(sheet, found.errors, where)
        doubts += cells.without_value(sheet, found.without_value, where)
        doubts += cells.hidden_rows(sheet, found.hidden, where)
    return Content(tuple(sheets), tuple(doubts), tuple(set_aside))


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing on the terminal meanwhile: the library's machine code prints a stack of its own before it raises a panic."""
    try:
        before = os.dup(2)
    except OSError:  # there is no terminal
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)
        os.close(nowhere)


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
    grown = _from_calamine(grid.to_python, grid.name)
    cells = cast("list[list[object]]", grown)
    if indent:
        cells = [[*[""] * indent, *row] for row in cells]
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
