"""Population from SCB's statistical database (PxWeb): CSV, json-stat, PxWeb's JSON and PC-Axis files.

Year-ends become means of two where both are there. A table split by sex or age is summed only where it has no total and the
parts are everyone.
"""

from __future__ import annotations

import json
import re

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Place, Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.people import scb_cube, scb_forms
from lagesbild.sources.people.kommun_table import OTHER_REGION, other_sheets
from lagesbild.sources.people.mean import mean_population
from lagesbild.sources.people.scb_cube import NOT_POPULATION, PART, Cube
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.taxonomy import Taxonomy

NAME = "SCB:s statistikdatabas"
_HEAD, _QUOTED = 20_000, 40
_PX = re.compile(r'\s*(CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGE|CREATION-DATE|MATRIX|SUBJECT-\w+)(\[\w+\])?\s*=\s*"')
_JSON = re.compile(r'"dimension"\s*:|"columns"\s*:\s*\[\s*\{\s*"code"')
_KIND = {"mean": 0, "year_end": 1, "unknown": 2}


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a table of SCB's database with a region, in any of its forms; whether it is a population is seen on reading."""
    head = file.start[:_HEAD]
    if _PX.match(head) or _is_json(head) or any(scb_forms.heading_row(sheet) is not None for sheet in file.heads):
        return None
    return Refusal("filen är ingen tabell ur SCB:s statistikdatabas (CSV, json-stat eller px) med region och folkmängd")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The table as population. Every cell is a row, except in a CSV, where every line is.

    Raises SourceError for a broken file, for a region that looks like a kommun and is none, and for a table that is no
    population or has only parts of it.
    """
    try:
        cube, others = _cube(file)
    except scb_forms.FormError as error:
        raise SourceError(Problem(file.name, str(error), action="Hämta tabellen från SCB på nytt.")) from error
    lacking = [word for role, word in (("region", "region"), ("time", "år")) if cube.of(role) is None]
    if lacking:
        what = f"tabellen saknar {swedish.listing(lacking)}."
        raise SourceError(Problem(file.name, what, "region och år.", "Välj dem när du hämtar tabellen."))
    codes, problems = scb_cube.kommuner(cube, file.name, taxonomy)
    cells = cube.cells.assign(
        kommunkod=codes,
        kind=cube.cells[cube.of("contents")].map(scb_cube.kind).astype("str"),
        year=pd.to_numeric(
            cube.cells[cube.of("time")].astype("str").str.extract(r"^((?:19|20)\d\d)$", expand=False), errors="coerce"
        ),
    )
    reasons = _reasons(cells)
    kept = cells[reasons.eq("")]
    if reasons.eq(NOT_POPULATION).all() and len(cells):
        what = "tabellen har ingen folkmängd eller medelfolkmängd."
        problems.append(Problem(file.name, what, action="Välj tabellinnehållet Medelfolkmängd eller Folkmängd hos SCB."))
    is_counted, summed, incomplete = scb_cube.parts(cube, kept)
    problems += _incomplete(file, incomplete) + _unreadable(file, cube, kept[is_counted])
    if problems:
        raise SourceError(problems)
    reasons = reasons.mask(~is_counted.reindex(reasons.index, fill_value=True), PART)
    return _reading(file, cells, kept[is_counted], reasons, summed, others)


def _is_json(head: str) -> bool:
    return head.lstrip()[:1] == "{" and bool(_JSON.search(head))


def _cube(file: RawFile) -> tuple[Cube, list[SetAside]]:
    if _PX.match(file.start[:_HEAD]):
        return scb_forms.of_px(file.text), []
    if _is_json(file.start[:_HEAD]):
        try:
            return scb_forms.of_json(file.json()), []
        except (RecursionError, json.JSONDecodeError) as error:
            raise scb_forms.FormError("filen är ingen hel JSON-fil: den är avklippt eller ändrad.") from error
    for sheet in file.sheets:
        if (head := scb_forms.heading_row(sheet)) is not None:
            return scb_forms.of_sheet(sheet, head), other_sheets(file, [sheet.name])
    raise scb_forms.FormError("rubrikraden hittas inte.")


def _reasons(cells: pd.DataFrame) -> pd.Series:
    """Why each cell is set aside; "" where it may count."""
    reasons = pd.Series("", cells.index, dtype="str")
    for reason, is_so in (
        (NOT_POPULATION, ~cells["kind"].isin(list(_KIND))),
        (OTHER_REGION, cells["kommunkod"].eq("")),
        ("gäller inte ett helt år", cells["year"].isna()),
    ):
        reasons = reasons.mask(reasons.eq("") & is_so, reason)
    return reasons


def _incomplete(file: RawFile, dimensions: list[str]) -> list[Problem]:
    if not dimensions:
        return []
    what = f"tabellen är uppdelad på {swedish.listing(_quoted(dimensions))} utan rad för alla, och delarna täcker inte alla."
    return [Problem(file.name, what, action="Hämta den utan uppdelning, eller med alternativet totalt.")]


def _quoted(headings: list[str]) -> list[str]:
    return [f'"{heading[:_QUOTED]}"' for heading in headings]


def _unreadable(file: RawFile, cube: Cube, cells: pd.DataFrame) -> list[Problem]:
    rows = sorted(set(cells.loc[~cells["is_readable"], "rad"].tolist()))
    if not rows:
        return []
    where = file.where(rows=rows) if cube.place == "rad" else Place(f"{file.name}, cell {rows[0]}", file.name, rows=tuple(rows))
    return [Problem(where, f"{swedish.plural(len(rows), 'cell', 'celler')} går inte att läsa som tal.", "ett heltal.")]


def _reading(
    file: RawFile, cells: pd.DataFrame, counted: pd.DataFrame, reasons: pd.Series, summed: list[str], others: list[SetAside]
) -> Reading:
    """One population per kommun and year: of several kinds the mean population, of parts their sum if none is missing."""
    best = counted["kind"].map(_KIND).groupby([counted["kommunkod"], counted["year"]]).transform("min")
    is_best = counted["kind"].map(_KIND).eq(best)
    reasons = reasons.mask(~is_best.reindex(reasons.index, fill_value=True), "medelfolkmängden används i stället")
    rows = counted[is_best]
    key = ["kommunkod", "year", "kind"]
    is_whole = rows["value"].notna().groupby([rows[name] for name in key]).transform("all")
    reasons = reasons.mask(~is_whole.reindex(reasons.index, fill_value=True), "saknar folkmängd")
    rows = rows[is_whole].astype({"year": "int64"})
    if not summed:
        problems = _repeated(file, rows)
        if problems:
            raise SourceError(problems)
    sums = rows.groupby(key, observed=True)["value"].sum().reset_index()
    doubts: list[Doubt] = []
    tables, grades = [], []
    for name in _KIND:
        if len(its := sums[sums["kind"].eq(name)]):
            table, grade, told = mean_population(file.name, its[["kommunkod", "year", "value"]], name)  # type: ignore[arg-type]
            tables.append(table)
            grades.append(grade)
            doubts += told
    if summed:
        what = f"tabellen är uppdelad på {swedish.listing(_quoted(summed))}. Delarna är summerade."
        doubts.append(Doubt("folkmangd_summerad", file.name, what, "Kontrollera att inget fattas.", len(rows)))
    used = set(rows["rad"].tolist())
    unused = cells.assign(reason=reasons)[~cells["rad"].isin(used)].drop_duplicates("rad")
    counts = unused.groupby("reason", observed=True).size()
    aside = (*(SetAside(str(reason), int(n)) for reason, n in counts.items()), *others)
    n_rows = cells["rad"].nunique() + sum(item.n_rows for item in others)
    return Reading(
        {"population": pd.concat(tables, ignore_index=True)} if tables else {},
        tuple(doubts),
        n_rows,
        aside,
        rows_used=len(used),
        grades={"population": pd.concat(grades, ignore_index=True)} if grades else {},
    )


def _repeated(file: RawFile, rows: pd.DataFrame) -> list[Problem]:
    """Kommun-years with several figures of one kind, where no parts are summed."""
    twice = rows[rows.duplicated(["kommunkod", "year"], keep=False)].sort_values(["kommunkod", "year"])
    return [
        Problem(file.name, f"kommun {row['kommunkod']} har flera folkmängder {row['year']}.", "en per kommun och år.")
        for row in twice.drop_duplicates(["kommunkod", "year"]).to_dict("records")
    ]
