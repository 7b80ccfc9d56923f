"""Brå's kommun indicators as one long table: a row per region, year, indicator and unit (count, rate, share, limits).

Regions put the workbooks of several kommuner together so. Every kommun is kept, for the comparison.
"""

from __future__ import annotations

from lagesbild import swedish
from lagesbild.errors import Problem
from lagesbild.profile import Profile
from lagesbild.sources.bra import indicator_labels as labels
from lagesbild.sources.bra.indicator_cells import Cell, Cells
from lagesbild.sources.bra.indicator_labels import LAYOUT, Region, Title
from lagesbild.sources.bra.indicator_tables import read_cells
from lagesbild.sources.files.file import RawFile, Sheet, is_blank
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

NAME = "Brås indikatorer i en lång tabell"
_HEADINGS = {fold(name): column for column, names in LAYOUT["columns"].items() for name in names}
_NEEDED = ("region", "unit", "year", "label", "value")
_QUOTED = 60


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a table whose first row names region, unit, year, indicator and value, and nothing that is not known."""
    if any(_positions(sheet) for sheet in file.heads):
        return None
    wanted = swedish.listing([LAYOUT["columns"][column][0] for column in _NEEDED])
    return Refusal(f"första raden har inte rubrikerna {wanted}")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The table as reported_offences (key_type indicator, every kommun) and survey_results (kommun, län and the country).

    Exposure to crime, which the file gives by the year it refers to, is moved to the year of the survey. Raises SourceError
    with every unknown region, year, unit and figure of the file.
    """
    sheet, places = next((sheet, places) for sheet in file.sheets if (places := _positions(sheet)))
    rows = _filled(sheet)
    cells: list[Cell] = []
    titles: dict[str, Title] = {}
    wrong: dict[tuple[str, str, str], list[int]] = {}
    regions: dict[str, Region] = {}
    series: dict[tuple[str, bool], str] = {}
    for at, (number, row) in enumerate(rows):
        texts = {
            column: "" if place >= len(row) or is_blank(row[place]) else str(row[place]) for column, place in places.items()
        }
        if texts["region"] not in regions:
            regions[texts["region"]] = labels.region_of(texts["region"], taxonomy)
        region = regions[texts["region"]]
        if not region.level:
            wrong.setdefault(("region", texts["region"], _nearest(region, taxonomy)), []).append(number)
        measure = _measure(texts)
        if not measure:
            wrong.setdefault(("unit", texts["unit"], ""), []).append(number)
        try:
            period = labels.parse_period(row[places["year"]] if places["year"] < len(row) else "")
        except ValueError:
            wrong.setdefault(("year", texts["year"], ""), []).append(number)
            continue
        if not measure or not region.level:
            continue
        key = (texts["label"], measure in ("count", "rate"))
        name = "" if measure == "n" else series.get(key) or _series(*key, titles, taxonomy)
        if not name and measure != "n":
            wrong.setdefault(("label", texts["label"], ""), []).append(number)
            continue
        series[key] = name
        figure = row[places["value"]] if places["value"] < len(row) else None
        cells.append(Cell(at, name, region, period, measure, figure, sheet.name, number, "varde"))
    others = [one for one in file.sheets if one is not sheet and one.n_filled]
    aside = tuple(SetAside(f'bladet "{other.name}" används inte', other.n_filled) for other in others)
    return read_cells(file, Cells(cells, len(rows), titles, aside), _problems(file, sheet, wrong), taxonomy)


def _positions(sheet: Sheet) -> dict[str, int]:
    """Column -> its place, from the sheet's first filled row; {} unless every needed heading is there once, and no unknown."""
    first = next((row for row in sheet.rows if any(not is_blank(cell) for cell in row)), [])
    names = [fold("" if is_blank(cell) else str(cell)) for cell in first]
    places = {_HEADINGS[name]: at for at, name in enumerate(names) if name in _HEADINGS}
    n_filled = sum(bool(name) for name in names)
    return places if set(_NEEDED) <= set(places) and len(places) == n_filled else {}


def _filled(sheet: Sheet) -> list[tuple[int, list[object]]]:
    """Row number and cells of every filled row below the headings."""
    pairs = zip(sheet.numbers, sheet.rows, strict=True)
    filled = [(number, row) for number, row in pairs if any(not is_blank(cell) for cell in row)]
    return filled[1:]


def _measure(texts: dict[str, str]) -> str:
    """What the row's figure is: by its unit, and for the number of respondents, which has none, by its label."""
    return "n" if labels.is_respondents(texts["label"]) else labels.measure_of(texts["unit"])


def _series(label: str, is_offence: bool, titles: dict[str, Title], taxonomy: Taxonomy) -> str:
    """The series' name as the taxonomy spells it, else as it stands here without what surrounds it."""
    title = labels.parse_title(label)
    known = labels.offence_of(title.label) if is_offence else labels.item_of(title.label, taxonomy)
    name = known or title.label
    titles[name] = title
    return name


def _nearest(region: Region, taxonomy: Taxonomy) -> str:
    near = taxonomy.nearest(region.name, taxonomy.kommuner["name"])
    return f"Närmast: {swedish.listing(near, 'eller')}." if near else "Kontrollera hur Brå skriver kommunens namn."


_EXPECTED = {
    "region": "en kommun, ett län eller Hela landet.",
    "unit": "Antal, Antal per 100 000 inv, Andel (%) eller en gräns för osäkerhetsintervallet.",
    "year": "ett år, som 2025, eller två år, som 2017/2018.",
    "label": "indikatorns namn.",
}


def _problems(file: RawFile, sheet: Sheet, wrong: dict[tuple[str, str, str], list[int]]) -> list[Problem]:
    problems = []
    for (column, text, action), rows in wrong.items():
        what = f'"{text.strip()[:_QUOTED]}" kan inte stå här.' if text.strip() else "cellen är tom."
        where = file.where(sheet.name, rows, LAYOUT["columns"][column][0])
        problems.append(Problem(where, what, _EXPECTED[column], action))
    return problems
