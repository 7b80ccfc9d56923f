"""One sheet of an EST list as observations: every cell read, every row that cannot be used set aside and doubted."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.privacy import HIDDEN
from lagesbild.sources.est import cells as est_cells
from lagesbild.sources.est import observations
from lagesbild.sources.est.days import Clues, clues_of
from lagesbild.sources.est.headings import Headings
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.files.sheet import Sheet, is_blank
from lagesbild.sources.reading import SetAside
from lagesbild.tables import TABLES, Column

UNKNOWN_ORGANISATION = "Okänd rapportör"
_Value = TypeVar("_Value")
_TEXTS = ("observation_id", "organisation", "area", "place", "category", "description", "duplicate_of")


@dataclass(frozen=True)
class EstSheet:
    """A sheet that is an EST list, with its headings."""

    file: RawFile
    sheet: Sheet
    headings: Headings
    report_year: int

    @cached_property
    def filled(self) -> list[tuple[int, list[object]]]:
        """Row number and cells of every row below the headings that holds anything."""
        start = self.headings.row + 1
        numbered = zip(self.sheet.numbers[start:], self.sheet.rows[start:], strict=True)
        return [(number, row) for number, row in numbered if _is_filled(row)]

    @cached_property
    def rows(self) -> list[int]:
        """The row numbers."""
        return [number for number, _ in self.filled]

    @cached_property
    def clues(self) -> Clues:
        """What the sheet's name, and the titles above its headings, say of time."""
        titles = [
            cell for row in self.sheet.rows[: self.headings.row] for cell in row if isinstance(cell, str) and not is_blank(cell)
        ]
        return clues_of(self.sheet.name, titles, self.report_year)

    @property
    def missing(self) -> list[str]:
        """What cannot be done without and is not there; a week in the sheet's name is a day for its rows."""
        return [name for name in self.headings.missing if name != "date" or self.clues.week is None]

    def cells(self, column: str) -> list[object]:
        """The column's cells; empty ones where the list has no such column."""
        place = self.headings.columns.get(column)
        return [None] * len(self.filled) if place is None else self.cells_at(place)

    def cells_at(self, place: int) -> list[object]:
        """The cells at one place of every row; a truth value as text, for True is not 1."""
        cells: list[object] = self._columns[place] if place < len(self._columns) else [None] * len(self.filled)
        if bool in set(map(type, cells)):
            return [str(cell) if isinstance(cell, bool) else cell for cell in cells]
        return cells

    @cached_property
    def _columns(self) -> list[list[object]]:
        """The cells by column; short rows end in empty cells."""
        return [list(column) for column in itertools.zip_longest(*(row for _, row in self.filled))]

    def where(self, rows: list[int], column: str = "") -> str:
        """The place of some rows as a doubt names it."""
        return self.file.where(self.sheet.name, rows, self.headings.name_of(column) if column in self.headings.columns else "")


@dataclass(frozen=True)
class SheetRows:
    """What a sheet holds. frame: columns as ``observations``, index = row number (several rows may share one)."""

    one: EstSheet
    frame: pd.DataFrame
    doubts: tuple[Doubt, ...] = ()
    aside: tuple[SetAside, ...] = ()


def read_cells(one: EstSheet) -> SheetRows:
    """Every row with its cells as values, but no days yet; categories and ids as written; empty texts are missing.

    A text that was hidden because it may point out a person is missing too; as a category it stands for free text.
    """
    times, timed = _read(one, "time", est_cells.read_clock, "klockslag", "14:30")
    severity, graded = _read(one, "severity", est_cells.read_severity, "allvarsgrad", "1, 2 eller 3")
    persons, counted = _read(one, "persons", est_cells.read_count, "antal", "ett heltal")
    east, north, placed = _points(one)
    texts = {name: distinct(one.cells(name), _text) for name in _TEXTS}
    texts["category"] = [
        observations.FREE_TEXT if cell == HIDDEN else text
        for cell, text in zip(one.cells("category"), texts["category"], strict=True)
    ]
    n_rows = len(one.rows)
    frame = pd.DataFrame(
        {
            **{name: pd.Series(cells, dtype="str") for name, cells in texts.items()},
            "date": pd.Series([None] * n_rows, dtype="datetime64[us]"),
            "time": pd.Series([time or None for time in times], dtype="str"),
            "severity": pd.array(severity, dtype="Int64"),
            "persons": pd.array(persons, dtype="Int64"),
            "x": pd.Series(east, dtype="float64"),
            "y": pd.Series(north, dtype="float64"),
        }
    ).set_axis(pd.Index(one.rows, name="rad", dtype="int64"))[TABLES["observations"].names]
    return SheetRows(one, frame, (*timed, *graded, *counted, *placed))


def distinct(cells: list[object], read: Callable[[object], _Value]) -> list[_Value]:
    """What ``read`` makes of every cell; each distinct one is read once."""
    values = {cell: read(cell) for cell in set(cells)}
    return [values[cell] for cell in cells]


def unnamed(part: SheetRows) -> SheetRows:
    """The rows with a name for who reported and for what, where they do not say; those in doubt."""
    one, frame = part.one, part.frame
    doubts = []
    for column, stand_in, what in (
        ("organisation", UNKNOWN_ORGANISATION, "säger inte vem som rapporterade"),
        ("category", observations.NO_CATEGORY, "saknar kategori"),
    ):
        frame = frame.assign(**{column: frame[column].fillna(stand_in)})
        rows = sorted({int(row) for row in frame.index[frame[column].eq(stand_in)]})
        if rows:
            told = f"{swedish.plural(len(rows), 'rad', 'rader')} {what}."
            action = f'{"Den räknas" if len(rows) == 1 else "De räknas"} som "{stand_in}".'
            doubts.append(Doubt(f"{column}_saknas", one.where(rows, column), told, action, len(rows)))
    return SheetRows(one, frame, (*part.doubts, *doubts), part.aside)


def about_headings(one: EstSheet) -> Iterator[Doubt]:
    """Headings that mean nothing here, and those of columns that are never read because they hold persons."""
    where = one.where([one.sheet.numbers[one.headings.row]])
    if one.headings.private:
        what = f"{_columns(one.headings.private)} läses aldrig, för {_it(one.headings.private)} kan peka ut personer."
        yield Doubt("personkolumn", where, what, "Ta bort sådana uppgifter ur listan innan den lämnas vidare.")
    if one.headings.unused:
        what = f"{_columns(one.headings.unused)} används inte."
        yield Doubt("okand_kolumn", where, what, "Skriv i profilen under [est.columns] vad de är, om de ska läsas.")


def _columns(names: list[str]) -> str:
    quoted = swedish.listing([f'"{name}"' for name in names])
    return f"{'kolumnen' if len(names) == 1 else 'kolumnerna'} {quoted}"


def _it(names: list[str]) -> str:
    return "den" if len(names) == 1 else "de"


def _is_filled(row: list[object]) -> bool:
    # Most rows have something in their first cell.
    return bool(row) and (not is_blank(row[0]) or not all(is_blank(cell) for cell in row))


def _text(cell: object) -> str | None:
    text = " ".join(cell.split()) if isinstance(cell, str) else est_cells.as_text(cell)
    return None if text == HIDDEN or text in est_cells.DASHES else text or None


def _read(
    one: EstSheet, column: str, read: Callable[[object], _Value | None], noun: str, example: str
) -> tuple[list[_Value | None], list[Doubt]]:
    """A column's values, None where the cell is empty or cannot be read; the latter in doubt."""
    cells = one.cells(column)
    if column not in one.headings.columns:
        return [None] * len(cells), []
    values = distinct(cells, lambda cell: None if is_blank(cell) else read(cell))
    pairs = zip(one.rows, cells, values, strict=True)
    wrong = [row for row, cell, value in pairs if value is None and not is_blank(cell) and cell not in est_cells.DASHES]
    if not wrong:
        return values, []
    what = f"{swedish.plural(len(wrong), 'cell', 'celler')} går inte att läsa som {noun}."
    action = f"Skriv som {example}. {'Raden' if len(wrong) == 1 else 'Raderna'} är med, men utan den uppgiften."
    return values, [Doubt(f"olasligt_{column}", one.where(wrong, column), what, action, len(wrong))]


def _points(one: EstSheet) -> tuple[list[float | None], list[float | None], list[Doubt]]:
    """East and north of every row, both or neither; neither where they lie outside Sweden (swapped, another system)."""
    n_rows = len(one.rows)
    if not {"x", "y"} & set(one.headings.columns):
        return [None] * n_rows, [None] * n_rows, []
    table = TABLES["observations"]
    east, north = one.cells("x"), one.cells("y")
    xs, ys = (
        distinct(cells, lambda cell, column=column: _within(est_cells.read_number(cell), column))  # type: ignore[misc]
        for cells, column in ((east, table.column("x")), (north, table.column("y")))
    )
    is_good = [x is not None and y is not None for x, y in zip(xs, ys, strict=True)]
    points = zip(one.rows, east, north, is_good, strict=True)
    wrong = [row for row, x, y, good in points if not good and not (is_blank(x) and is_blank(y))]
    xs, ys = ([value if good else None for value, good in zip(values, is_good, strict=True)] for values in (xs, ys))
    if not wrong:
        return xs, ys, []
    what = f"{swedish.plural(len(wrong), 'koordinat ligger', 'koordinater ligger')} inte i Sverige enligt SWEREF 99 TM."
    action = "Kontrollera koordinatsystemet och att öst och nord inte har bytt plats. Raderna är med, men utan koordinat."
    return xs, ys, [Doubt("olaslig_koordinat", one.where(wrong, "x"), what, action, len(wrong))]


def _within(value: float | None, column: Column) -> float | None:
    return value if value is not None and (column.lowest or 0) <= value <= (column.highest or 0) else None
