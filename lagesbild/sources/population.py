"""Population per kommun and year, from SCB or a table like theirs: code, name or both, in long form or with years as headings.

Brå divides by the mean population (medelfolkmängd). Year-end figures (31 december) become the mean of two year-ends where both
are there, and are otherwise used as they stand, in doubt.
"""

from __future__ import annotations

import re

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.files.file import RawFile, Sheet
from lagesbild.sources.people import layout as population_layout
from lagesbild.sources.people.layout import Layout, cell_text
from lagesbild.sources.people.mean import mean_population
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.tables import parse_figure, parse_year
from lagesbild.taxonomy import Taxonomy

NAME = "folkmängd"
#: Regions of SCB's lists that are no kommun: the country (00) and the län (two digits).
_NOT_A_KOMMUN = re.compile(r"(\d{2}\b.*|riket|hela riket|hela landet|.+ län|.+ county)", re.IGNORECASE)


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a file with a sheet that names a kommun and either year and population or years as headings."""
    if any(population_layout.find(sheet) for sheet in file.heads):
        return None
    return Refusal("det finns ingen rubrikrad med kommun och antingen år och folkmängd eller årtal som rubriker")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The first such sheet as population: kommunkod, year, mean population in whole persons (a half is rounded up).

    Raises SourceError with every unknown kommun and every cell that is no figure, and for a table split by sex or age without
    rows for everyone.
    """
    sheet, layout = next((sheet, layout) for sheet in file.sheets if (layout := population_layout.find(sheet)))
    problems: list[Problem] = []
    records: list[tuple[str, int, float]] = []
    used: set[int] = set()
    n_rows = n_elsewhere = n_parts = n_empty = n_nowhere = 0
    for number, row in layout.rows(sheet):
        n_rows += 1
        if not any(layout.region(row)):
            n_nowhere += 1
            continue
        if not layout.is_everyone(row):
            n_parts += 1
            continue
        code, wrong = _kommunkod(layout, row, file.where(sheet.name, number), taxonomy)
        if not code:
            n_elsewhere += not wrong
            problems += wrong
            continue
        figures, faulty = _figures(layout, row, file, sheet, number)
        records += [(code, year, value) for year, value in figures if value is not None]
        used.update([number] if any(value is not None for _, value in figures) else [])
        n_empty += not any(value is not None for _, value in figures) and not faulty
        problems += faulty
    if layout.splits and n_parts == n_rows:
        what = "tabellen är uppdelad på kön, ålder eller liknande och saknar rader för alla tillsammans."
        problems.append(Problem(file.where(sheet.name), what, action="Hämta den utan uppdelning."))
    frame = pd.DataFrame(records, columns=["kommunkod", "year", "value"]).drop_duplicates()
    problems += _conflicts(file, frame)
    if problems:
        raise SourceError(problems)
    table, grades, doubts = mean_population(file.name, frame, layout.kind)
    others = [SetAside(f'bladet "{other.name}" används inte', other.n_filled) for other in file.sheets if other is not sheet]
    aside = (
        SetAside("gäller ett annat område än en kommun", n_elsewhere),
        SetAside("gäller en del av befolkningen", n_parts),
        SetAside("saknar folkmängd", n_empty),
        SetAside("saknar områdets namn", n_nowhere),
        *others,
    )
    kept = tuple(item for item in aside if item.n_rows)
    n_elsewhere_sheets = sum(item.n_rows for item in others)
    return Reading(
        {"population": table},
        doubts,
        n_rows + n_elsewhere_sheets,
        kept,
        rows_used=len(used),
        grades={"population": grades},
    )


def _kommunkod(layout: Layout, row: list[object], where: str, taxonomy: Taxonomy) -> tuple[str, list[Problem]]:
    """The row's kommunkod; "" for another kind of region, and for a kommun that is unknown or named twice differently."""
    written, name = layout.region(row)
    code = written.zfill(4) if re.fullmatch(r"\d{3,4}", written) else ""
    named = taxonomy.kommunkod(name) if name and not _NOT_A_KOMMUN.fullmatch(name) else None
    if code and named and code != named:
        what = f"kommunkod {code} står på samma rad som {name[:40]}, som har {named}."
        return "", [Problem(where, what, action="Raderna kan ha förskjutits. Hämta tabellen på nytt.")]
    if code or named:
        return code or str(named), []
    if _NOT_A_KOMMUN.fullmatch(name or written) or (written and not name):
        return "", []
    near = taxonomy.nearest(name, taxonomy.kommuner["name"])
    hint = f"Närmast: {swedish.listing(near, 'eller')}." if near else "Skriv kommunens namn som SCB gör."
    return "", [Problem(where, f'"{name[:40]}" är ingen känd kommun.', action=hint)]


def _figures(
    layout: Layout, row: list[object], file: RawFile, sheet: Sheet, number: int
) -> tuple[list[tuple[int, float | None]], list[Problem]]:
    """Year and population of every figure in the row; None where a mark or nothing stands."""
    try:
        years = layout.years or {layout.figure or 0: parse_year(cell_text(row[layout.year or 0])).year}
    except ValueError:
        found = cell_text(row[layout.year or 0])[:40]
        return [], [Problem(file.where(sheet.name, number), f'"{found}" är inget år.', "ett år, som 2025.")]
    figures, problems = [], []
    for place, year in years.items():
        try:
            value = parse_figure(row[place]).value
        except ValueError:
            value = None
            heading = cell_text(sheet.rows[layout.head][place])
            what = f'"{cell_text(row[place])[:40]}" är ingen folkmängd.'
            problems.append(Problem(file.where(sheet.name, number, heading), what, "ett heltal."))
        figures.append((year, value))
    return figures, problems


def _conflicts(file: RawFile, frame: pd.DataFrame) -> list[Problem]:
    """Kommun-years with more than one figure."""
    repeated = frame[frame.duplicated(["kommunkod", "year"])].sort_values(["kommunkod", "year"])
    return [
        Problem(file.name, f"kommun {row['kommunkod']} har flera olika folkmängder {row['year']}.", "en per kommun och år.")
        for row in repeated.drop_duplicates(["kommunkod", "year"]).to_dict("records")
    ]
