"""The headings of a table that Brå's SOL shows on the screen: what each column holds."""

from __future__ import annotations

import html
import tomllib
from dataclasses import dataclass
from importlib import resources

from lagesbild.errors import Problem
from lagesbild.sources import bra_sol
from lagesbild.sources.bra import sol_checks as checks
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.files.sheet import Sheet

LAYOUT = tomllib.loads(resources.files("lagesbild.sources").joinpath("bra_sol_report.toml").read_text("utf-8"))
_MEASURES = {name: measure for measure, names in LAYOUT["measures"].items() for name in names}
_QUOTED = 40


@dataclass(frozen=True)
class Column:
    """What a column holds. at: its place in the row. year: as written; month, quarter: None for a whole year."""

    at: int
    measure: str
    year: str
    month: int | None
    quarter: int | None


def columns_of(file: RawFile, sheet: Sheet, number: int, heading: list[list[str]]) -> tuple[list[Column], list[Problem]]:
    """What the columns hold, from the rows above them. A word over several columns stands over the first of them.

    The last row says the measure; of those above it one says the year and, where there is one more, the month or quarter.
    """
    where = file.where(sheet.name, number - 1)
    *above, last = heading or [[]]
    width = max((at for at, text in enumerate(last) if text), default=0)
    months, quarters = bra_sol.LAYOUT["months"], bra_sol.LAYOUT["quarters"]
    columns: list[Column] = []
    problems: list[Problem] = []
    filled = [_filled(row, width) for row in above]
    for at in range(1, width + 1):
        words = [row[at] for row in filled if row[at] and row[at] not in bra_sol.LAYOUT["words"]["whole_year"]]
        years = [word for word in words if bra_sol.year_of(word)]
        periods = [word for word in words if word in months or word in quarters]
        measure = _MEASURES.get(last[at])
        if measure is None:
            what = f'rubriken "{last[at][:_QUOTED]}" säger inte vad kolumn {at + 1} innehåller.'
            problems.append(
                Problem(where, what, " eller ".join(LAYOUT["measures"][name][0] for name in LAYOUT["measures"]) + ".")
            )
        elif len(years) != 1 or len(periods) > 1 or len(words) != len(years) + len(periods):
            what = f"det går inte att se vilken period kolumn {at + 1} gäller."
            problems.append(Problem(where, what, "ett år, och högst en månad eller ett kvartal.", checks.EXPORT_AGAIN))
        else:
            period = periods[0] if periods else ""
            columns.append(Column(at, measure, years[0], months.get(period), quarters.get(period)))
    if not columns and not problems:
        problems.append(Problem(where, "rubrikerna saknas.", "år och Antal eller /100 000 inv.", checks.EXPORT_AGAIN))
    return columns, problems


def _filled(row: list[str], width: int) -> list[str]:
    """The row with each word repeated to the right, until the next."""
    filled: list[str] = []
    for at in range(width + 1):
        text = row[at] if at < len(row) else ""
        filled.append(text or (filled[-1] if filled else ""))
    return filled


def text_of(cell: object) -> str:
    """A cell as text, with single spaces; a year that a workbook keeps as a number is written without decimals."""
    plain = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    return " ".join(html.unescape("" if plain is None else str(plain)).split())
