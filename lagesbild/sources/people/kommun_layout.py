"""A table of figures per kommun, read by a map that names its columns: population and figures that give background."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lagesbild.errors import Doubt, SourceError
from lagesbild.sources.files.file import RawFile, Sheet
from lagesbild.sources.people import kommun_table
from lagesbild.sources.people.mean import mean_population
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.tables import CONTEXT, validate
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

#: One entry of a map: which headings tell it, which columns hold code, name, year and population, and which figures it has.
Layout = Mapping[str, Any]


def find(sheets: tuple[Sheet, ...], layouts: list[Layout]) -> tuple[Sheet, Layout, int] | None:
    """The first sheet that has the headings of one of the layouts, that layout, and where the heading row is."""
    for sheet in sheets:
        for layout in layouts:
            head = kommun_table.head_of(sheet, [fold(heading) for heading in layout["headings"]])
            if head is not None:
                return sheet, layout, head
    return None


def refusal(layouts: list[Layout]) -> Refusal:
    """Why a file is of none of the layouts: the headings the first of them has."""
    return Refusal(f"det finns ingen rubrikrad med {', '.join(layouts[0]['headings'])}")


def read(file: RawFile, sheet: Sheet, layout: Layout, head: int, taxonomy: Taxonomy, year: int | None = None) -> Reading:
    """The sheet as population and context_figures. year: of every row, where the layout has no column for it.

    A row is used where it gives a figure. Raises SourceError with every unknown kommun, every cell that is no figure, and every
    kommun and year that stands twice.
    """
    cells = kommun_table.cells_of(sheet, head)
    code, name = (cells[fold(layout[key])] if key in layout else None for key in ("code", "name"))
    kommun, problems = kommun_table.kommuner(file, sheet.name, code, name, taxonomy)
    when = pd.Series(int(layout.get("year_is", year or 0)), cells.index)
    if "year" in layout:
        when, wrong = kommun_table.years(file, sheet.name, layout["year"], cells[fold(layout["year"])])
        problems += wrong
    rows = pd.DataFrame({"kommunkod": kommun, "year": when})
    is_kommun = kommun.ne("")
    values: dict[str, pd.Series] = {}
    for heading in (heading for heading in _headings(layout) if fold(heading) in cells.columns):
        values[heading], wrong = kommun_table.figures(file, sheet.name, heading, cells.loc[is_kommun, fold(heading)])
        problems += wrong
    problems += kommun_table.conflicts(file, sheet.name, rows[is_kommun].assign(value=0), "värden")
    if problems:
        raise SourceError(problems)
    return _reading(file, sheet, layout, rows, values)


def figure_rows(layout: Layout, rows: pd.DataFrame, values: Mapping[str, pd.Series]) -> pd.DataFrame:
    """The layout's figures as rows of context_figures; index "rad", one row per figure that is there."""
    frames = []
    for figure in (figure for figure in layout.get("figures", []) if figure["heading"] in values):
        value = values[figure["heading"]].dropna() * figure.get("factor", 1)
        frame = rows.loc[value.index].assign(
            indicator=figure["heading"],
            name=figure["name"],
            value=value,
            unit=figure["unit"],
            source=layout["source"],
        )
        frames.append(frame.assign(year=frame["year"] + figure.get("shift", 0)))
    if not frames:
        return CONTEXT["context_figures"].empty()
    joined: pd.DataFrame = pd.concat(frames)[CONTEXT["context_figures"].names].rename_axis("rad")
    return joined


def _headings(layout: Layout) -> list[str]:
    figures = [figure["heading"] for figure in layout.get("figures", [])]
    return ([layout["population"]] if "population" in layout else []) + figures


def _reading(file: RawFile, sheet: Sheet, layout: Layout, rows: pd.DataFrame, values: Mapping[str, pd.Series]) -> Reading:
    tables: dict[str, pd.DataFrame] = {}
    grades: dict[str, pd.Series] = {}
    doubts: list[Doubt] = []
    used: set[int] = set()
    if "population" in layout:
        people = values[layout["population"]].dropna()
        year_ends = rows.loc[people.index].assign(value=people)
        year_ends = year_ends.assign(year=year_ends["year"] + layout.get("population_shift", 0))
        table, grade, its = mean_population(file.name, year_ends, "year_end")
        tables["population"], grades["population"] = table, grade
        doubts += [*its, *_repeated(file, sheet.name, layout["population"], year_ends)]
        used.update(people.index)
    background = figure_rows(layout, rows, values)
    if len(background):
        tables["context_figures"] = validate("context_figures", background, file.name)
        used.update(background.index)
    n_elsewhere = int(rows["kommunkod"].eq("").sum())
    others = kommun_table.other_sheets(file, [sheet.name])
    aside = [
        SetAside(kommun_table.OTHER_REGION, n_elsewhere),
        SetAside("har ingen av de siffror som läses", len(rows) - n_elsewhere - len(used)),
        *others,
    ]
    n_read = len(rows) + sum(item.n_rows for item in others)
    kept = tuple(item for item in aside if item.n_rows)
    return Reading(tables, tuple(doubts), n_read, kept, rows_used=len(used), grades=grades)


def _repeated(file: RawFile, sheet: str, column: str, people: pd.DataFrame) -> list[Doubt]:
    """Kommuner whose population is to the person the same in two years running."""
    before = people.assign(year=people["year"] + 1, before=people["value"])[["kommunkod", "year", "before"]]
    joined = people.reset_index().merge(before, on=["kommunkod", "year"], how="inner", validate="one_to_one")
    same = joined[joined["value"].eq(joined["before"])].sort_values(["kommunkod", "year"])
    if same.empty:
        return []
    first = same.to_dict("records")[0]
    count = f"{len(same)} gånger" if len(same) > 1 else "en gång"
    what = (
        f"folkmängden är densamma två år i rad {count}, till exempel i {first['kommunkod']} "
        f"{first['year'] - 1} och {first['year']}."
    )
    where = file.where(sheet, [int(row) for row in same["rad"]], column)
    return [Doubt("folkmangd_upprepad", where, what, "Det händer, men kan vara en avskrift. Jämför med SCB.", len(same))]
