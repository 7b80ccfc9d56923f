"""NTU per län: one sheet per question, the group in column A, the region in B, the years as headings in row 3.

The last two columns are the limits of the interval for the latest year only. Län and the country are kept; police regions are
set aside.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources

import pandas as pd

from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.bra import indicator_labels as labels
from lagesbild.sources.files.file import RawFile, Sheet, is_blank
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.tables import parse_figure, validate
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

NAME = "NTU per län"
LAYOUT = tomllib.loads(resources.files("lagesbild.sources").joinpath("ntu_lan.toml").read_text("utf-8"))
_SHEET = re.compile(r"R\d+\.\d+[A-Z]?")
_BEFORE = re.compile(LAYOUT["titles"]["before"], re.IGNORECASE)
_AFTER = re.compile(LAYOUT["titles"]["after"], re.IGNORECASE | re.DOTALL)
_GROUPS = {fold(name): group for group, names in LAYOUT["groups"].items() for name in names}
_LOOK_IN = 8
_FEWEST_YEARS = 2
_QUOTED = 60
#: Year, value, lower, upper and why the value is missing.
_Told = tuple[int, float | None, float | None, float | None, str | None]
_COLUMNS = ["rad", "item", "group", "level", "geography", "year", "value", "lower", "upper", "missing"]


@dataclass(frozen=True)
class _Grid:
    """head: place of the row of years. years: place -> year. limits: places of lower and upper, for the latest year."""

    head: int
    years: dict[int, int]
    limits: tuple[int, int] | None


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a workbook with a sheet called R4.1 or alike, with a row of years beside two columns of names."""
    if file.is_workbook and any(_SHEET.fullmatch(sheet.name.strip()) and _grid(sheet) for sheet in file.heads):
        return None
    return Refusal('det finns inget blad som heter "R4.1" eller liknande och har årtal som rubriker')


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """Every such sheet as survey_results for län and the country, all groups and years; limits for the latest year.

    Raises SourceError with every unknown group and every cell that is no share.
    """
    records: list[tuple[object, ...]] = []
    problems: list[Problem] = []
    aside: dict[str, int] = {}
    doubts: list[Doubt] = []
    n_rows = 0
    for sheet in file.sheets:
        grid = _grid(sheet) if _SHEET.fullmatch(sheet.name.strip()) else None
        if grid is None:
            _count(aside, f'bladet "{sheet.name}" har ingen tabell', sheet.n_filled)
            n_rows += sheet.n_filled
            continue
        item, is_known = _item(sheet, grid, taxonomy)
        found, wrong, n_here = _sheet(file, sheet, grid, item, taxonomy, aside, n_rows)
        if not is_known:
            what = f'"{item[:_QUOTED]}" är ingen känd fråga i NTU.'
            action = "Den läses men räknas inte till något område."
            doubts.append(Doubt("okand_fraga", file.where(sheet.name), what, action, n_here))
        records += found
        problems += wrong
        n_rows += n_here
    frame = pd.DataFrame(records, columns=_COLUMNS)
    problems += _repeated(file, frame)
    if frame.empty and not problems:
        problems.append(Problem(file.name, "det finns inga siffror för något län eller riket.", action="Hämta filen på nytt."))
    if problems:
        raise SourceError(problems)
    table = frame.rename(columns={"level": "geography_level"}).drop(columns="rad")
    table = table.assign(survey="ntu", scale="percent", higher_is="worse")
    reasons = tuple(SetAside(why, n) for why, n in aside.items() if n)
    used = int(frame["rad"].nunique())
    return Reading(
        {"survey_results": validate("survey_results", table, file.name)}, tuple(doubts), n_rows, reasons, rows_used=used
    )


def _grid(sheet: Sheet) -> _Grid | None:
    """Where the figures stand; None where no row has years after two other columns."""
    for at, row in enumerate(sheet.rows[:_LOOK_IN]):
        years = {place: year for place, cell in enumerate(row) if place > 1 and (year := _year(cell))}
        if len(years) < _FEWEST_YEARS or len(set(years.values())) < len(years):
            continue
        # The limits' headings may stand in the years' row or in the one above, under a merged "KI 2025".
        last = max(years)
        after = [place for place in range(last + 1, max(map(len, sheet.rows))) if _has_figures(sheet, at, place)]
        return _Grid(at, years, (after[0], after[1]) if len(after) == 2 else None)
    return None


def _year(cell: object) -> int:
    try:
        period = None if is_blank(cell) else labels.parse_period(cell)
    except (ValueError, TypeError, OverflowError):
        period = None
    return period.year if period and 1990 <= period.year <= 2100 else 0


def _has_figures(sheet: Sheet, head: int, place: int) -> bool:
    return any(place < len(row) and not is_blank(row[place]) for row in sheet.rows[head + 1 :])


def _item(sheet: Sheet, grid: _Grid, taxonomy: Taxonomy) -> tuple[str, bool]:
    """The sheet's question and whether the taxonomy knows it: by its title, else by the sheet's name."""
    titles = [str(cell) for row in sheet.rows[: grid.head] for cell in row if isinstance(cell, str) and cell.strip()]
    bare = _BEFORE.sub("", " ".join(titles[0].split())) if titles else ""
    options = (labels.parse_title(bare).label, _AFTER.sub("", bare), LAYOUT["sheets"].get(sheet.name.strip(), ""))
    known = next((item for text in options if text and (item := labels.item_of(text, taxonomy))), "")
    return known or _AFTER.sub("", bare) or sheet.name, bool(known)


def _sheet(
    file: RawFile, sheet: Sheet, grid: _Grid, item: str, taxonomy: Taxonomy, aside: dict[str, int], before: int
) -> tuple[list[tuple[object, ...]], list[Problem], int]:
    """The sheet's figures, what is wrong in it and its number of data rows; what is set aside is counted in ``aside``."""
    records: list[tuple[object, ...]] = []
    problems: list[Problem] = []
    latest = max(grid.years.values())
    n_rows, group = 0, ""
    for number, row in zip(sheet.numbers[grid.head + 1 :], sheet.rows[grid.head + 1 :], strict=True):
        written = "" if not row or is_blank(row[0]) else str(row[0]).strip()
        name = "" if len(row) < 2 or is_blank(row[1]) else str(row[1]).strip()
        cells = {place: row[place] for place in (*grid.years, *(grid.limits or ())) if place < len(row)}
        if not name and all(is_blank(row[place]) for place in grid.years if place < len(row)):
            group = written if written and fold(written) in _GROUPS else group
            continue  # a heading of a group, a note or nothing
        n_rows += 1
        group = written or group
        if not name:
            _count(aside, "saknar områdets namn", 1)
            continue
        if all(is_blank(cell) for cell in cells.values()):
            _count(aside, "saknar värde", 1)
            continue
        region = labels.region_of(name, taxonomy)
        if fold(group) not in _GROUPS:
            what = f'"{group[:_QUOTED]}" är ingen känd grupp.' if group else "gruppen saknas."
            problems.append(Problem(file.where(sheet.name, number), what, "Samtliga, Män eller Kvinnor."))
        elif region.level not in ("lan", "riket"):
            _count(aside, "gäller ett annat område än ett län eller riket", 1)
        else:
            figures = {place: _share(cell) for place, cell in cells.items()}
            wrong = [place for place, figure in figures.items() if figure is None]
            problems += [
                Problem(
                    file.where(sheet.name, number, _heading(sheet, grid, place)), "det som står här är ingen andel.", _EXPECTED
                )
                for place in wrong
            ]
            found = _row(figures, grid, latest) if not wrong else []
            key = (before + n_rows, item, _GROUPS[fold(group)], region.level, region.name)
            if any(_is_outside(*figure[1:4]) for figure in found):
                what = f"värdet för {latest} ligger utanför sitt osäkerhetsintervall."
                action = "Kolumnerna kan ha bytt plats. Hämta filen på nytt."
                problems.append(Problem(file.where(sheet.name, number), what, "undre gräns, värde och övre gräns.", action))
                continue
            records += [(*key, *figure) for figure in found]
            if not found and not wrong:
                _count(aside, "saknar värde", 1)
    return records, problems, n_rows


_EXPECTED = "ett tal mellan 0 och 100, eller två punkter."


def _row(figures: dict[int, tuple[float | None, str | None] | None], grid: _Grid, latest: int) -> list[_Told]:
    """Year, value, lower, upper and missing of every cell that holds anything."""
    found: list[_Told] = []
    for place, year in grid.years.items():
        value, missing = figures.get(place) or (None, "not_collected")
        lower, upper = (
            ((figures.get(at) or (None, None))[0] for at in grid.limits) if grid.limits and year == latest else (None, None)
        )
        if value is not None or missing != "not_collected":
            found.append((year, value, lower if value is not None else None, upper if value is not None else None, missing))
    return found


def _is_outside(value: float | None, lower: float | None, upper: float | None) -> bool:
    return value is not None and ((lower is not None and lower > value) or (upper is not None and upper < value))


def _share(cell: object) -> tuple[float | None, str | None] | None:
    """Value and why it is missing; None for a cell that is no share."""
    try:
        figure = parse_figure(cell)
    except ValueError:
        return None
    return (figure.value, figure.missing) if figure.value is None or 0 <= figure.value <= 100 else None


def _heading(sheet: Sheet, grid: _Grid, place: int) -> str:
    row = sheet.rows[grid.head]
    return str(row[place]).strip() if place < len(row) and not is_blank(row[place]) else ""


def _repeated(file: RawFile, frame: pd.DataFrame) -> list[Problem]:
    """One problem per question that has several rows for the same group and region."""
    key = ["item", "group", "level", "geography", "year"]
    clashing = frame[frame.duplicated(key)]
    return [
        Problem(
            file.name,
            f'"{str(item)[:_QUOTED]}" har flera rader för samma grupp, område och år.',
            "en enda.",
            "Ta bort den ena.",
        )
        for item in sorted(clashing["item"].unique())
    ]


def _count(aside: dict[str, int], why: str, n_rows: int) -> None:
    aside[why] = aside.get(why, 0) + n_rows
