"""Brå's "Databasfil" from Statistik över anmälda brott (SOL), monthly and annual, one row per region, offence and period.

ISO-8859-1 or UTF-8; six headings (five where only Antal or only /100 000 inv was chosen) but one field more, since every row
ends with a semicolon. Annual exports write "År" in the column År and the year in Period; quarters are "Kvartal 1". A running
year is written "2026 prel.". ``..`` stands where a parent of the chosen offence is echoed.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Mapping
from importlib import resources

import numpy as np
import pandas as pd

from lagesbild.errors import Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.bra import facts as bra_facts
from lagesbild.sources.bra import kommuner as bra_kommuner
from lagesbild.sources.bra import sol_checks as checks
from lagesbild.sources.bra.kommuner import mapped
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, Refusal
from lagesbild.sources.screening import screen_frame
from lagesbild.tables import parse_figures, parse_year
from lagesbild.taxonomy import Taxonomy

NAME = "Brå Databasfil"
LAYOUT = tomllib.loads(resources.files("lagesbild.sources").joinpath("bra_sol.toml").read_text("utf-8"))
COLUMNS: dict[str, str] = LAYOUT["columns"]
MEASURES = ("count", "rate")
_CODE_ROW = re.compile(r"(\d{4}) - .+")


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a text file whose first line holds the headings, in whatever order; else why not."""
    if file.is_workbook:
        return Refusal("en Databasfil är en textfil, det här är en Excelfil")
    first = next((line for line in file.start.split("\n") if line.strip()), "")
    if _positions(_headings(first)) is None:
        return Refusal(f'första raden är inte "{";".join(COLUMNS.values())}"')
    return None


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """All kommuner of the file as reported_offences. Counts are whole; rates per 100 000 and period, as Brå rounded them.

    Raises SourceError with every problem of the file: letters lost to a wrong encoding, rows with too few or too many fields, a
    last line that was cut, unknown years, periods, figures or kommuner, counts and rates that no population could explain.
    """
    (_, first), *body = _lines(file)
    positions = _positions(_headings(first)) or {}
    rows, problems = checks.split(file, len(positions), body)
    cells, private = screen_frame(_cells(rows, positions), ["region", "offence"], file.where)
    cells = cells.astype({"region": "category", "offence": "category"})
    spoilt = checks.letters(file, cells)
    if spoilt:
        raise SourceError(problems + spoilt)  # with spoilt names every kommun would also be unknown
    regions = bra_kommuner.resolve(file, cells["region"], taxonomy, COLUMNS["region"])
    kommun = regions.kommunkod
    problems += regions.problems
    is_kommun = kommun.notna()
    frame, unreadable = _frame(file, cells[is_kommun], kommun[is_kommun], [name for name in MEASURES if name in positions])
    problems += unreadable
    if not problems:
        problems = checks.population(file, frame, LAYOUT["population"])
    if problems:
        raise SourceError(problems)
    facts = bra_facts.settle(file, frame)
    doubts = (*private, *regions.doubts, *facts.doubts, *checks.completeness(file, frame, taxonomy))
    doubts += checks.without_counts(file, facts.table)
    return Reading(
        {"reported_offences": facts.table},
        doubts,
        len(rows),
        (*regions.set_aside, *facts.set_aside),
        is_validated=False,
        rows_used=facts.rows_used,
    )


def _lines(file: RawFile) -> list[tuple[int, str]]:
    """Row number and text of every line that holds anything; an entity's own semicolon parts no fields."""
    text = html.unescape(file.text) if "&" in file.text else file.text
    return [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


def _headings(line: str) -> list[str]:
    names = [" ".join(name.strip().strip('"').split()) for name in html.unescape(line).split(";")]
    return names[:-1] if names and not names[-1] else names


def _positions(headings: list[str]) -> dict[str, int] | None:
    """Column -> its place in the row; None unless exactly the headings are there; one of the two measures may be missing."""
    known = {heading: name for name, heading in COLUMNS.items()}
    places = {known[heading]: at for at, heading in enumerate(headings) if heading in known}
    spoilt = [at for at, heading in enumerate(headings) if heading not in known and heading.endswith("r")]
    if "year" not in places and len(spoilt) == 1 and len(headings[spoilt[0]]) <= 5:  # "Ã…r" in a wrong encoding
        places["year"] = spoilt[0]
    is_whole = set(COLUMNS) - set(places) in (set(), {"count"}, {"rate"})
    return places if is_whole and len(places) == len(headings) else None


def _cells(rows: list[tuple[int, list[str]]], positions: dict[str, int]) -> pd.DataFrame:
    """The cells as stripped text, all but the figures as categories; an annual export's year is put in its own column.

    Index "rad" is the row number in the file. ``period`` is "År" for a whole year.
    """
    fields = list(zip(*(row for _, row in rows), strict=True)) or [()] * len(positions)
    columns = {name: [cell.strip() for cell in fields[at]] for name, at in positions.items()}
    annual = LAYOUT["words"]["annual"]
    if annual in columns["year"]:
        pairs = zip(columns["year"], columns["period"], strict=True)
        turned = [(period, annual) if year == annual else (year, period) for year, period in pairs]
        columns |= {"year": [year for year, _ in turned], "period": [period for _, period in turned]}
    figures = {name: pd.array(columns[name], dtype="str") for name in MEASURES if name in columns}
    named = {name: _categorical(columns[name]) for name in ("region", "offence", "year", "period")}
    return pd.DataFrame({**named, **figures}, index=pd.Index([number for number, _ in rows], name="rad"))


def _categorical(cells: list[str]) -> pd.Categorical:
    names = sorted(set(cells))
    codes = {name: code for code, name in enumerate(names)}
    dtype: pd.CategoricalDtype = pd.CategoricalDtype(names)
    return pd.Categorical.from_codes(np.array([codes[cell] for cell in cells], dtype="int32"), dtype=dtype)


def _frame(file: RawFile, cells: pd.DataFrame, kommun: pd.Series, given: list[str]) -> tuple[pd.DataFrame, list[Problem]]:
    """The rows as facts (``bra_facts``), and the cells that could not be read. given: the measures that the file has."""
    years = {str(year): year_of(str(year)) for year in cells["year"].cat.categories}
    year = mapped(cells["year"], {text: parsed and parsed[0] for text, parsed in years.items()}, "Int64")
    month = mapped(cells["period"], LAYOUT["months"], "Int64")
    quarter = mapped(cells["period"], LAYOUT["quarters"], "Int64")
    is_annual = cells["period"].isin(LAYOUT["words"]["whole_year"])
    label = cells["offence"]
    codes = {str(name): found[1] for name in label.cat.categories if (found := _CODE_ROW.fullmatch(str(name)))}
    count, rate = (_figures(cells[name]) if name in given else _nothing(cells.index) for name in MEASURES)
    is_rate_only = count["value"].isna() & count["is_readable"] & rate["value"].notna()
    is_count_only = count["value"].notna() & rate["missing"].eq("not_collected")
    periods = f"en månad ({', '.join(LAYOUT['months'])}) eller ett kvartal ({', '.join(LAYOUT['quarters'])})."
    faults = [
        ("year", year.isna(), "ett år, som 2025, med eller utan prel. efter."),
        ("period", month.isna() & quarter.isna() & ~is_annual, periods),
        ("count", ~count["is_readable"] | count["value"].mod(1).gt(0) | count["value"].lt(0), "ett heltal, eller två punkter."),
        ("rate", ~rate["is_readable"] | rate["value"].lt(0), "ett tal, eller två punkter."),
        ("offence", label.eq(""), "en brottsgrupp eller ett brott."),
    ]
    if len(given) == len(MEASURES):
        both = "tal i både Antal och /100 000 inv, eller två punkter i båda."
        faults.insert(-1, ("rate", is_rate_only | is_count_only, both))
    problems = [
        problem for column, is_wrong, expected in faults for problem in checks.faulty(file, cells, column, is_wrong, expected)
    ]
    if problems:
        return pd.DataFrame(), problems
    kinds = {str(name): "code" if name in codes else "group" for name in label.cat.categories}
    names = {str(name): codes.get(str(name), str(name)) for name in label.cat.categories}
    missing = count["missing"] if "count" in given else rate["missing"]
    frame = pd.DataFrame(
        {
            "kommunkod": kommun,
            "offence": mapped(label, names),
            "key_type": mapped(label, kinds),
            "year": year.astype("int64"),
            "month": month,
            "quarter": quarter,
            "count": count["value"].astype("Int64"),
            "rate_per_100k": rate["value"],
            "missing": missing,
            "status": mapped(cells["year"], {text: parsed and parsed[1] for text, parsed in years.items()}),
            checks.FACT: _facts(cells, names),
            checks.KOMMUN_YEAR: kommun.astype("int64") * 10_000 + year.astype("int64"),
        }
    )
    return frame, []


def _facts(cells: pd.DataFrame, offences: Mapping[str, str]) -> pd.Series:
    """A whole number per offence, year and period."""
    offence = pd.factorize(np.array([offences[str(name)] for name in cells["offence"].cat.categories], dtype="object"))[0]
    years, periods = cells["year"].cat, cells["period"].cat
    code = offence[cells["offence"].cat.codes.to_numpy()] * len(years.categories) + years.codes.to_numpy()
    return pd.Series(code * len(periods.categories) + periods.codes.to_numpy(), cells.index)


def _figures(cells: pd.Series) -> pd.DataFrame:
    """``parse_figures``, with a short cut for a column of whole numbers only."""
    is_plain = bool(cells.str.fullmatch("[0-9]{1,12}").all())
    return parse_figures(cells.astype("int64") if is_plain else cells)


def _nothing(rows: pd.Index) -> pd.DataFrame:
    """A measure that was not exported."""
    return pd.DataFrame({"value": float("nan"), "missing": "not_collected", "is_readable": True}, index=rows)


def year_of(written: str) -> tuple[int, str] | None:
    """Year and status of a year as Brå writes it ("2026 prel."); None for what is no year."""
    try:
        year = parse_year(written)
    except ValueError:
        return None
    return (year.year, year.status) if 1900 <= year.year <= 2100 else None
