"""Where a population table keeps what: one row per kommun and year, or years as headings as SCB writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lagesbild.sources.files.file import Sheet, is_blank
from lagesbild.sources.people.mean import Kind
from lagesbild.taxonomy.names import fold

_LOOK_FOR_HEADINGS_IN = 10
_CODES = {"kommunkod", "kod", "knkod", "regionkod", "kommun kod", "region kod", "municipality code", "municip code"}
_NAMES = {"kommun", "kommunnamn", "kommun namn", "kommuner", "region", "namn", "name", "municipality", "geografi", "omrade"}
_YEARS = {"ar", "year", "tid", "kalenderar"}
_FIGURES = {
    "folkmangd",
    "medelfolkmangd",
    "medelbefolkning",
    "befolkning",
    "bef",
    "population",
    "invanare",
    "antal",
    "antal invanare",
}
_FIGURE_PREFIXES = ("folkmangd ", "medelfolkmangd ", "befolkning ")
_SPLITS = {"kon", "alder", "civilstand", "sex", "age"}
_EVERYONE = {"totalt", "total", "samtliga", "alla", "bada konen", "totalt alder", "totalt samtliga aldrar", "man och kvinnor"}
_CONTENTS = {"tabellinnehall", "contents", "table contents", "statistikvariabel"}
_YEAR_HEADING = re.compile(r"(?P<what>.*?)\s*(?P<year>(?:19|20)\d\d)(?:\.0)?")
_DIGITS = re.compile(r"\d[\d \u00a0\u202f]*")
_MEAN = re.compile(r"medel(folkmängd|befolkning)|mean population", re.IGNORECASE)
_YEAR_END = re.compile(r"31 dec|folkmängd|årets slut|year.end", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """A sheet that is a population table.

    head: place of the heading row. code, name: columns of the kommun's code and name. years: column -> year where years are
    headings; else year and figure are columns. splits: columns such as sex and age. kind: what the figures are said to be.
    """

    head: int
    code: int | None
    name: int | None
    years: dict[int, int]
    year: int | None
    figure: int | None
    splits: tuple[int, ...]
    kind: Kind

    def rows(self, sheet: Sheet) -> Iterator[tuple[int, list[object]]]:
        """Row number and cells, as many as there are columns, of every row with several cells or a figure; titles and footnotes
        are passed over."""
        places = [*self.years, *(place for place in (self.code, self.name, self.year, self.figure) if place is not None)]
        for number, row in zip(sheet.numbers[self.head + 1 :], sheet.rows[self.head + 1 :], strict=True):
            whole = [*row, *[""] * (max(places) + 1 - len(row))]
            filled = [cell for cell in whole if not is_blank(cell)]
            if len(filled) > 1 or (filled and _DIGITS.fullmatch(cell_text(filled[0]))):
                yield number, whole

    def region(self, row: list[object]) -> tuple[str, str]:
        """The kommun's code and name as they stand; "" where there is none."""
        code, name = ("" if place is None else cell_text(row[place]) for place in (self.code, self.name))
        return code, name

    def is_everyone(self, row: list[object]) -> bool:
        """Whether the row is about the whole population, not one sex or age."""
        return all(fold(cell_text(row[place])) in _EVERYONE for place in self.splits)


def find(sheet: Sheet) -> Layout | None:
    """The layout given by the first of the first ten rows that can be a heading row; None where none can."""
    for head, row in enumerate(sheet.rows[:_LOOK_FOR_HEADINGS_IN]):
        names = [cell_text(cell) for cell in row]
        keys = [fold(name) for name in names]
        code, name, year, contents = (_first(keys, known) for known in (_CODES, _NAMES, _YEARS, _CONTENTS))
        figure = next((at for at, key in enumerate(keys) if key in _FIGURES or key.startswith(_FIGURE_PREFIXES)), None)
        headings = {at: found for at, heading in enumerate(names) if (found := _YEAR_HEADING.fullmatch(heading))}
        is_long = year is not None and figure is not None
        if (code is None and name is None) or not (is_long or headings):
            continue
        words = [cell_text(cell) for earlier in sheet.rows[:head] for cell in earlier]
        words += [found["what"] for found in headings.values()] if headings else [names[figure or 0]]
        words += [cell_text(row[contents]) for row in sheet.rows[head + 1 : head + 2]] if contents is not None else []
        splits = tuple(at for at, key in enumerate(keys) if key in _SPLITS)
        years = {at: int(found["year"]) for at, found in headings.items()}
        return Layout(head, code, name, years, year, figure, splits, _kind(" ".join(words)))
    return None


def cell_text(cell: object) -> str:
    """A cell as one line of text, whole numbers without decimals."""
    if is_blank(cell):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else " ".join(str(cell).split())


def _first(keys: list[str], known: set[str]) -> int | None:
    return next((at for at, key in enumerate(keys) if key in known), None)


def _kind(words: str) -> Kind:
    if _MEAN.search(words):
        return "mean"
    return "year_end" if _YEAR_END.search(words) else "unknown"
