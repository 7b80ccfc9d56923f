"""One sheet of a workbook, or a whole text file, as rows of cells; and how rows are named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lagesbild import swedish
from lagesbild.errors import Doubt, Place
from lagesbild.sources.reading import SetAside

#: Names a place: sheet, row numbers, column.
Where = Callable[[str, list[int], str], Place]
_ROWS_SHOWN = 8
GET_ANEW = "Hämta filen på nytt eller ta bort den ur mappen."


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
class Content:
    """The sheets of a file, what is doubtful about them as such, and the rows that no source gets to see."""

    sheets: tuple[Sheet, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


class UnreadableError(Exception):
    """Why a file cannot be read, and what to do about it, in Swedish. sheet, rows: where in the file, as far as known."""

    def __init__(self, what: str, action: str = GET_ANEW, sheet: str = "", rows: tuple[int, ...] = ()) -> None:
        super().__init__(what)
        self.what, self.action, self.sheet, self.rows = what, action, sheet, rows


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def rows_text(rows: list[int]) -> str:
    """Row numbers as ranges, at most eight of them, then how many there are in all.

    >>> rows_text([2, 3, 4, 9])
    '2–4 och 9'
    """
    ordered = sorted(set(rows))
    known = set(ordered)
    starts = [row for row in ordered if row - 1 not in known]
    ends = [row for row in ordered if row + 1 not in known]
    ranges = [swedish.years(first, last) for first, last in zip(starts, ends, strict=True)]
    if len(ranges) <= _ROWS_SHOWN:
        return swedish.listing(ranges)
    return f"{', '.join(ranges[:_ROWS_SHOWN])} med flera ({swedish.plural(len(ordered), 'rad', 'rader')})"


def column_name(place: int) -> str:
    """The letters Excel has for the column at the place, counted from 0.

    >>> column_name(0), column_name(27), column_name(16383)
    ('A', 'AB', 'XFD')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
