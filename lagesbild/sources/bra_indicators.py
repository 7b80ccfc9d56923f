"""Brå's workbook "Indikatorer för kommuners lägesbild": one file per kommun, one sheet per indicator.

A sheet has its title in A1. Reported crime has the years across ("Antal 2015" … "Antal per 100 000 inv 2015") and the kommun,
its län and the country down. NTU has the years down and, for each of them, a block of share and limits under the region's
name, which stands in the row above the headings. One sheet holds the number of respondents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lagesbild import swedish
from lagesbild.errors import Problem
from lagesbild.profile import Profile
from lagesbild.sources.bra import indicator_labels as labels
from lagesbild.sources.bra.indicator_cells import Cell, Cells
from lagesbild.sources.bra.indicator_labels import Period, Region, Title
from lagesbild.sources.bra.indicator_tables import read_cells
from lagesbild.sources.files.file import RawFile, Sheet, is_blank
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

NAME = "Brås indikatorer för kommuners lägesbild"
_ACROSS = re.compile(r"(.*?)\s*(\d{4}(?:\s*[/\N{EN DASH}-]\s*\d{4})?\s*\*?\s*(?:prel\.?)?)", re.IGNORECASE | re.DOTALL)
#: So far down the headings of a sheet may stand.
_LOOK_IN = 15
_QUOTED = 60
_OFFENCE = ("count", "rate")


@dataclass(frozen=True)
class _Grid:
    """Where a sheet's figures stand. first: place of the first row below the headings. columns: place -> measure, and the
    period (years across) or the region's name (years down) of the whole column."""

    first: int
    columns: dict[int, tuple[str, str]]
    is_across: bool

    @property
    def measures(self) -> set[str]:
        return {measure for measure, _ in self.columns.values()}


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a workbook with a sheet of counts and rates by year, or of shares with limits by region."""
    if not file.is_workbook:
        return Refusal("Brås indikatorer för en kommun är en Excelfil, det här är en textfil")
    if any(_is_ours(sheet) for sheet in file.heads):
        return None
    headings = '"Antal 2024" och "Antal per 100 000 inv 2024"'
    return Refusal(f"inget blad har rubriker som {headings}, eller en andel med gränser per område")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """Every sheet as reported_offences (key_type indicator; the kommun only) or survey_results (kommun, län and the country).

    Exposure to crime, which the file gives by the year it refers to, is moved to the year of the survey. Raises SourceError
    with every unknown region and figure, and every sheet whose title names no indicator.
    """
    cells: list[Cell] = []
    problems: list[Problem] = []
    aside: list[SetAside] = []
    named: dict[str, tuple[str, Title]] = {}
    n_rows = 0
    for sheet in file.sheets:
        grid = _grid(sheet)
        if grid is None:
            aside += [SetAside(f'bladet "{sheet.name}" har ingen tabell', sheet.n_filled)] if sheet.n_filled else []
            continue
        measures, label, title = _series(sheet, grid, taxonomy, named)
        if label is None:
            what = "varken titeln i A1 eller bladets namn säger vilken indikator det är."
            action = "Hämta filen på nytt hos Brå."
            problems.append(Problem(file.where(sheet.name), what, "en titel som Skadegörelsebrott.", action))
            continue
        named[label] = (sheet.name, title)
        found, wrong, n_here = _cells(file, sheet, grid, measures, label, taxonomy, n_rows)
        cells += found
        problems += wrong
        n_rows += n_here
    titles = {label: title for label, (_, title) in named.items()}
    return read_cells(file, Cells(cells, n_rows, titles, tuple(aside)), problems, taxonomy)


def _is_ours(sheet: Sheet) -> bool:
    """Whether no other producer's sheet looks so: counts and rates by year, or shares with limits and NTU's name."""
    grid = _grid(sheet)
    if grid is None:
        return False
    words = fold(" ".join([sheet.name, *(str(cell) for row in sheet.rows[: grid.first] for cell in row[:1])])).split()
    return grid.measures >= {"count", "rate"} or (grid.measures >= {"value", "lower", "upper"} and "ntu" in words)


def _grid(sheet: Sheet) -> _Grid | None:
    """Where the figures stand; None for a sheet without such a table."""
    for at, row in enumerate(sheet.rows[:_LOOK_IN]):
        if across := _across(row):
            return _Grid(at + 1, across, is_across=True)
        if at and row and _period(row[0]) and (down := _down(sheet.rows[:at])):
            return _Grid(at, down, is_across=False)
    return None


def _across(row: list[object]) -> dict[int, tuple[str, str]]:
    """Place -> measure and year of headings like "Antal 2015"; {} for a row with fewer than two of them."""
    found = {}
    for at, cell in enumerate(row[1:], start=1):
        match = _ACROSS.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if match and (measure := labels.measure_of(match[1])) and _period(match[2]):
            found[at] = (measure, match[2])
    return found if len(found) > 1 else {}


def _down(above: list[list[object]]) -> dict[int, tuple[str, str]]:
    """Place -> measure and region, from the two filled rows above the first year; a merged name holds until the next one."""
    filled = [row for row in above if any(not is_blank(cell) for cell in row)]
    if len(filled) < 2:
        return {}
    places, headings = filled[-2], filled[-1]
    found, region = {}, ""
    for at in range(1, max(len(places), len(headings))):
        name = places[at] if at < len(places) else None
        region = str(name).strip() if not is_blank(name) else region
        heading = headings[at] if at < len(headings) else None
        if region and (measure := labels.measure_of("" if is_blank(heading) else str(heading))):
            found[at] = (measure, region)
    return found


def _period(cell: object) -> Period | None:
    try:
        return None if is_blank(cell) else labels.parse_period(cell)
    except (ValueError, TypeError, OverflowError):
        return None


def _series(
    sheet: Sheet, grid: _Grid, taxonomy: Taxonomy, named: dict[str, tuple[str, Title]]
) -> tuple[str, str | None, Title]:
    """What kind of sheet it is ("n", "offence" or "survey") and its series; "" for respondents, None where nothing tells.

    The title goes before the sheet's name, unless another sheet has that title already and the names tell them apart.
    """
    above = [cell for row in sheet.rows[: grid.first - 1] for cell in row[:1] if isinstance(cell, str) and cell.strip()]
    title = labels.parse_title(above[0] if above else "")
    by_name = labels.parse_title(sheet.name)
    if labels.is_respondents(title.label) or labels.is_respondents(by_name.label):
        return "n", "", title
    is_survey = bool(grid.measures & {"value", "lower", "upper"})
    known = [labels.item_of(one.label, taxonomy) if is_survey else labels.offence_of(one.label) for one in (title, by_name)]
    options = [label for label in known if label]
    free = [label for label in options if label not in named]
    label = next(iter(free or options), title.label or None)
    return "survey" if is_survey else "offence", label, title


def _cells(
    file: RawFile, sheet: Sheet, grid: _Grid, kind: str, label: str, taxonomy: Taxonomy, before: int
) -> tuple[list[Cell], list[Problem], int]:
    """The figures of one sheet, what is wrong in it, and how many data rows it has (numbered on from ``before``)."""
    cells: list[Cell] = []
    problems: list[Problem] = []
    regions = {name: labels.region_of(name, taxonomy) for _, name in grid.columns.values()} if not grid.is_across else {}
    problems += [_unknown(file.where(sheet.name), region, taxonomy) for region in regions.values() if not region.level]
    n_rows = 0
    for number, row in zip(sheet.numbers[grid.first :], sheet.rows[grid.first :], strict=True):
        figures = {at: row[at] for at in grid.columns if at < len(row) and not is_blank(row[at])}
        first = "" if not row or is_blank(row[0]) else str(row[0]).strip()
        period = None if grid.is_across else _period(row[0] if row else None)
        if not figures and (grid.is_across or period is None):
            continue  # a note below the table, or nothing
        n_rows += 1
        if grid.is_across:
            region = regions[first] = labels.region_of(first, taxonomy)
            if not region.level:
                problems.append(_unknown(file.where(sheet.name, number), region, taxonomy))
                continue
        elif period is None:
            what = f'"{first[:_QUOTED]}" är inget år.' if first else "året saknas."
            problems.append(Problem(file.where(sheet.name, number), what, "ett år, som 2025, eller två år, som 2017/2018."))
            continue
        for at, figure in figures.items():
            measure, other = grid.columns[at]
            when = _period(other) if grid.is_across else period
            where = regions[first] if grid.is_across else regions[other]
            heading = str(sheet.rows[grid.first - 1][at]).strip() if at < len(sheet.rows[grid.first - 1]) else ""
            if when and where.level and (told := _told(measure, kind)):
                cells.append(Cell(before + n_rows, label, where, when, told, figure, sheet.name, number, heading))
    return cells, problems, n_rows


def _told(measure: str, kind: str) -> str:
    """What a column's figure is in a sheet of this kind: the plain number of respondents is headed "Antal"."""
    if kind == "n":
        return "n" if measure in ("n", "count") else ""
    return measure if (measure in _OFFENCE) == (kind == "offence") else ""


def _unknown(where: str, region: Region, taxonomy: Taxonomy) -> Problem:
    near = taxonomy.nearest(region.name, taxonomy.kommuner["name"])
    action = f"Närmast: {swedish.listing(near, 'eller')}." if near else "Kontrollera hur Brå skriver kommunens namn."
    found = f'"{region.name[:_QUOTED]}" är ingen känd kommun.' if fold(region.name) else "områdets namn saknas."
    return Problem(where, found, "en kommun, ett län eller Hela landet.", action)
