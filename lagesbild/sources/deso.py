"""Population per DeSO (SCB's demographic statistical areas), summed to kommuner.

A DeSO's code begins with its kommunkod. Sums are 31 December figures; they become means of two year-ends where both are there.
"""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.checks.shown import shown_kommun
from lagesbild.sources.files.file import RawFile, Sheet
from lagesbild.sources.people import kommun_table
from lagesbild.sources.people.headings import load
from lagesbild.sources.people.mean import Grade, mean_population
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

NAME = "folkmängd per DeSO"
LAYOUT = load("deso")
_CODE = r"(\d{4})[ABC]\d{4}(_DeSO\d{4})?"


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a sheet with headings for DeSO code, year and population."""
    if any(_find(sheet) for sheet in file.heads):
        return None
    return Refusal("det finns ingen rubrikrad med DeSO-kod, år och befolkning")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The first such sheet as population per kommun and year.

    A kommun and year with an area without figure is set aside. Doubts: an area that other years of the kommun have is missing;
    a year repeats the year before in every area. Raises SourceError for codes that are none, a code and a kommun column that
    contradict each other, and an area that stands twice for a year.
    """
    sheet, columns, head = next((sheet, *found) for sheet in file.sheets if (found := _find(sheet)))
    cells = kommun_table.cells_of(sheet, head)
    area = cells[columns["area"]].astype("str").str.strip()
    parts = area.str.extract(rf"^{_CODE}$")
    problems = _unlike(file, sheet.name, area, parts[0].isna())
    stated = cells[columns["code"]] if "code" in columns else None
    names = cells[columns["name"]] if "name" in columns else None
    own, wrong = kommun_table.kommuner(file, sheet.name, parts[0].fillna("")[parts[0].notna()], None, taxonomy)
    problems += wrong
    if stated is not None or names is not None:
        beside, wrong = kommun_table.kommuner(file, sheet.name, stated, names, taxonomy)
        problems += wrong + _contradictions(file, sheet.name, area, own, beside)
    year, wrong = kommun_table.years(file, sheet.name, columns["year"], cells[columns["year"]])
    value, faulty = kommun_table.figures(file, sheet.name, columns["figure"], cells[columns["figure"]], "ett heltal.")
    problems += [*wrong, *faulty]
    rows = pd.DataFrame({"area": area, "kommunkod": own.reindex(area.index), "year": year, "value": value})
    problems += [
        Problem(
            file.where(sheet.name, [int(row) for row in its.index]),
            f'DeSO "{str(code)[:20]}" står två gånger {y}.',
            "en rad per DeSO och år.",
        )
        for (code, y), its in rows[rows.duplicated(["area", "year"], keep=False)].groupby(["area", "year"])
    ]
    if problems:
        raise SourceError(problems)
    is_whole = rows["value"].notna().groupby([rows["kommunkod"], rows["year"]]).transform("all")
    whole = rows[is_whole]
    sums = whole.groupby(["kommunkod", "year"], observed=True)["value"].sum().reset_index()
    table, grades, doubts = mean_population(file.name, sums, "year_end", is_summed=True)
    grades = grades.mask(table["year"].isin(_repeated(whole)), int(Grade.SUMMED_YEAR_END))
    aside = [
        SetAside("kommunen saknar folkmängd i något område det året", int((~is_whole).sum())),
        *kommun_table.other_sheets(file, [sheet.name]),
    ]
    doubts = (*_sum_doubt(file, whole), *_missing_areas(file, whole), *_repeated_years(file, whole), *doubts)
    n_read = len(rows) + sum(item.n_rows for item in aside[1:])
    kept = tuple(item for item in aside if item.n_rows)
    return Reading({"population": table}, doubts, n_read, kept, rows_used=len(whole), grades={"population": grades})


def _find(sheet: Sheet) -> tuple[dict[str, str], int] | None:
    """Our column -> folded heading, and the heading row's place; None for another sheet."""
    for head, row in enumerate(sheet.rows[:10]):
        headings = {fold(cell) for cell in row if isinstance(cell, str)}
        found = {ours: next((word for word in words if word in headings), "") for ours, words in LAYOUT["columns"].items()}
        if found["area"] and found["year"] and found["figure"]:
            return {ours: heading for ours, heading in found.items() if heading}, head
    return None


def _unlike(file: RawFile, sheet: str, area: pd.Series, is_wrong: pd.Series) -> list[Problem]:
    if not is_wrong.any():
        return []
    rows = [int(row) for row in area.index[is_wrong]]
    what = f'{swedish.plural(len(rows), "kod är ingen DeSO-kod", "koder är inga DeSO-koder")}, först "{area[rows[0]][:20]}".'
    return [Problem(file.where(sheet, rows), what, "fyra siffror, A, B eller C och fyra siffror, som 1493A0010.")]


def _contradictions(file: RawFile, sheet: str, area: pd.Series, own: pd.Series, beside: pd.Series) -> list[Problem]:
    is_wrong = own.ne(beside.reindex(own.index)) & own.ne("") & beside.reindex(own.index).ne("")
    if not is_wrong.any():
        return []
    rows = [int(row) for row in own.index[is_wrong]]
    first = rows[0]
    what = f"{area[first]} ligger i kommun {own[first]}, men på raden står {beside[first]}."
    return [Problem(file.where(sheet, rows), what, "samma kommun i koden och bredvid.", "Raderna kan ha förskjutits.")]


def _sum_doubt(file: RawFile, rows: pd.DataFrame) -> list[Doubt]:
    if rows.empty:
        return []
    n_kommuner = rows["kommunkod"].nunique()
    what = (
        f"folkmängden är summerad av {swedish.plural(rows['area'].nunique(), 'DeSO-område', 'DeSO-områden')} "
        f"till {swedish.plural(n_kommuner, 'kommun', 'kommuner')}."
    )
    action = "Den som saknar adress räknas inte in. Finns en folkmängd per kommun i en annan fil används den."
    return [Doubt("folkmangd_summerad", file.name, what, action, len(rows))]


def _missing_areas(file: RawFile, rows: pd.DataFrame) -> list[Doubt]:
    """Kommuner whose areas are not the same every year."""
    counted = rows.groupby(["kommunkod", "year"], observed=True)["area"].nunique().reset_index(name="n_areas")
    counted = counted.assign(most=counted.groupby("kommunkod", observed=True)["n_areas"].transform("max"))
    short = counted[counted["n_areas"].lt(counted["most"])]
    if short.empty:
        return []
    first = short.to_dict("records")[0]
    what = (
        f"{swedish.plural(len(short), 'kommunår har', 'kommunår har')} färre områden än andra år, till exempel "
        f"{shown_kommun(str(first['kommunkod']))} {first['year']}: {first['n_areas']} av {first['most']}."
    )
    action = "Folkmängden blir för låg om ett område fattas. Hämta tabellen på nytt för alla områden."
    return [Doubt("delomraden_fattas", file.name, what, action, len(short))]


def _repeated(rows: pd.DataFrame) -> dict[int, int]:
    """Years whose every figure is the figure of the year before, and in how many areas: probably filled in."""
    years = sorted(set(rows["year"].tolist()))
    figures = {year: rows[rows["year"].eq(year)].set_index("area")["value"] for year in years}
    found = {}
    for year in (year for year in years if year - 1 in years):
        both = pd.concat([figures[year - 1], figures[year]], axis=1, join="inner", keys=["before", "now"])
        if len(both) > 1 and both["before"].eq(both["now"]).all():
            found[year] = len(both)
    return found


def _repeated_years(file: RawFile, rows: pd.DataFrame) -> list[Doubt]:
    doubts = []
    for year, n_areas in _repeated(rows).items():
        what = f"folkmängden {year} är densamma som {year - 1} i alla {swedish.number(n_areas)} områden."
        action = f"Året är troligen inte uppdaterat. Hämta {year} hos SCB. Talen används om ingen annan fil har året."
        doubts.append(Doubt("folkmangd_upprepad", file.name, what, action, n_areas))
    return doubts
