"""Kolada's indicators, as its API answers or as others keep them: a record per kommun, or a table of all.

Inhabitants (N01951) become population; every indicator is also a figure that gives background.
"""

from __future__ import annotations

import re

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Place, Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.people import kolada_forms
from lagesbild.sources.people.headings import load
from lagesbild.sources.people.kolada_forms import ENTRY, KPI
from lagesbild.sources.people.mean import mean_population
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.tables import CONTEXT, validate
from lagesbild.taxonomy import Taxonomy

NAME = "Kolada"
MAP = load("kolada")
_OTHER = re.compile(MAP["other_regions"]["pattern"])
_HEAD = 20_000
_EVERYONE = ("T", "")


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for JSON that names Kolada's indicators with kommun and period, and for a table with Kolada as its source."""
    if kolada_forms.is_json(file.start[:_HEAD]) or kolada_forms.table_of(file.heads):
        return None
    return Refusal("filen är varken ett svar från Koladas API eller en tabell som anger Kolada som källa")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """Every figure for all inhabitants as context_figures, N01951 as population too.

    Of JSON every figure is a row, of a table every kommun. Figures for women and men, of other areas, from others than Kolada,
    without value or struck out are set aside. Raises SourceError for what is not Kolada's and for figures that contradict.
    """
    if found := kolada_forms.table_of(file.sheets):
        rows, n_rows, aside = kolada_forms.of_table(file, *found)
    else:
        rows, n_rows, aside = kolada_forms.of_json(_parsed(file), file)
    known = set(taxonomy.kommuner["kommunkod"])
    problems = _unknown(file, rows, known)
    reasons = _reasons(rows, known)
    kept = rows[reasons.eq("")]
    value = pd.to_numeric(kept["value"], errors="coerce").astype("float64")
    year = kept["period"].map(_year).astype("Int64")
    problems += _wrong(file, kept[value.isna()], "värdet är inget tal", "ett tal.")
    problems += _wrong(file, kept[year.isna()], "perioden är inget år", "ett år, som 2025.")
    facts = kept.assign(value=value, year=year).drop_duplicates(["kommunkod", "kpi", "year", "value"])
    twice = facts[facts.duplicated(["kommunkod", "kpi", "year"])]
    problems += _wrong(file, twice, "samma nyckeltal, kommun och år har två olika värden", "ett värde.")
    if problems:
        raise SourceError(problems)
    return _reading(facts.assign(year=facts["year"].astype("int64")), rows, reasons, n_rows, aside, file)


def _parsed(file: RawFile) -> object:
    try:
        return file.json()
    except (ValueError, RecursionError) as error:
        what = "filen är ingen hel JSON-fil: den är avklippt eller ändrad."
        raise SourceError(Problem(file.name, what, action="Hämta svaret från Kolada på nytt.")) from error


def _reasons(rows: pd.DataFrame, known: set[str]) -> pd.Series:
    """Why each figure is set aside; "" where it is used."""
    reasons = pd.Series("", rows.index, dtype="str")
    for reason, is_so in (
        ("gäller ett annat område än en kommun", ~rows["kommunkod"].isin(known)),
        ("gäller kvinnor eller män, inte alla", ~rows["gender"].isin(_EVERYONE)),
        ("är struken i Kolada", rows["is_deleted"]),
        ("saknar värde", rows["value"].isna()),
    ):
        reasons = reasons.mask(reasons.eq("") & is_so, reason)
    return reasons


def _unknown(file: RawFile, rows: pd.DataFrame, known: set[str]) -> list[Problem]:
    is_place = rows["kommunkod"].isin(known) | rows["kommunkod"].str.fullmatch(_OTHER.pattern, na=False)
    is_kpi = rows["kpi"].str.fullmatch(KPI.pattern, na=False)
    return [
        *_wrong(file, rows[~is_place], "kommunen är ingen kommunkod", "fyra siffror, som 1493."),
        *_wrong(file, rows[~is_kpi], "nyckeltalet är inget av Koladas", "N eller U och fem siffror, som N01951."),
    ]


def _wrong(file: RawFile, rows: pd.DataFrame, what: str, expected: str) -> list[Problem]:
    """One problem for all of the rows; what stands in them is not quoted, for it may be anything."""
    if rows.empty:
        return []
    numbers = sorted(set(rows["rad"].tolist()))
    where = Place(f"{file.name}, {ENTRY} {numbers[0]}", file.name, rows=tuple(numbers))
    more = f" Det gäller {swedish.plural(len(numbers), 'uppgift', 'uppgifter')}." if len(numbers) > 1 else ""
    return [Problem(where, f"{what}.{more}", expected, "Hämta uppgifterna från Kolada på nytt.")]


def _year(period: object) -> int | None:
    text = str(int(period)) if isinstance(period, float) and period.is_integer() else str(period).removesuffix(".0")
    is_year = re.fullmatch(r"(19|20)\d\d", text, re.ASCII) is not None
    return int(text) if is_year else None


def _reading(
    facts: pd.DataFrame, rows: pd.DataFrame, reasons: pd.Series, n_rows: int, aside: list[SetAside], file: RawFile
) -> Reading:
    """A row of the file is used if one of its figures is, else set aside for the reason its first figure has."""
    names = {kpi: its["name"] for kpi, its in MAP["indicators"].items()}
    units = {kpi: its["unit"] for kpi, its in MAP["indicators"].items()}
    background = facts.assign(
        indicator=facts["kpi"],
        name=facts["kpi"].map(names).fillna("Nyckeltal " + facts["kpi"]),
        unit=facts["kpi"].map(units).fillna("enligt Kolada"),
        source="Kolada",
    )
    tables = {"context_figures": validate("context_figures", background[CONTEXT["context_figures"].names], file.name)}
    people = facts[facts["kpi"].eq(MAP["population"])][["kommunkod", "year", "value"]]
    grades, doubts = {}, []
    if len(people):
        tables["population"], grades["population"], its = mean_population(file.name, people, "year_end")
        doubts = list(its)
    used = set(facts["rad"])
    unused = rows.assign(reason=reasons.mask(reasons.eq(""), "upprepar en uppgift"))[~rows["rad"].isin(used)]
    counts = unused.drop_duplicates("rad").groupby("reason", observed=True).size()
    aside = [*aside, *(SetAside(str(reason), int(n)) for reason, n in counts.items())]
    return Reading(tables, tuple(doubts), n_rows, tuple(aside), rows_used=len(used), grades=grades)
