"""The figures of Brå's kommun indicators as cells, before anything is made of them: read, checked, each fact once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from lagesbild.errors import Problem
from lagesbild.sources.bra.indicator_labels import Period, Region, Title
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import SetAside
from lagesbild.tables import Figure, parse_figure

#: What makes two cells the same figure.
KEY = ["label", "level", "region", "year", "measure"]
SHARES = ("value", "lower", "upper")
REPEATED = "upprepar en uppgift i samma fil"
_QUOTED = 60
#: No count, rate or number of respondents of a country is higher.
_MOST = 20_000_000


class Cell(NamedTuple):
    """One figure. row: a running number of the file's data rows. label: of its series, "" for the number of respondents."""

    row: int
    label: str
    region: Region
    period: Period
    measure: str
    figure: object
    sheet: str
    number: int
    heading: str


@dataclass(frozen=True)
class Cells:
    """Everything one file holds. n_rows: its data rows; aside: those of sheets without a table (not among n_rows).

    titles: label -> its title, where the file gives years in it.
    """

    cells: list[Cell]
    n_rows: int
    titles: dict[str, Title]
    aside: tuple[SetAside, ...] = ()


def frame_of(file: RawFile, cells: list[Cell]) -> tuple[pd.DataFrame, list[Problem]]:
    """One row per cell that holds a figure or a mark, and the cells that hold neither."""
    problems: dict[tuple[str, str, str, str], list[int]] = {}
    records = []
    for cell in cells:
        expected = _EXPECTED[cell.measure]
        try:
            figure = _figure(cell.figure)
            is_right = figure.value is None or _is_possible(cell.measure, figure.value)
        except ValueError:
            is_right = False
        if not is_right:
            problems.setdefault((cell.sheet, cell.heading, _text(cell.figure), expected), []).append(cell.number)
        elif figure.missing != "not_collected":
            where = (cell.row, cell.label, cell.region.level, cell.region.name, cell.period.year, cell.measure)
            status = "preliminary" if cell.period.is_preliminary else "final"
            records.append((*where, figure.value, figure.missing, status, cell.sheet, cell.number))
    columns = ["row", *KEY, "figure", "missing", "status", "sheet", "number"]
    frame = pd.DataFrame(records, columns=columns).astype({"figure": "float64", "missing": "str"})
    what = "kan inte stå här."
    return frame, [
        Problem(file.where(sheet, rows, heading), f'"{text}" {what}', expected)
        for (sheet, heading, text, expected), rows in problems.items()
    ]


def _text(cell: object) -> str:
    """The cell as it stands in the sheet, where a whole number has no point."""
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()[:_QUOTED]


@lru_cache(maxsize=4096, typed=True)
def _figure(cell: object) -> Figure:
    return parse_figure(cell)


_EXPECTED = {
    "count": "ett heltal, eller två punkter.",
    "rate": "ett tal, eller två punkter.",
    "n": "ett heltal, eller två punkter.",
    **dict.fromkeys(SHARES, "en andel mellan 0 och 100 procent, eller två punkter."),
}


def _is_possible(measure: str, value: float) -> bool:
    if measure in SHARES:
        return 0 <= value <= 100
    return 0 <= value <= _MOST and (measure == "rate" or value.is_integer())


def unrepeated(file: RawFile, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """The cells with repeats marked; a problem for each series where one fact has several figures."""
    is_repeat = frame.duplicated(KEY)
    is_same = frame.duplicated([*KEY, "figure", "missing"])
    clashing = frame[is_repeat & ~is_same]
    problems = []
    for (label, name), part in clashing.groupby(["label", "region"], observed=True):
        what = f'"{str(label or "Antal svarande")[:_QUOTED]}" har flera olika siffror för {name} {int(part["year"].iloc[0])}.'
        where = file.where(str(part["sheet"].iloc[0]), [int(number) for number in part["number"]])
        problems.append(Problem(where, what, "en siffra per område och år.", "Ta bort den som inte gäller."))
    return frame.assign(fate=frame["fate"].mask(is_repeat, REPEATED)), problems
